"""What a page folds from its stream is what the rows of desks and lists hold."""

from datetime import timedelta

import pytest

from inspections.access import visible_recommendations
from tests.tracker.story import TODAY, Story
from tests.world import make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import RedactionReason, Role
from tracker.models import BlockerProgress, EscalationProgress, EvidenceProgress
from tracker.queries.evidence import evidence_of
from tracker.queries.obstacles import blockers_of, escalations_of
from tracker.queries.timeline import TimelineEntry, timeline

pytestmark = pytest.mark.django_db
SOON, LATER = TODAY + timedelta(days=20), TODAY + timedelta(days=50)


@pytest.fixture
def entries() -> tuple[TimelineEntry, ...]:
    """Two blockers, two escalations and two pieces of evidence, of which one each is over."""
    story = Story()
    region = make_user("Rhys Region", Role.REGIONAL_LEAD, story.unit.region)
    action = story.plan()
    first = story.tell(
        c.RecordBlocker(
            cause="No room", controlled_by="Estates", forecast_on=SOON, action_id=action
        )
    )
    second = story.tell(c.RecordBlocker(cause="IT", controlled_by="Digital", forecast_on=LATER))
    for day in (LATER, SOON):
        revised = c.ReviseBlockerForecast(blocker_id=first.event_id, forecast_on=day, reason="So")
        story.tell(revised)
    story.tell(c.ClearBlocker(blocker_id=second.event_id, note="Done"))
    asked = c.RaiseEscalation(addressed_to=Role.REGIONAL_LEAD, asked="A room", reply_by=SOON)
    raised = story.tell(asked)
    story.tell(asked)
    answer = c.AnswerEscalation(escalation_id=raised.event_id, answer="Yes")
    story.tell(answer, by=region, acting_role=Role.REGIONAL_LEAD)
    attached = story.attach("First")
    story.attach("Second")
    story.tell(c.WithdrawEvidence(evidence_id=attached.event_id, reason="Wrong"))
    redacted = c.RedactPersonalData(
        event_id=second.event_id, reason=RedactionReason.PERSONAL_DATA_OF_STAFF
    )
    story.tell(redacted, by=story.administrator)
    visible = visible_recommendations(story.inspector, TODAY)
    return timeline(story.recommendation.pk, visible=visible)


def test_blockers_are_the_same_on_the_page_and_in_the_rows(
    entries: tuple[TimelineEntry, ...],
) -> None:
    rows = BlockerProgress.objects.order_by("is_cleared", "recorded_version")
    assert [
        (
            each.blocker_id,
            each.action_id,
            each.cause or "",
            each.controlled_by or "",
            each.original_forecast_on,
            each.forecast_on,
            len(each.revisions),
            each.cleared.on if each.cleared else None,
        )
        for each in blockers_of(entries)
    ] == list(
        rows.values_list(
            "blocker_id",
            "action_id",
            "cause",
            "controlled_by",
            "original_forecast_on",
            "forecast_on",
            "revisions",
            "cleared_on",
        )
    )


def test_escalations_are_the_same_on_the_page_and_in_the_rows(
    entries: tuple[TimelineEntry, ...],
) -> None:
    rows = EscalationProgress.objects.order_by("is_answered", "raised_version")
    assert [
        (
            each.escalation_id,
            each.addressed_to.value,
            each.asked,
            each.raised.on,
            each.reply_by,
            (each.answer.reason or "") if each.answer else "",
            each.answer.on if each.answer else None,
        )
        for each in escalations_of(entries)
    ] == list(
        rows.values_list(
            "escalation_id",
            "addressed_to",
            "asked",
            "raised_on",
            "reply_by",
            "answer",
            "answered_on",
        )
    )


def test_evidence_is_the_same_on_the_page_and_in_the_rows(
    entries: tuple[TimelineEntry, ...],
) -> None:
    rows = EvidenceProgress.objects.order_by("-attached_version")
    assert [
        (each.evidence_id, each.title, each.effective_on, each.withdrawn is not None)
        for each in evidence_of(entries)
    ] == list(rows.values_list("evidence_id", "title", "effective_on", "is_withdrawn"))
