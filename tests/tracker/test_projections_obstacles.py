"""Blockers and escalations as pages and desks list them: kept, rebuilt, redacted, filled."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Model

from tests.tracker.story import TODAY, Story
from tests.world import make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import RedactionReason, Role
from tracker.event_store import RecordedEvent
from tracker.models import BlockerProgress, EscalationProgress
from tracker.projections import fill_empty_tables

pytestmark = pytest.mark.django_db
SOON, LATER = TODAY + timedelta(days=20), TODAY + timedelta(days=50)


@pytest.fixture
def story() -> Story:
    return Story()


def block(story: Story, **changes: Any) -> RecordedEvent:
    details = {"cause": "No room", "controlled_by": "Estates", "forecast_on": SOON, **changes}
    return story.tell(c.RecordBlocker(**details))


def escalate(story: Story) -> RecordedEvent:
    return story.tell(
        c.RaiseEscalation(addressed_to=Role.REGIONAL_LEAD, asked="A trainer", reply_by=SOON)
    )


def row_of(model: type[Model], recorded: RecordedEvent) -> Any:
    return model._default_manager.get(pk=recorded.event_id)


def test_a_blocker_is_listed_with_its_cause_and_its_forecast(story: Story) -> None:
    action = story.plan()
    blocked_since = story.now.date()
    recorded = block(
        story, action_id=action, risk_register_reference="R12", occurred_on=blocked_since
    )
    row = row_of(BlockerProgress, recorded)
    assert (row.cause, row.controlled_by, row.risk_register_reference) == (
        "No room",
        "Estates",
        "R12",
    )
    assert (row.action_id, row.recorded_on) == (action, blocked_since)
    assert (row.original_forecast_on, row.forecast_on, row.revisions) == (SOON, SOON, 0)
    assert (row.is_cleared, row.cleared_on) == (False, None)


def test_each_revision_of_a_forecast_is_counted_and_the_first_is_kept(story: Story) -> None:
    recorded = block(story)
    for day in (LATER, LATER + timedelta(days=1)):
        story.tell(
            c.ReviseBlockerForecast(
                blocker_id=recorded.event_id, forecast_on=day, reason="The lease"
            )
        )
    row = row_of(BlockerProgress, recorded)
    assert (row.original_forecast_on, row.forecast_on, row.revisions) == (
        SOON,
        LATER + timedelta(days=1),
        2,
    )


def test_a_blocker_that_is_cleared_stays_listed_as_cleared(story: Story) -> None:
    recorded = block(story)
    story.tell(c.ClearBlocker(blocker_id=recorded.event_id))
    row = row_of(BlockerProgress, recorded)
    assert (row.is_cleared, row.cleared_on) == (True, story.now.date())


def test_an_escalation_is_listed_with_what_is_asked_until_it_is_answered(story: Story) -> None:
    recorded = escalate(story)
    row = row_of(EscalationProgress, recorded)
    assert (row.addressed_to, row.asked, row.reply_by) == (Role.REGIONAL_LEAD, "A trainer", SOON)
    assert (row.raised_on, row.is_answered, row.answered_on) == (story.now.date(), False, None)

    region = make_user("Rhys Region", Role.REGIONAL_LEAD, story.unit.region)
    answer = c.AnswerEscalation(escalation_id=recorded.event_id, answer="From May.")
    story.tell(answer, by=region, acting_role=Role.REGIONAL_LEAD)
    row.refresh_from_db()
    assert (row.is_answered, row.answer, row.answered_on) == (True, "From May.", story.now.date())


def test_a_redaction_takes_the_words_of_a_blocker_and_an_escalation_from_the_rows(
    story: Story,
) -> None:
    blocker, escalation = block(story), escalate(story)
    for recorded in (blocker, escalation):
        redact = c.RedactPersonalData(
            event_id=recorded.event_id, reason=RedactionReason.PERSONAL_DATA_OF_STAFF
        )
        story.tell(redact, by=story.administrator)
    row = row_of(BlockerProgress, blocker)
    assert (row.cause, row.controlled_by, row.forecast_on) == ("", "", SOON)
    assert row_of(EscalationProgress, escalation).asked == ""


def test_a_new_read_model_is_filled_by_the_migration_that_brings_it(story: Story) -> None:
    block(story)
    escalate(story)
    BlockerProgress.objects.all().delete()
    EscalationProgress.objects.all().delete()
    call_command("migrate", verbosity=0)
    assert BlockerProgress.objects.count() == 1
    assert EscalationProgress.objects.count() == 1


def test_filling_leaves_alone_what_is_there(story: Story) -> None:
    assert fill_empty_tables() == 0
    block(story)
    escalate(story)
    assert fill_empty_tables() == 0
    EscalationProgress.objects.all().delete()
    assert fill_empty_tables() == 1
