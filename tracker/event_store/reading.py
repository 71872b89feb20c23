"""Reading the log: streams and single events in today's shape, the feed as stored."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import fields
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from tracker.domain.hash_chain import GENESIS
from tracker.domain.stored_form import restore
from tracker.event_store.records import RECORDED_COLUMNS, Head, RecordedEvent, StoredEvent
from tracker.models import Event

STORED_COLUMNS = [field.name for field in fields(StoredEvent) if field.name != "texts"]


def head() -> Head:
    """Return the last position and hash of the log."""
    last = Event.objects.order_by("-position").values("position", "hash").first()
    return Head(**last) if last else Head(position=0, hash=GENESIS)


def read_stream(recommendation_id: int, *, after_version: int = 0) -> list[RecordedEvent]:
    """Return a recommendation's events above `after_version`, in order.

    Raises:
        UnknownEvent: the stream holds an event of a later release.
    """
    events = Event.objects.filter(recommendation_id=recommendation_id, version__gt=after_version)
    return _read(events.order_by("version"))


def read_later(versions: Mapping[int, int]) -> dict[int, list[RecordedEvent]]:
    """Return the events of several streams above a version of each, in order; one query.

    `versions` maps recommendations to versions; a stream without later events is left out.

    Raises:
        UnknownEvent: a stream holds an event of a later release.
    """
    if not versions:
        return {}
    later = [Q(recommendation=pk, version__gt=version) for pk, version in versions.items()]
    found: dict[int, list[RecordedEvent]] = defaultdict(list)
    for each in _read(Event.objects.filter(reduce(or_, later)).order_by("position")):
        found[each.recommendation_id].append(each)
    return dict(found)


def read_kinds(recommendation_ids: Collection[int], types: Collection[str]) -> list[RecordedEvent]:
    """Return the events of some types in several streams, in the order of the log; one query.

    Raises:
        UnknownEvent: one of them is of a later release.
    """
    events = Event.objects.filter(recommendation__in=recommendation_ids, type__in=types)
    return _read(events.order_by("position"))


def fetch(event_id: UUID) -> RecordedEvent | None:
    """Return the event of that id, or None.

    Raises:
        UnknownEvent: it is an event of a later release.
    """
    found = _read(Event.objects.filter(event_id=event_id))
    return found[0] if found else None


def read_request(event_id: UUID) -> list[RecordedEvent]:
    """Return all events of the request whose first event has this id; none when it is unknown.

    Raises:
        UnknownEvent: one of them is of a later release.
    """
    first = Event.objects.filter(event_id=event_id).first()
    if first is None:
        return []
    events = Event.objects.filter(
        correlation_id=first.correlation_id,
        recommendation=first.recommendation_id,
        request_hash=first.request_hash,
        version__gte=first.version,
    )
    return _read(events.order_by("version"))


def read_feed(*, after: int, limit: int = 1000) -> list[StoredEvent]:
    """Return at most `limit` events above position `after`, in order, as they were stored.

    Positions have no gaps and become visible in order, so that a reader who goes on from the
    last position it got misses nothing.
    """
    events = Event.objects.filter(position__gt=after).order_by("position")
    rows = events.values(*STORED_COLUMNS, body=F("payload__body"))[:limit]
    return [_stored(row) for row in rows]


def _read(events: QuerySet[Event]) -> list[RecordedEvent]:
    rows = events.values(*RECORDED_COLUMNS, stored_facts=F("facts"), body=F("payload__body"))
    return [_recorded(row) for row in rows]


def _recorded(row: dict[str, Any]) -> RecordedEvent:
    facts, texts = row.pop("stored_facts"), row.pop("body")
    event = restore(
        type=row["type"],
        schema_version=row["schema_version"],
        facts=facts,
        texts=texts,
        occurred_on=row["occurred_on"],
    )
    return RecordedEvent(**row, event=event, redacted=texts is None)


def _stored(row: dict[str, Any]) -> StoredEvent:
    body = row.pop("body")
    row["facts"] = json.loads(row["facts"])
    return StoredEvent(**row, texts=None if body is None else json.loads(body))
