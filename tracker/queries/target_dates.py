"""How often and by how long the target date of each action slipped, and whose word it was.

Read from the events of one stream, which the page has at hand; no query of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum, auto
from uuid import UUID

from tracker.domain import events as e
from tracker.queries.said import Word, word_of
from tracker.queries.timeline import TimelineEntry


class Outcome(StrEnum):
    """What became of a wish for more time."""

    MOVED = auto()
    GRANTED = auto()
    DECLINED = auto()
    WAITING = auto()
    LAPSED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """One move of a target date, or one request for it; `asked` before it was decided."""

    outcome: Outcome
    target_on: date
    previous_on: date | None = None
    ordinal: int = 0
    asked: Word | None = None
    decided: Word | None = None

    @property
    def days(self) -> int:
        """By how many days the date slipped; 0 where it did not."""
        return (self.target_on - self.previous_on).days if self.previous_on else 0


def slips_by_action(entries: Iterable[TimelineEntry]) -> Mapping[UUID, Sequence[Slip]]:
    """Return the slips of every action in the order in which they came.

    `entries` are a timeline, newest first.
    """
    slips: dict[UUID, list[Slip]] = defaultdict(list)
    for entry in reversed(list(entries)):
        event = entry.recorded.event
        match event:
            case e.TargetDateExtensionRequested():
                asked = word_of(entry, event.reason)
                slips[event.action_id].append(
                    Slip(outcome=Outcome.WAITING, target_on=event.target_on, asked=asked)
                )
            case e.TargetDateExtended():
                _extend(slips[event.action_id], event, word_of(entry, event.reason))
            case e.TargetDateExtensionDeclined():
                _decline(slips[event.action_id], event, word_of(entry, event.reason))
            case e.ActionReportedComplete() | e.ActionWithdrawn():
                _lapse(slips[event.action_id])
    return slips


def _extend(slips: list[Slip], event: e.TargetDateExtended, decided: Word) -> None:
    asked = slips.pop().asked if event.decided and _is_waiting(slips) else None
    slips.append(
        Slip(
            outcome=Outcome.GRANTED if event.decided else Outcome.MOVED,
            target_on=event.target_on,
            previous_on=event.previous_target_on,
            ordinal=event.slip,
            asked=asked,
            decided=decided,
        )
    )


def _decline(slips: list[Slip], event: e.TargetDateExtensionDeclined, decided: Word) -> None:
    asked = slips.pop().asked if _is_waiting(slips) else None
    slips.append(
        Slip(outcome=Outcome.DECLINED, target_on=event.target_on, asked=asked, decided=decided)
    )


def _lapse(slips: list[Slip]) -> None:
    """A request ends when its action does."""
    if _is_waiting(slips):
        slips.append(replace(slips.pop(), outcome=Outcome.LAPSED))


def _is_waiting(slips: Sequence[Slip]) -> bool:
    return bool(slips) and slips[-1].outcome is Outcome.WAITING
