"""What a place is told that must forget a text."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from tracker.domain.events import Event, PersonalDataRedacted, free_text_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """One event of a recommendation has lost its text; `event` is the event as it was before.

    `redacted` says why, `redaction_id` is the id of that event, `actor` and `now` who and when.
    """

    recommendation_id: int
    event_id: UUID
    event: Event
    redaction_id: UUID
    redacted: PersonalDataRedacted
    actor: Any
    now: datetime

    @property
    def texts(self) -> tuple[str, ...]:
        """The words that go, each as it stood in the log."""
        said = (getattr(self.event, name) for name in free_text_names(type(self.event)))
        return tuple(text for text in said if text)

    def is_in(self, text: str) -> bool:
        """Say whether the text holds any of the words that go."""
        return any(stands_in(each, text) for each in self.texts)


def stands_in(words: str, text: str) -> bool:
    """Say whether the words stand in the text, however they are broken or spaced.

    Words of a few letters must be all of it: "None" stands in many a text.
    """
    sought, held = _plain(words), _plain(text)
    return sought == held or (len(sought) >= SHORTEST and sought in held)


Place: TypeAlias = Callable[[Redaction], None]
"""Makes one place forget; raises what it must, for then nothing is redacted at all."""

SHORTEST = 12


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
