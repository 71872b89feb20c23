"""Makes rows of events: stored form first, then position, version and links under the lock."""

import secrets
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from tracker.domain.events import Event, PersonalDataRedacted
from tracker.domain.hash_chain import GENESIS, event_hash, payload_hash
from tracker.domain.stored_form import facts_json, split, texts_json
from tracker.event_store.records import RECORDED_COLUMNS, Envelope, RecordedEvent
from tracker.models import Event as EventRow
from tracker.models import EventPayload

ENVELOPE_COLUMNS = [field.name for field in fields(Envelope) if field.name != "now"]
BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


# Plain SQL, for it runs under the lock: composing it anew each time took longer than running it.
READ_TAIL = """
    SELECT log."position", log.hash, log.recorded_at, stream.version, stream.hash
    FROM (SELECT "position", hash, recorded_at FROM tracker_event
          ORDER BY "position" DESC LIMIT 1) AS log
    LEFT JOIN (SELECT version, hash FROM tracker_event WHERE recommendation_id = %s
               ORDER BY version DESC LIMIT 1) AS stream ON 1 = 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One event in its stored form: all that is known before the log is locked."""

    event: Event
    salt: str
    body: str
    columns: dict[str, Any]


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
    position: int = 0
    hash: str = GENESIS
    recorded_at: datetime = BEFORE_ALL
    version: int = 0
    stream_hash: str = GENESIS

    def link(self, draft: Draft, now: datetime) -> Entry:
        """Return the entry of the event that follows this tail."""
        columns = {
            **draft.columns,
            "position": self.position + 1,
            "previous_hash": self.hash,
            "recommendation_id": self.recommendation_id,
            "version": self.version + 1,
            "stream_previous_hash": self.stream_hash,
            "recorded_at": max(now.astimezone(UTC), self.recorded_at),
        }
        row = EventRow(**columns, hash=event_hash(columns))
        payload = EventPayload(event=row, salt=draft.salt, body=draft.body)
        return Entry(event=draft.event, row=row, payload=payload)

    def followed_by(self, row: EventRow) -> "Tail":
        """Return the tail once `row` is the last."""
        return Tail(
            recommendation_id=self.recommendation_id,
            position=row.position,
            hash=row.hash,
            recorded_at=row.recorded_at,
            version=row.version,
            stream_hash=row.hash,
        )


def draft(event: Event, event_id: UUID, envelope: Envelope) -> Draft:
    """Put the event into its stored form, with a fresh salt for its text.

    Raises:
        NotStorable: it cannot be kept as it is.
    """
    facts, texts = split(event)
    salt, body = secrets.token_hex(16), texts_json(texts)
    columns: dict[str, Any] = {
        **{name: getattr(envelope, name) for name in ENVELOPE_COLUMNS},
        "event_id": event_id,
        "type": event.type,
        "schema_version": event.schema_version,
        "redacts": event.redacts if isinstance(event, PersonalDataRedacted) else None,
        "occurred_on": event.occurred_on,
        "facts": facts_json(facts),
        "payload_hash": payload_hash(salt=salt, body=body),
    }
    return Draft(event=event, salt=salt, body=body, columns=columns)


def read_tail(recommendation_id: int) -> Tail:
    """Read where the log and the stream end; only the holder of the log's lock may rely on it."""
    with connection.cursor() as cursor:
        cursor.execute(READ_TAIL, [recommendation_id])
        ends = cursor.fetchone()
    if ends is None:
        return Tail(recommendation_id=recommendation_id)
    position, last_hash, recorded_at, version, stream_hash = ends
    if recorded_at.tzinfo is None:  # SQLite keeps moments in UTC without saying so
        recorded_at = recorded_at.replace(tzinfo=UTC)
    return Tail(
        recommendation_id=recommendation_id,
        position=position,
        hash=last_hash,
        recorded_at=recorded_at,
        version=version or 0,
        stream_hash=stream_hash or GENESIS,
    )
