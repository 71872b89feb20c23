"""Pages by key: every row once, in order, whatever is added meanwhile; both directions."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from inspections.models import Provider
from tests.tracker.story import Story
from tracker.api.pages import cut_page

LIST = "/api/v1/recommendations/"


def ids(body: Any) -> list[int]:
    return [row["id"] for row in body["results"]]


def test_following_next_gives_every_row_once_and_previous_leads_back(
    api: APIClient, story: Story
) -> None:
    own = [each.pk for each in story.recommendations]
    first = api.get(LIST, {"page_size": 2}).json()
    assert (ids(first), first["previous"]) == (own[:2], None)
    second = api.get(first["next"]).json()
    assert (ids(second), second["next"], second["next_cursor"]) == (own[2:], None, None)
    back = api.get(second["previous"]).json()
    assert (ids(back), back["previous"]) == (own[:2], None)


def test_a_bare_cursor_does_as_the_address_does_and_filters_stay(
    api: APIClient, story: Story
) -> None:
    query: dict[str, Any] = {"page_size": 1, "response": "awaiting"}
    first = api.get(LIST, query).json()
    assert "response=awaiting" in urlsplit(first["next"]).query
    by_cursor = api.get(LIST, {**query, "cursor": first["next_cursor"]}).json()
    assert by_cursor == api.get(first["next"]).json()


@pytest.mark.django_db
@given(
    before=st.integers(0, 12),
    size=st.integers(1, 5),
    added=st.lists(st.integers(0, 3), max_size=8),
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_rows_added_while_paging_are_neither_doubled_nor_make_others_missed(
    db: None, before: int, size: int, added: list[int]
) -> None:
    start = _add(before)
    rows = Provider.objects.filter(name__startswith="Paged", pk__gte=start)
    seen: list[int] = []
    cursor, additions = None, iter(added)
    while True:
        page = cut_page(rows, cursor=cursor, size=size)
        seen += [row.pk for row in page.rows]
        _add(next(additions, 0))
        if page.next is None:
            break
        cursor = page.next
    everything = list(rows.order_by("pk").values_list("pk", flat=True))
    assert seen == everything[: len(seen)]
    assert len(seen) >= before


def _add(count: int) -> int:
    """Add providers; return an id from which on they are found."""
    last = Provider.objects.order_by("-pk").values_list("pk", flat=True)[0]
    Provider.objects.bulk_create(
        Provider(name=f"Paged {last} {number}", kind="national") for number in range(count)
    )
    return last + 1
