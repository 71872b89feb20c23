"""Rules of updates: what the provider says about progress, and how it is put right."""

from typing import assert_never

from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.circumstances import Circumstances
from tracker.domain.decide.completion import decide_completion
from tracker.domain.decide.days import past_or_today
from tracker.domain.decide.evidence import decide_evidence
from tracker.domain.decide.redaction import cited_event
from tracker.domain.decide.subjects import unwithdrawn_action
from tracker.domain.decide.words import BRIEF, needed, optional
from tracker.domain.rejection import CommandRejected
from tracker.domain.state import RecommendationState


def decide_progress(
    command: c.ProgressCommand, state: RecommendationState, circumstances: Circumstances
) -> tuple[e.Event, ...]:
    if isinstance(command, c.UpdateCommand):
        return _decide_update(command, state, circumstances)
    if isinstance(command, c.EvidenceCommand):
        return decide_evidence(command, state, circumstances)
    if isinstance(command, c.CompletionCommand):
        return decide_completion(command, state, circumstances)
    assert_never(command)


def _decide_update(
    command: c.UpdateCommand, state: RecommendationState, circumstances: Circumstances
) -> tuple[e.Event, ...]:
    match command:
        case c.ReviewWithoutChange():
            note = optional(command.note, field="note")
            return (e.ReviewedWithoutChange(occurred_on=circumstances.today, note=note),)
        case c.RecordProgressUpdate():
            return (_record(command, state, circumstances),)
        case c.CorrectProgressUpdate():
            return (_correct(command, circumstances),)
        case _:
            assert_never(command)


def _record(
    command: c.RecordProgressUpdate, state: RecommendationState, circumstances: Circumstances
) -> e.ProgressUpdateRecorded:
    """Not of the future; work that began before the report was published is real work."""
    if command.action_id is not None:
        unwithdrawn_action(state, command.action_id)
    return e.ProgressUpdateRecorded(
        occurred_on=past_or_today(command.occurred_on, today=circumstances.today),
        action_id=command.action_id,
        text=needed(command.text, field="text", what="what was done"),
    )


def _correct(
    command: c.CorrectProgressUpdate, circumstances: Circumstances
) -> e.ProgressUpdateCorrected:
    """Cites the first update, however often corrected, and keeps its date and its action.

    A redacted update may be corrected: that is how clean words take the place of deleted ones.
    """
    cited = cited_event(command.event_id, circumstances).event
    match cited:
        case e.ProgressUpdateRecorded():
            corrects = command.event_id
        case e.ProgressUpdateCorrected():
            corrects = cited.corrects
        case _:
            raise CommandRejected(
                "Only an update can be corrected; choose an update from the timeline.",
                code="not_an_update",
                field="event_id",
            )
    return e.ProgressUpdateCorrected(
        occurred_on=cited.occurred_on,
        corrects=corrects,
        action_id=cited.action_id,
        text=needed(command.text, field="text", what="how the update should read"),
        reason=needed(
            command.reason, field="reason", what="why the update is corrected", limit=BRIEF
        ),
    )
