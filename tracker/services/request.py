"""What is asked of the write path, what comes of it, and how it is refused before any rule."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

import msgspec

from inspections.access import Standing
from inspections.models import Recommendation
from tracker.domain import commands as c
from tracker.domain.rejection import CommandRejected
from tracker.domain.vocabulary import Channel
from tracker.event_store import RecordedEvent

LONDON = ZoneInfo("Europe/London")
ALONE = (0, 1)
"""The place of a command that is given with no other."""


class RecommendationNotFound(Exception):  # noqa: N818 - what the person sees is "not found"
    """Missing, unpublished or not theirs: the same words for all, so that nothing is given away."""

    def __init__(self) -> None:
        super().__init__("There is no such recommendation, or it is not one of yours.")


class KeyReused(CommandRejected):
    """The idempotency key was used before, for something else."""

    def __init__(self) -> None:
        super().__init__(
            "This form was sent before with other content; open it afresh and send it again.",
            code="idempotency_key_reused",
        )


def event_id(actor_id: int, recommendation_id: int, idempotency_key: str, ordinal: int = 0) -> UUID:
    """Return the id of an event of the request; see decision 1."""
    scope = f"{actor_id}/{recommendation_id}/{idempotency_key}/{ordinal}"
    return uuid5(NAMESPACE_URL, f"urn:recommendation-tracker:{scope}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a command led to. `replayed` when the same request had been carried out before."""

    recommendation_id: int
    version: int
    events: tuple[RecordedEvent, ...]
    replayed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One command to one recommendation, with everything that is known before it is decided.

    `place` is the command's among those given together: from 0, of how many.
    """

    command: c.Command
    recommendation: Recommendation
    expected_version: int
    actor: Any
    standing: Standing
    channel: Channel
    now: datetime
    idempotency_key: str
    correlation_id: UUID
    given_to: tuple[int, ...]
    place: tuple[int, int] = ALONE
    prepared_by: Any = None
    is_signed_off: bool = False

    @property
    def today(self) -> date:
        return self.now.astimezone(LONDON).date()

    def event_id(self, ordinal: int) -> UUID:
        """The same person, recommendation and key always give the same ids."""
        nth, _ = self.place
        key = f"{self.idempotency_key}/{nth}" if nth else self.idempotency_key
        return event_id(self.actor.pk, self.recommendation.pk, key, ordinal)

    @property
    def request_hash(self) -> str:
        said = {
            "command": type(self.command).__name__,
            "fields": msgspec.to_builtins(self.command),
            "role": self.standing.role,
            "given_to": self.given_to,
            "prepared_by": self.prepared_by.pk if self.prepared_by else None,
        }
        if self.place != ALONE:
            said["place"] = self.place
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
