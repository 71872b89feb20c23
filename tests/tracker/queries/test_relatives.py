"""Carried forward and recurring: both ends say so, to those who may see the other end."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from inspections.access import visible_recommendations
from inspections.models import Recommendation
from tests.tracker.story import NOW, TODAY, Story
from tests.visitor import Visitor
from tests.world import PUBLISHED_ON, make_inspection, make_recommendation
from tracker import services
from tracker.domain import commands as c
from tracker.models import RecommendationLink
from tracker.projections import fill_empty_tables
from tracker.queries.relatives import relatives_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return Story()


@pytest.fixture
def new(story: Story) -> Recommendation:
    later = make_inspection(story.unit, published_on=PUBLISHED_ON + timedelta(days=20))
    new = make_recommendation(later, text="Assess risk in every case.")
    services.open_streams(inspection=later, actor=story.administrator, now=NOW)
    return new


def told(pk: int, reader: User) -> list[tuple[str, int]]:
    found = relatives_of(pk, visible_recommendations(reader, TODAY))
    return [(each.how, each.pk) for each in found]


def carry_forward(story: Story, new: Recommendation) -> None:
    story.tell(c.CarryForward(carried_into=(new.pk,), reason="Found again"), by=story.inspector)


def test_what_is_carried_forward_is_told_at_both_ends(story: Story, new: Recommendation) -> None:
    old = story.recommendation
    carry_forward(story, new)
    assert told(old.pk, story.lead) == [("Goes on as", new.pk)]
    assert told(new.pk, story.lead) == [("Carried forward from", old.pk)]
    visitor = Visitor(story.lead)
    for page in (visitor.page(new.pk), visitor.read(f"/recommendations/{new.pk}/")):
        assert "Carried forward from" in page
        assert f"Recommendation 1 of 2026, {story.unit.name}" in page


def test_what_is_reopened_goes_on_itself(story: Story, new: Recommendation) -> None:
    carry_forward(story, new)
    story.tell(c.ReopenRecommendation(reason="Too soon"), by=story.inspector)
    assert told(new.pk, story.lead) == []


def test_a_recurrence_is_told_at_both_ends_to_those_who_see_the_other(story: Story) -> None:
    elsewhere = Story("Southmarch PDU", lead="Lou Lead")
    other = elsewhere.recommendation
    recurs = c.ConfirmRecurrence(other_recommendation_id=other.pk, rationale="The same gap")
    story.tell(recurs, by=story.inspector)
    pk = story.recommendation.pk
    assert told(pk, story.inspector) == [("Recurs as", other.pk)]
    assert told(other.pk, story.inspector) == [("Recurs here from", pk)]
    assert told(pk, story.lead) == []
    assert told(other.pk, elsewhere.lead) == []


def test_links_that_a_release_has_just_added_are_filled_from_the_log(
    story: Story, new: Recommendation
) -> None:
    carry_forward(story, new)
    RecommendationLink.objects.all().delete()
    assert fill_empty_tables() == 1
    assert told(new.pk, story.lead) == [("Carried forward from", story.recommendation.pk)]
