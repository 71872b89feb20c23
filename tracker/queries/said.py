"""One person's word within a stream: who, on which day, and why."""

from dataclasses import dataclass
from datetime import date

from tracker.queries.timeline import Byline, TimelineEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """`reason` is "" where none was given and None where its text was removed."""

    by: Byline
    on: date
    reason: str | None


def word_of(entry: TimelineEntry, reason: str | None) -> Word:
    """Return the word that an entry of the timeline holds."""
    return Word(by=entry.by, on=entry.occurred_on, reason=reason)
