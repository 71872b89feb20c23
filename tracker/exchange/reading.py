"""Makes a preview of a file: its rows, each with what it would do. Nothing reaches the log."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import count, islice
from typing import TypeVar

from django.conf import settings
from django.db import transaction

from tracker.documents import LIMITS, DocumentRefused, Limits, read_tables
from tracker.exchange import files
from tracker.exchange.claim import Claim
from tracker.exchange.kinds import PlannedRow
from tracker.exchange.registry import IMPORTS
from tracker.exchange.stored_deeds import as_row, storable
from tracker.models import ExchangeJob, ImportRow
from tracker.services import LONDON
from tracker.services.redacting.letting_go import empty

State = ExchangeJob.State
T = TypeVar("T")
BATCH = 200
LOST = "The file was lost before it could be read; upload it again."
NOT_YOURS = "You may not import this any more; ask whoever gave you your role."


def read(job: ExchangeJob, held: Claim, clock: Callable[[], datetime]) -> None:
    """Read the file and plan its rows, or refuse it as a whole with one sentence.

    Done again from the start where it broke off. Raises: Overtaken.
    """
    kind = IMPORTS[job.kind]
    today = clock().astimezone(LONDON).date()
    if not kind.may_import(job.person, job.parameters, today):
        return _refuse(job, held, NOT_YOURS, clock())
    try:
        tables = read_tables(job.file_name, files.read(job.stored_as), _limits())
        rows = kind.read(tables, job.parameters)
    except DocumentRefused as refusal:
        return _refuse(job, held, str(refusal), clock())
    except files.FileLost:
        return _refuse(job, held, LOST, clock())
    held.renew(clock(), rows_in_all=len(rows), rows_behind=0)
    job.rows.all().delete()
    planned = kind.plan(rows, person=job.person, parameters=job.parameters, today=today)
    _keep(job, held, planned, clock)
    held.let_go(State.PREVIEWED)
    return None


def _limits() -> Limits:
    return replace(LIMITS, content_bytes=settings.EXCHANGE_LARGEST_UPLOAD)


def _keep(
    job: ExchangeJob, held: Claim, planned: Iterable[PlannedRow], clock: Callable[[], datetime]
) -> None:
    places = count(1)
    behind = 0
    for batch in _batches(planned):
        rows = [as_row(job, place, each) for each, place in zip(batch, places, strict=False)]
        behind += len(rows)
        with transaction.atomic():
            held.renew(clock(), rows_behind=behind)
            ImportRow.objects.bulk_create(rows)


def _refuse(job: ExchangeJob, held: Claim, sentence: str, now: datetime) -> None:
    with transaction.atomic():
        held.let_go(State.REFUSED, reason=storable(sentence[:500]), settled_at=now)
        empty(job, now=now)


def _batches(planned: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(planned)
    while batch := list(islice(rest, BATCH)):
        yield batch
