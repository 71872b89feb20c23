"""Makes rows of events: position, version, stored form, and the links to what came before."""

import secrets
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tracker.domain.events import Event, PersonalDataRedacted
from tracker.domain.hash_chain import GENESIS, event_hash, payload_hash
from tracker.domain.stored_form import facts_json, split, texts_json
from tracker.event_store.records import RECORDED_COLUMNS, Envelope, RecordedEvent
from tracker.models import Event as EventRow
from tracker.models import EventPayload

ENVELOPE_COLUMNS = [field.name for field in fields(Envelope) if field.name != "now"]
BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event on its way into the log, with the rows that it becomes."""

    event: Event
    row: EventRow
    payload: EventPayload

    def as_recorded(self) -> RecordedEvent:
        columns = {name: getattr(self.row, name) for name in RECORDED_COLUMNS}
        return RecordedEvent(**columns, event=self.event, redacted=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """Where the log and one of its streams end."""

    recommendation_id: int
    version: int
    stream_hash: str
    position: int = 0
    hash: str = GENESIS
    recorded_at: datetime = BEFORE_ALL

    def link(self, event: Event, event_id: UUID, envelope: Envelope) -> Entry:
        """Return the entry of the event that follows this tail."""
        facts, texts = split(event)
        salt, body = secrets.token_hex(16), texts_json(texts)
        columns: dict[str, Any] = {
            **{name: getattr(envelope, name) for name in ENVELOPE_COLUMNS},
            **self._links(),
            "event_id": event_id,
            "type": event.type,
            "schema_version": event.schema_version,
            "redacts": event.redacts if isinstance(event, PersonalDataRedacted) else None,
            "recorded_at": max(envelope.now.astimezone(UTC), self.recorded_at),
            "occurred_on": event.occurred_on,
            "facts": facts_json(facts),
            "payload_hash": payload_hash(salt=salt, body=body),
        }
        row = EventRow(**columns, hash=event_hash(columns))
        return Entry(event=event, row=row, payload=EventPayload(event=row, salt=salt, body=body))

    def followed_by(self, row: EventRow) -> "Tail":
        """Return the tail once `row` is the last."""
        return Tail(
            recommendation_id=self.recommendation_id,
            version=row.version,
            stream_hash=row.hash,
            position=row.position,
            hash=row.hash,
            recorded_at=row.recorded_at,
        )

    def _links(self) -> dict[str, Any]:
        return {
            "position": self.position + 1,
            "previous_hash": self.hash,
            "recommendation_id": self.recommendation_id,
            "version": self.version + 1,
            "stream_previous_hash": self.stream_hash,
        }


def read_tail(recommendation_id: int) -> Tail:
    """Read where the log and the stream end; only the holder of the log's lock may rely on it."""
    columns = ("position", "hash", "recorded_at")
    last = EventRow.objects.order_by("-position").values(*columns).first()
    version, stream_hash = stream_tail(recommendation_id)
    return Tail(
        recommendation_id=recommendation_id,
        version=version,
        stream_hash=stream_hash,
        **(last or {}),
    )


def stream_tail(recommendation_id: int) -> tuple[int, str]:
    """Return a stream's last version and hash; of an empty stream, 0 and zeros."""
    stream = EventRow.objects.filter(recommendation=recommendation_id).order_by("-version")
    return stream.values_list("version", "hash").first() or (0, GENESIS)
