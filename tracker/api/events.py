"""One entry of a timeline as the API shows it: facts and text apart, null where it was removed."""

from datetime import UTC, datetime
from typing import Any

import msgspec
from django.urls import reverse

from tracker.domain.events import Event
from tracker.domain.stored_form import FREE_TEXT_FIELDS
from tracker.queries.timeline import Citation, TimelineEntry


def event_row(entry: TimelineEntry) -> dict[str, Any]:
    """Return an entry as the members of `TimelineEventSerializer`."""
    recorded = entry.recorded
    facts, text = _facts_and_text(recorded.event)
    return {
        "position": recorded.position,
        "event_id": str(recorded.event_id),
        "version": recorded.version,
        "type": recorded.type,
        "schema_version": recorded.event.schema_version,
        "title": entry.title,
        "occurred_on": recorded.occurred_on.isoformat(),
        "recorded_at": instant(recorded.recorded_at),
        "actor_id": recorded.actor_id,
        "actor_name": recorded.actor_name,
        "actor_role": recorded.actor_role,
        "on_behalf_of_name": recorded.on_behalf_of_name or None,
        "prepared_by_name": recorded.prepared_by_name or None,
        "channel": recorded.channel,
        "correlation_id": str(recorded.correlation_id),
        "facts": facts,
        "text": text,
        "is_redacted": recorded.redacted,
        "redaction_reason": entry.removal.code if entry.removal else None,
        "cites": _event_id(entry.cites),
        "corrected_by": _event_id(entry.corrected),
        "withdrawn_by": _event_id(entry.withdrawn),
        "shared_with": [other.recommendation_id for other in entry.shared_with],
        "file": _file(entry),
        "payload_hash": recorded.payload_hash,
        "hash": recorded.hash,
    }


def instant(value: datetime) -> str:
    """Return an instant in UTC with a Z: 2026-06-04T08:32:00Z."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _facts_and_text(event: Event) -> tuple[dict[str, Any], dict[str, Any]]:
    facts: dict[str, Any] = msgspec.to_builtins(event)
    del facts["occurred_on"]
    text = {name: facts.pop(name) or None for name in sorted(FREE_TEXT_FIELDS[event.type])}
    return facts, text


def _file(entry: TimelineEntry) -> dict[str, Any] | None:
    if entry.file is None:
        return None
    is_open = entry.file.is_open and entry.withdrawn is None
    address = reverse("evidence_file", args=[entry.file.pk]) if is_open else None
    return {"scan": entry.file.state, "address": address}


def _event_id(citation: Citation | None) -> str | None:
    return str(citation.event_id) if citation else None
