"""The review that is shown is the one that holds; the axis the rules read stays as it was said."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from tests.tracker.story import Story
from tracker.domain import commands as c
from tracker.domain.vocabulary import Closure, Response, Review
from tracker.models import RecommendationProgress
from tracker.projections import state_of

pytestmark = pytest.mark.django_db
ASKED_BACK = (c.StartReview(), c.RequestFurtherEvidence(asked="The lists"))
JUDGED = c.JudgeProgress(judgement="some_progress", rationale="We looked")
CLOSED = c.CloseRecommendation(closure=Closure.NOT_ACHIEVED, reason="Uneven")


@pytest.fixture
def story() -> Story:
    return Story()


def inspects(story: Story, *commands: c.Command) -> RecommendationProgress:
    for command in commands:
        story.tell(command, by=story.inspector)
    return RecommendationProgress.objects.get(pk=story.recommendation.pk)


def test_a_request_for_evidence_is_shown_until_the_judgement(story: Story) -> None:
    assert inspects(story, *ASKED_BACK).review == Review.FURTHER_EVIDENCE_REQUESTED
    story.update("Here are the lists")
    assert inspects(story).review == Review.FURTHER_EVIDENCE_REQUESTED
    progress = inspects(story, JUDGED)
    assert progress.review == Review.NONE
    assert state_of(progress).review is Review.FURTHER_EVIDENCE_REQUESTED
    story.update("More of them")
    assert inspects(story).review == Review.NONE


def test_a_request_after_a_judgement_is_shown(story: Story) -> None:
    assert inspects(story, JUDGED, *ASKED_BACK).review == Review.FURTHER_EVIDENCE_REQUESTED
    assert inspects(story, JUDGED, *ASKED_BACK).review == Review.FURTHER_EVIDENCE_REQUESTED


def test_nothing_is_asked_any_more_of_what_is_closed_or_withdrawn(story: Story) -> None:
    assert inspects(story, JUDGED, *ASKED_BACK, CLOSED).review == Review.NONE
    assert inspects(story, c.ReopenRecommendation(reason="By mistake")).review == Review.NONE
    assert inspects(story, c.StartReview()).review == Review.STARTED
    withdrawn = c.WithdrawPublication(reason="Published by mistake")
    story.tell(withdrawn, by=story.administrator)
    assert inspects(story).review == Review.NONE


def test_a_new_claim_answers_the_request(story: Story) -> None:
    story.tell(c.Respond(response=Response.AGREED))
    story.attach()
    inspects(story, *ASKED_BACK)
    story.tell(c.ReportRecommendationComplete(statement="All are trained"))
    assert inspects(story).review == Review.NONE


@pytest.mark.parametrize(
    ("commands", "shown"),
    [
        ((*ASKED_BACK, JUDGED), Review.NONE),
        ((JUDGED, *ASKED_BACK), Review.FURTHER_EVIDENCE_REQUESTED),
        (ASKED_BACK, Review.FURTHER_EVIDENCE_REQUESTED),
        ((JUDGED, *ASKED_BACK, CLOSED), Review.NONE),
        ((JUDGED, c.StartReview(), CLOSED), Review.NONE),
    ],
)
def test_the_migration_shows_what_a_rebuild_would(
    story: Story, commands: tuple[c.Command, ...], shown: Review
) -> None:
    progress = inspects(story, *commands)
    progress.review = state_of(progress).review  # as it was shown before
    progress.save()
    _migrate()
    progress.refresh_from_db()
    assert progress.review == shown


def _migrate() -> None:
    step: Any = import_module("tracker.migrations.0006_end_overtaken_requests_for_evidence")
    step.end_overtaken_requests(apps, connection.schema_editor())
