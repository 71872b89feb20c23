"""What goes into the log and comes out of it, and how an append is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from tracker.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Who and how: the same for all events of one append. `now` is aware."""

    actor_id: int
    actor_name: str
    actor_role: str
    channel: str
    on_behalf_of_id: int | None = None
    on_behalf_of_name: str = ""
    prepared_by_id: int | None = None
    prepared_by_name: str = ""
    correlation_id: UUID
    request_hash: str
    now: datetime

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError("The clock of an envelope needs a time zone.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """The columns that a reader of either kind gets as they are stored."""

    position: int
    event_id: UUID
    recommendation_id: int
    version: int
    type: str
    schema_version: int
    occurred_on: date
    recorded_at: datetime
    actor_id: int
    actor_name: str
    actor_role: str
    channel: str
    on_behalf_of_id: int | None
    on_behalf_of_name: str
    prepared_by_id: int | None
    prepared_by_name: str
    correlation_id: UUID
    request_hash: str
    redacts: UUID | None
    payload_hash: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedEvent(_Row):
    """An event of the log in its newest shape; its free text is None where `redacted`."""

    event: Event
    redacted: bool


RECORDED_COLUMNS = [field.name for field in fields(_Row)]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent(_Row):
    """An event of the log as it was stored, for the feed; `texts` is None once redacted."""

    facts: Mapping[str, object]
    texts: Mapping[str, str] | None
    previous_hash: str
    stream_previous_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last position of the log and its hash; of an empty log, 0 and zeros."""

    position: int
    hash: str


class StaleVersion(Exception):  # noqa: N818 - an expected refusal
    """The recommendation has moved on since the writer looked at it; nothing was stored."""

    def __init__(
        self, *, recommendation_id: int, expected_version: int, actual_version: int
    ) -> None:
        super().__init__(
            "Somebody else has recorded something about this recommendation in the meantime. "
            "Look at what is new and send yours again."
        )
        self.recommendation_id = recommendation_id
        self.expected_version = expected_version
        self.actual_version = actual_version


class LogBusy(Exception):  # noqa: N818 - an expected refusal
    """Another writer held the log for too long; nothing was stored."""

    def __init__(self) -> None:
        super().__init__("The record is busy and nothing was stored. Try again in a moment.")


class AlreadyRecorded(Exception):  # noqa: N818 - an expected refusal
    """The request was stored before, as `events`; nothing was stored now."""

    def __init__(self, events: Sequence[RecordedEvent]) -> None:
        super().__init__("This was recorded before. Nothing was recorded a second time.")
        self.events = list(events)


class NothingToRedact(Exception):  # noqa: N818 - an expected refusal
    """The event to redact is not in this stream, is not as cited, or holds no text any more."""

    def __init__(self) -> None:
        super().__init__(
            "The text to delete is no longer there as cited. Open the recommendation again."
        )
