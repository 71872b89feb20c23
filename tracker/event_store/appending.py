"""Writing to the log: under one lock, at the head, linked to what came before.

Positions are given under the lock and become visible in their order; that is what makes the feed
gapless. The lock is held until the caller's transaction ends, so append late and commit at once.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Model

from tracker.domain.events import Event, PersonalDataRedacted
from tracker.event_store.linking import Draft, Entry, Tail, draft, read_tail
from tracker.event_store.reading import read_request
from tracker.event_store.records import (
    AlreadyRecorded,
    Envelope,
    LogBusy,
    NothingToRedact,
    RecordedEvent,
    StaleVersion,
)
from tracker.models import Event as EventRow
from tracker.models import EventPayload

LOG_LOCK = 7_311_020_881
"""The key of PostgreSQL's advisory lock on the log; used for nothing else in the database."""

LOCK_TIMEOUT = "5s"
LOCK_NOT_AVAILABLE = "55P03"
DEADLOCK_DETECTED = "40P01"
"""Of two that wait for one another PostgreSQL ends one, who may try again like any other."""


def append(
    *,
    recommendation_id: int,
    expected_version: int,
    events: Sequence[Event],
    event_ids: Sequence[UUID],
    envelope: Envelope,
) -> list[RecordedEvent]:
    """Append the events to a recommendation's stream and return them as stored.

    A redaction also deletes the payload that it cites. Needs an open transaction, and keeps the
    log locked until it ends.

    Raises:
        AlreadyRecorded: one of the event ids is in the log; looked at before the version.
        StaleVersion: the stream is not at `expected_version`.
        LogBusy: the lock was not to be had in time.
        NothingToRedact: a redaction cites what is not there.
        NotStorable: an event cannot be put into its stored form.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Appending needs an open transaction.")
    drafts = [draft(*pair, envelope) for pair in zip(events, event_ids, strict=True)]
    lock_the_log()
    _refuse_what_is_recorded(event_ids)
    tail = read_tail(recommendation_id)
    _refuse_other_version(recommendation_id, expected_version, tail.version)
    entries = _link_all(tail, drafts, envelope.now)
    _insert(entries, recommendation_id, expected_version)
    for entry in entries:
        if isinstance(entry.event, PersonalDataRedacted):
            _delete_payload(recommendation_id, entry.event)
    return [entry.as_recorded() for entry in entries]


@contextmanager
def refusing_when_busy() -> Iterator[None]:
    """Turn the database's "locked" errors into LogBusy; wrap it around `transaction.atomic()`.

    On SQLite the lock is taken where the outermost transaction begins, not in `append`.
    """
    try:
        yield
    except OperationalError as error:
        if _says_locked(error.__cause__):
            raise LogBusy from error
        raise


def _says_locked(cause: BaseException | None) -> bool:
    if isinstance(cause, sqlite3.OperationalError):
        return cause.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    return getattr(cause, "sqlstate", None) in (LOCK_NOT_AVAILABLE, DEADLOCK_DETECTED)


def lock_the_log() -> None:
    """Wait for the one lock of the log and hold it until the transaction ends.

    On SQLite BEGIN IMMEDIATE has taken it already. Raises: LogBusy after five seconds.
    """
    if connection.vendor != "postgresql":
        return
    with refusing_when_busy(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
        cursor.execute(f"SELECT pg_advisory_xact_lock({LOG_LOCK})")


def _refuse_what_is_recorded(event_ids: Sequence[UUID]) -> None:
    known = EventRow.objects.filter(event_id__in=event_ids).order_by("position")
    first = known.values_list("event_id", flat=True).first()
    if first is not None:
        raise AlreadyRecorded(read_request(first))


def _refuse_other_version(recommendation_id: int, expected: int, actual: int) -> None:
    if actual != expected:
        raise StaleVersion(
            recommendation_id=recommendation_id, expected_version=expected, actual_version=actual
        )


def _link_all(tail: Tail, drafts: Sequence[Draft], now: datetime) -> list[Entry]:
    entries = []
    for each in drafts:
        entry = tail.link(each, now)
        entries.append(entry)
        tail = tail.followed_by(entry.row)
    return entries


def _insert(entries: Sequence[Entry], recommendation_id: int, expected_version: int) -> None:
    try:
        with transaction.atomic():
            _insert_rows([entry.row for entry in entries])
            _insert_rows([entry.payload for entry in entries])
    except IntegrityError:
        # Only a writer that did not take the lock can have moved the stream; all else is a fault.
        _refuse_other_version(
            recommendation_id, expected_version, read_tail(recommendation_id).version
        )
        raise


def _insert_rows(rows: Sequence[Model]) -> None:
    """Insert the rows as they are; `bulk_create` does the same in three times the time."""
    if not rows:
        return
    meta = rows[0]._meta
    names = ", ".join(f'"{field.column}"' for field in meta.concrete_fields)
    places = ", ".join(["%s"] * len(meta.concrete_fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {meta.db_table} ({names}) VALUES ({places})",  # noqa: S608 - constants
            [
                [
                    field.get_db_prep_save(getattr(row, field.attname), connection)
                    for field in meta.concrete_fields
                ]
                for row in rows
            ],
        )


def _delete_payload(recommendation_id: int, redaction: PersonalDataRedacted) -> None:
    """Delete the text that the redaction, stored already, cites; the database asks for both."""
    cited = EventRow.objects.filter(
        recommendation=recommendation_id,
        event_id=redaction.redacts,
        payload_hash=redaction.payload_hash,
    )
    deleted, _ = EventPayload.objects.filter(event__in=cited).delete()
    if deleted != 1:
        raise NothingToRedact
