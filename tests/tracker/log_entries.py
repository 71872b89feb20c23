"""Short ways for the tests of the log to append and to alter what was appended."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from tracker.domain.events import Event, PersonalDataRedacted, ReviewedWithoutChange
from tracker.domain.vocabulary import RedactionReason
from tracker.event_store import Envelope, RecordedEvent, append, refusing_when_busy

NOW = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)
TODAY = date(2026, 10, 1)


def note(text: str = "Nothing has changed.") -> ReviewedWithoutChange:
    """Return the smallest event there is."""
    return ReviewedWithoutChange(occurred_on=TODAY, note=text)


def redaction_of(recorded: RecordedEvent) -> PersonalDataRedacted:
    return PersonalDataRedacted(
        occurred_on=TODAY,
        redacts=recorded.event_id,
        reason=RedactionReason.COURT_ORDER,
        payload_hash=recorded.payload_hash,
        authority="Order of the county court",
    )


def envelope(**fields: Any) -> Envelope:
    details: dict[str, Any] = {
        "actor_id": 7,
        "actor_name": "Ada Lead",
        "actor_role": "pdu_lead",
        "channel": "admin",
        "correlation_id": uuid4(),
        "request_hash": "a" * 64,
        "now": NOW,
        **fields,
    }
    return Envelope(**details)


def record(
    recommendation_id: int,
    expected_version: int,
    *events: Event,
    event_ids: list[UUID] | None = None,
    **fields: Any,
) -> list[RecordedEvent]:
    """Append the events (one note when none is given) in a transaction of their own."""
    events = events or (note(),)
    with refusing_when_busy(), transaction.atomic():
        return append(
            recommendation_id=recommendation_id,
            expected_version=expected_version,
            events=events,
            event_ids=event_ids or [uuid4() for _ in events],
            envelope=envelope(**fields),
        )
