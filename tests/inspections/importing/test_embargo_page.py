"""Sharing under embargo from the admin, changing that, and taking it back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User

from inspections.access import visible_inspections
from inspections.due_publication import publish_due
from inspections.models import Inspection, Membership
from tests.inspections.importing.pages import errors_of, page_of, publish, share
from tests.visitor import Visitor
from tests.world import make_user

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_the_first_of_june() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def test_it_is_shared_with_those_named_and_published_at_its_time(
    administrator: Visitor, ada: User, draft: Inspection, inspector: User
) -> None:
    assert share(administrator, draft, inspector).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.scheduled_by) == ("embargoed", ada)
    html = administrator.read(page_of("publish", draft))
    assert "2 June 2026 at 9:30am" in html
    assert "Ina Inspector" in html
    assert draft in visible_inspections(inspector, NOW.date())
    publish_due(NOW + timedelta(days=1))
    draft.refresh_from_db()
    assert (draft.state, str(draft.published_on)) == ("published", "2026-06-02")


def test_people_are_found_by_name_and_nothing_typed_is_lost(
    administrator: Visitor, draft: Inspection, inspector: User
) -> None:
    make_user("Ina Without")
    other = make_user("Olga Other", Membership.Role.LEAD_INSPECTOR)
    ticked = [other.pk, "9" * 30, "9" * 5000]  # nobody of the last two
    sent = {"hour": "09:30", "search": "ina", "find": "Find people", "named_readers": ticked}
    html = administrator.client.post(page_of("embargo", draft), sent).content.decode()
    assert 'value="09:30"' in html
    assert "Ina Inspector" in html
    assert "Ina Without" not in html
    assert f'name="named_readers" value="{other.pk}"' in html
    assert html.count(" checked") == 1
    assert "There is a problem" not in html
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_search_that_finds_nobody_says_so(administrator: Visitor, draft: Inspection) -> None:
    sent = {"search": "nobody", "find": "Find people"}
    html = administrator.client.post(page_of("embargo", draft), sent).content.decode()
    assert "Nobody with a role is found by that name." in html


@pytest.mark.parametrize(
    ("fields", "at", "sentence"),
    [
        ({"hour": ""}, "hour", "Give the time"),
        ({"published_on": ""}, "published_on", "Publication date: give the date"),
        ({"published_on": "2026-05-31"}, "__all__", "has passed"),
        ({"published_on": "2026-10-25", "hour": "01:30"}, "__all__", "The clocks change"),
    ],
)
def test_a_time_that_does_not_fit_is_refused_and_kept(
    administrator: Visitor, draft: Inspection, fields: dict[str, str], at: str, sentence: str
) -> None:
    response = share(administrator, draft, **fields)
    assert sentence in errors_of(response)[at][0]
    html = response.content.decode()
    assert all(f'value="{value}"' in html for value in fields.values() if value)
    draft.refresh_from_db()
    assert (draft.state, draft.published_on) == ("draft", None)


def test_time_and_readers_are_changed_until_it_is_published(
    administrator: Visitor, draft: Inspection, inspector: User
) -> None:
    share(administrator, draft, inspector)
    assert 'value="09:30"' in administrator.read(page_of("embargo", draft))
    share(administrator, draft, hour="12:00")
    draft.refresh_from_db()
    assert draft.publish_at == datetime(2026, 6, 2, 11, 0, tzinfo=UTC)
    assert not draft.named_readers.exists()


def test_before_its_time_it_is_not_published_by_hand(
    administrator: Visitor, draft: Inspection
) -> None:
    share(administrator, draft)
    assert 'value="Publish now"' not in administrator.read(page_of("publish", draft))
    response = publish(administrator, draft)
    assert "It cannot be published as it stands" in response.content.decode()
    draft.refresh_from_db()
    assert draft.state == "embargoed"


def test_it_is_taken_back_to_draft(
    administrator: Visitor, draft: Inspection, inspector: User
) -> None:
    share(administrator, draft, inspector)
    response = administrator.client.post(page_of("take-back", draft), follow=True)
    assert "The readers named do not see it any more." in response.content.decode()
    draft.refresh_from_db()
    assert (draft.state, draft.publish_at) == ("draft", None)
    assert draft not in visible_inspections(inspector, NOW.date())
    again = administrator.client.post(page_of("take-back", draft), follow=True)
    assert "is not shared under embargo" in again.content.decode()


def test_taking_back_is_a_deed_and_no_address_to_visit(
    administrator: Visitor, draft: Inspection
) -> None:
    assert administrator.get(page_of("take-back", draft)).status_code == 405
