"""Lists: flat rows, narrowed by criteria, counts that equal the lists they lead to."""

from datetime import timedelta
from typing import Any

import pytest

from tests.tracker.story import TODAY, Story
from tests.world import make_provider
from tracker.domain import commands as c
from tracker.domain.day import Rhythm
from tracker.domain.vocabulary import Response
from tracker.queries.lists import (
    Criteria,
    RecommendationRow,
    counts,
    narrowed,
    readable_recommendations,
    rows,
)

pytestmark = pytest.mark.django_db
RHYTHM = Rhythm()


def listed(story: Story, **criteria: Any) -> list[RecommendationRow]:
    readable = readable_recommendations(story.inspector, TODAY)
    found = narrowed(readable, Criteria(**criteria), today=TODAY, rhythm=RHYTHM)
    return rows(found.order_by("pk"), today=TODAY, rhythm=RHYTHM)


@pytest.fixture
def story() -> Story:
    return Story(recommendations=3)


def test_a_row_says_how_a_recommendation_stands_and_none_where_nothing_is_known(
    story: Story,
) -> None:
    story.plan(target_on=TODAY + timedelta(days=5))

    first, second, _ = listed(story)

    assert (first.response, first.delivery, first.judgement) == (
        "agreed",
        "not_started",
        "not_judged",
    )
    assert (first.actions, first.actions_open, first.version) == (1, 1, 3)
    assert (first.due_on, first.due_soon, first.overdue) == (TODAY + timedelta(days=5), True, False)
    assert (second.due_on, second.overdue) == (second.response_due_on, True)
    assert second.closure is None
    assert second.accountable_name is None
    assert second.wording_cy is None
    assert "" not in [getattr(second, name) for name in RecommendationRow.__slots__]


def test_a_corrected_wording_is_the_wording(story: Story) -> None:
    story.tell(
        c.CorrectWording(wording="Improve assessment.", reason="A misprint"),
        by=story.administrator,
    )
    assert listed(story)[0].wording == "Improve assessment."


@pytest.mark.parametrize(
    ("criteria", "numbers"),
    [
        ({}, [1, 2, 3]),
        ({"number": 2}, [2]),
        ({"response": "agreed"}, [1]),
        ({"response": "awaiting", "is_open": True}, [2, 3]),
        ({"is_open": False}, []),
        ({"overdue": True}, [2, 3]),
        ({"overdue": False}, [1]),
        ({"due_soon": True}, [1]),
        ({"published_to": TODAY.replace(year=2020)}, []),
        ({"published_from": TODAY.replace(year=2020)}, [1, 2, 3]),
        ({"judgement": "not_judged", "delivery": "not_started", "review": "none"}, [1, 2, 3]),
        ({"closure": "achieved"}, []),
    ],
)
def test_a_list_is_narrowed_by_all_criteria_together(
    story: Story, criteria: dict[str, Any], numbers: list[int]
) -> None:
    story.plan(target_on=TODAY + timedelta(days=5))
    assert [row.number for row in listed(story, **criteria)] == numbers


def test_a_region_is_found_by_its_units_and_by_itself(story: Story) -> None:
    region = story.unit.region
    assert region is not None
    assert len(listed(story, region=region.pk, provider=story.unit.pk)) == 3
    assert listed(story, region=make_provider("Elsewhere", kind="region").pk) == []


def test_each_count_equals_the_list_it_leads_to(story: Story) -> None:
    story.plan(target_on=TODAY + timedelta(days=5))
    story.tell_of([story.recommendations[1]], c.Respond(response=Response.AGREED))
    counted = counts(readable_recommendations(story.inspector, TODAY), today=TODAY, rhythm=RHYTHM)
    assert counted.total == len(listed(story)) == 3
    assert counted.open == len(listed(story, is_open=True)) == 3
    assert counted.overdue == len(listed(story, overdue=True)) == 1
    assert counted.due_soon == len(listed(story, due_soon=True)) == 1
    reported = listed(story, is_open=True, delivery="reported_complete")
    assert counted.reported_complete == len(reported) == 0


def test_the_queries_of_a_page_do_not_depend_on_its_length(
    story: Story, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(3):
        listed(story)
