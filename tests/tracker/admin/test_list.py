"""What the list says, how it is narrowed, and what it costs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.tracker.admin.conftest import CANARY
from tests.tracker.story import NOW, TODAY, Story
from tests.visitor import LIST, Visitor
from tests.world import PUBLISHED_ON, make_inspection, make_provider, make_recommendation
from tracker.domain import commands as c
from tracker.services import open_streams

pytestmark = pytest.mark.django_db
Count = Callable[..., Any]


def test_the_list_says_in_words_where_each_recommendation_stands(story: Story) -> None:
    story.plan(TODAY - timedelta(days=3))
    story.tell(c.Assign(accountable_id=story.lead.pk))
    page = Visitor(story.lead).read(LIST)
    for words in ("Agreed", "Not started", "Review: None under way", "Not judged", "Overdue"):
        assert words in page, words
    assert "19 November 2026" in page
    assert "1 of 2026" in page
    assert "Lena Lead" in page


def test_overdue_is_a_matter_of_the_day(story: Story, time_machine: Any) -> None:
    story.plan(TODAY)
    visitor = Visitor(story.lead)
    shown = visitor.get(LIST, desk="overdue").context["cl"].result_count
    time_machine.move_to(NOW + timedelta(days=1), tick=False)
    assert visitor.get(LIST, desk="overdue").context["cl"].result_count == shown + 1


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"response": "agreed"}, 1),
        ({"response": "awaiting"}, 1),
        ({"delivery": "not_started"}, 2),
        ({"q": "risk"}, 2),
        ({"q": "nowhere"}, 0),
        ({"unit": "not a number"}, 2),
        ({"response": "no such answer"}, 2),
        ({"desk": "overdue"}, 1),
        ({"desk": "due_soon"}, 1),
    ],
)
def test_the_list_can_be_narrowed(story: Story, query: dict[str, str], count: int) -> None:
    story.plan(TODAY + timedelta(days=10))
    assert Visitor(story.lead).get(LIST, **query).context["cl"].result_count == count


def test_the_filters_offer_only_what_the_person_may_see(story: Story, foreign: Story) -> None:
    story.plan()
    lead, inspector = Visitor(story.lead), Visitor(story.inspector)
    assert "By unit" not in lead.read(LIST)
    assert "By unit" in inspector.read(LIST)
    assert CANARY in inspector.read(LIST)
    judged = c.JudgeProgress(judgement="some_progress", rationale="We looked")
    foreign.tell(judged, by=foreign.inspector)
    assert "judgement=some_progress" in inspector.read(LIST)
    assert "judgement=some_progress" not in lead.read(LIST)


def test_the_list_costs_the_same_for_one_recommendation_and_for_many(
    story: Story, people: dict[str, User], django_assert_max_num_queries: Count
) -> None:
    many = make_inspection(story.unit, published_on=PUBLISHED_ON + timedelta(days=1))
    for _ in range(30):
        make_recommendation(many)
    open_streams(inspection=many, actor=story.administrator, now=NOW)
    for user in people.values():
        visitor = Visitor(user)
        for query in ({}, {"desk": "overdue"}, {"q": "risk"}, {"desk": "new", "p": "2"}):
            with django_assert_max_num_queries(12):
                visitor.get(LIST, **query)
        with django_assert_max_num_queries(12):
            visitor.read("/admin/")


def test_a_search_pages_what_it_finds_in_the_order_of_the_list(story: Story) -> None:
    many = make_inspection(story.unit, published_on=PUBLISHED_ON + timedelta(days=1))
    for _ in range(30):
        make_recommendation(many)
    open_streams(inspection=many, actor=story.administrator, now=NOW)
    visitor = Visitor(story.lead)

    def shown(**query: str) -> list[int]:
        return [row.pk for row in visitor.get(LIST, **query).context["cl"].result_list]

    first, second = shown(q="risk"), shown(q="risk", p="2")
    assert (len(first), len(second)) == (25, 7)
    assert [*first, *second] == [*shown(), *shown(p="2")] == shown(q="risk", all="")
    assert visitor.get(LIST, q="risk", p="9").status_code == 302  # back to the list
    assert shown(q="nowhere") == []


def test_a_place_is_chosen_from_a_list_and_other_filters_stay(story: Story, foreign: Story) -> None:
    page = Visitor(story.inspector).read(LIST, desk="awaiting_response", q="risk")
    assert f'<option value="{story.unit.pk}"' in page
    assert '<input type="hidden" name="desk" value="awaiting_response">' in page
    narrowed = Visitor(story.inspector).get(LIST, unit=str(story.unit.pk)).context["cl"]
    assert {row.provider_id for row in narrowed.result_list} == {story.unit.pk}


def test_a_region_holds_its_units_and_what_is_addressed_to_itself(story: Story) -> None:
    far = Story("Southmarch PDU")
    far.unit.region = make_provider("Elsewhere", kind="region")
    far.unit.save()
    own = make_inspection(far.unit.region)
    itself = make_recommendation(own)
    open_streams(inspection=own, actor=story.administrator, now=NOW)
    region = str(far.unit.region.pk)
    listed = Visitor(story.inspector).get(LIST, region=region).context["cl"].result_list
    assert {row.pk for row in listed} == {far.recommendation.pk, itself.pk}


@pytest.mark.parametrize(("accountable", "count"), [("me", 1), ("nobody", 1)])
def test_one_finds_what_one_is_accountable_for(story: Story, accountable: str, count: int) -> None:
    story.tell(c.Assign(accountable_id=story.lead.pk))
    found = Visitor(story.lead).get(LIST, accountable=accountable).context["cl"]
    assert found.result_count == count
