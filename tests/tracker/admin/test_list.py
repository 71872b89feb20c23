"""What the list says, how it is narrowed, and what it costs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.tracker.admin.conftest import CANARY
from tests.tracker.story import NOW, TODAY, Story
from tests.visitor import LIST, Visitor
from tests.world import PUBLISHED_ON, make_inspection, make_recommendation
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
    story: Story, django_assert_max_num_queries: Count
) -> None:
    many = make_inspection(story.unit, published_on=PUBLISHED_ON + timedelta(days=1))
    for _ in range(30):
        make_recommendation(many)
    open_streams(inspection=many, actor=story.administrator, now=NOW)
    for user in (story.lead, story.inspector, story.administrator):
        visitor = Visitor(user)
        with django_assert_max_num_queries(12):
            visitor.read(LIST)
        with django_assert_max_num_queries(12):
            visitor.read("/admin/")
