"""The hashes that make a change of the log evident: what is hashed, and how it is put into bytes.

The form is permanent. An event's hash covers every column but itself; the payload enters by its
salted hash, so that deleting the text breaks nothing. Each value is preceded by its length, so
that no two rows share their bytes.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import TypeAlias
from uuid import UUID

GENESIS = "0" * 64
"""The previous hash of the first event, of the log and of each stream."""

EVENT_COLUMNS = (
    "position",
    "previous_hash",
    "stream_previous_hash",
    "event_id",
    "request_hash",
    "recommendation_id",
    "version",
    "type",
    "schema_version",
    "actor_id",
    "actor_name",
    "actor_role",
    "channel",
    "on_behalf_of_id",
    "on_behalf_of_name",
    "prepared_by_id",
    "prepared_by_name",
    "correlation_id",
    "redacts",
    "recorded_at",
    "occurred_on",
    "facts",
    "payload_hash",
)
"""The hashed columns, in this order for ever. A later column would be hashed only where set."""

Value: TypeAlias = str | int | UUID | date | datetime | None


def payload_hash(*, salt: str, body: str) -> str:
    """Return the SHA-256 of a payload; without the salt it cannot be guessed from the text."""
    return _sha256("recommendation-tracker payload v1", [salt, body])


def event_hash(columns: Mapping[str, Value]) -> str:
    """Return the SHA-256 of an event's columns, links to its predecessors included."""
    return _sha256("recommendation-tracker event v1", [columns[name] for name in EVENT_COLUMNS])


def canonical_bytes(value: Value) -> bytes:
    """Return a value's bytes: `-` for null, else its length, a colon and its UTF-8 text.

    Moments are given in UTC with six decimal places.
    """
    match value:
        case None:
            return b"-"
        case datetime():
            text = value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            text = value.isoformat()
        case _:
            text = str(value)
    encoded = text.encode()
    return b"%d:%s" % (len(encoded), encoded)


def _sha256(purpose: str, values: Iterable[Value]) -> str:
    parts = (canonical_bytes(value) for value in (purpose, *values))
    return hashlib.sha256(b"".join(parts)).hexdigest()
