"""What calls for attention as columns: the due day, a return, and what is news to whom."""

import importlib
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from tests.tracker.story import TODAY, Story
from tracker.domain import commands as c
from tracker.domain.vocabulary import Closure, Response
from tracker.models import RecommendationProgress

pytestmark = pytest.mark.django_db
MIGRATION = importlib.import_module("tracker.migrations.0007_say_what_calls_for_attention")
COLUMNS = ("due_on", "returned_on", "last_actor_id", "others_position")


@pytest.fixture
def story() -> Story:
    return Story(recommendations=2)


def progress_of(story: Story) -> RecommendationProgress:
    return RecommendationProgress.objects.get(pk=story.recommendation.pk)


def claim(story: Story) -> None:
    story.tell(c.ReportRecommendationComplete(statement="All is done"))


def test_what_is_due_first_is_the_response_and_then_the_earliest_target(story: Story) -> None:
    progress = progress_of(story)
    assert progress.due_on == progress.response_due_on
    story.plan(TODAY + timedelta(days=9))
    assert progress_of(story).due_on == TODAY + timedelta(days=9)


def test_nothing_is_due_once_it_is_closed(story: Story) -> None:
    story.plan(TODAY + timedelta(days=9))
    story.tell(
        c.JudgeProgress(judgement="some_progress", rationale="We looked"), by=story.inspector
    )
    story.tell(c.CloseRecommendation(closure=Closure.ACHIEVED, reason="Done"), by=story.inspector)
    assert progress_of(story).due_on is None


def test_the_day_of_a_return_is_remembered_when_it_is_answered(story: Story) -> None:
    day = returned(story).returned_on
    assert day == story.now.date()
    claim(story)
    assert progress_of(story).returned_on == day


def returned(story: Story) -> RecommendationProgress:
    story.tell(c.Respond(response=Response.AGREED))
    story.attach()
    claim(story)
    story.tell(c.StartReview(), by=story.inspector)
    story.tell(c.RequestFurtherEvidence(asked="Show the audit"), by=story.inspector)
    return progress_of(story)


def test_news_is_what_somebody_else_recorded_last(story: Story) -> None:
    story.tell(c.Respond(response=Response.AGREED))
    first = progress_of(story)
    assert first.last_actor_id == story.lead.pk
    assert first.others_position == 1  # the publication
    story.update("Begun")
    assert progress_of(story).others_position == 1
    seen = story.tell(c.StartReview(), by=story.inspector)
    assert progress_of(story).others_position == seen.position - 1
    story.update("Going on")
    assert progress_of(story).others_position == seen.position


def test_the_migration_fills_the_columns_as_the_projection_does(story: Story) -> None:
    returned(story)
    story.update("The audit is on its way")
    before = stored()
    RecommendationProgress.objects.update(
        due_on=None, returned_on=None, last_actor_id=0, others_position=0
    )
    for fill in (MIGRATION.fill_due_days, MIGRATION.fill_news, MIGRATION.fill_returns):
        fill(apps, None)
    assert stored() == before


def stored() -> list[tuple[Any, ...]]:
    return list(RecommendationProgress.objects.order_by("pk").values_list(*COLUMNS))
