"""The blockers and escalations of one recommendation, with who said what about each.

Folded from the timeline that a page has at hand, so that it costs no query; lists over many
recommendations read `BlockerProgress` and `EscalationProgress`, which tell the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from tracker.domain import events as e
from tracker.domain.vocabulary import Role
from tracker.queries.said import Word, word_of
from tracker.queries.timeline import TimelineEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One move of a forecast, in either direction."""

    previous_on: date
    forecast_on: date
    said: Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """What stands or stood in the way. Texts are None once redacted."""

    blocker_id: UUID
    action_id: UUID | None
    cause: str | None
    controlled_by: str | None
    risk_register_reference: str | None
    blocked_since: date
    original_forecast_on: date
    revisions: tuple[Revision, ...] = ()
    cleared: Word | None = None

    @property
    def forecast_on(self) -> date:
        return self.revisions[-1].forecast_on if self.revisions else self.original_forecast_on

    @property
    def slipped_days(self) -> int:
        """By how many days the forecast moved in all; below 0 where it came forward."""
        return (self.forecast_on - self.original_forecast_on).days

    def is_overdue(self, today: date) -> bool:
        """Say whether it still stands although its forecast has passed."""
        return self.cleared is None and self.forecast_on < today


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """What was asked of the region or HMPPS, and the answer. Texts are None once redacted."""

    escalation_id: UUID
    addressed_to: Role
    asked: str | None
    raised: Word
    reply_by: date
    answer: Word | None = None

    def is_late(self, today: date) -> bool:
        """Say whether the answer is overdue."""
        return self.answer is None and self.reply_by < today


def blockers_of(entries: Iterable[TimelineEntry]) -> Sequence[Blocker]:
    """Return the blockers in a timeline, standing ones first, then in the order they came."""
    found: dict[UUID, Blocker] = {}
    for entry in reversed(list(entries)):
        event = entry.recorded.event
        if isinstance(event, e.BlockerRecorded):
            found[event.blocker_id] = _recorded(event)
        elif isinstance(event, e.BlockerForecastRevised):
            blocker = found[event.blocker_id]
            revised = (*blocker.revisions, _revision(entry, event))
            found[event.blocker_id] = replace(blocker, revisions=revised)
        elif isinstance(event, e.BlockerCleared):
            cleared = word_of(entry, event.note)
            found[event.blocker_id] = replace(found[event.blocker_id], cleared=cleared)
    return sorted(found.values(), key=lambda each: each.cleared is not None)


def escalations_of(entries: Iterable[TimelineEntry]) -> Sequence[Escalation]:
    """Return the escalations in a timeline, unanswered ones first, then in the order they came."""
    found: dict[UUID, Escalation] = {}
    for entry in reversed(list(entries)):
        event = entry.recorded.event
        if isinstance(event, e.EscalationRaised):
            found[event.escalation_id] = Escalation(
                escalation_id=event.escalation_id,
                addressed_to=event.addressed_to,
                asked=event.asked,
                raised=word_of(entry, ""),
                reply_by=event.reply_by,
            )
        elif isinstance(event, e.EscalationAnswered):
            answer = word_of(entry, event.answer)
            found[event.escalation_id] = replace(found[event.escalation_id], answer=answer)
    return sorted(found.values(), key=lambda each: each.answer is not None)


def _recorded(event: e.BlockerRecorded) -> Blocker:
    return Blocker(
        blocker_id=event.blocker_id,
        action_id=event.action_id,
        cause=event.cause,
        controlled_by=event.controlled_by,
        risk_register_reference=event.risk_register_reference,
        blocked_since=event.occurred_on,
        original_forecast_on=event.forecast_on,
    )


def _revision(entry: TimelineEntry, event: e.BlockerForecastRevised) -> Revision:
    return Revision(
        previous_on=event.previous_forecast_on,
        forecast_on=event.forecast_on,
        said=word_of(entry, event.reason),
    )
