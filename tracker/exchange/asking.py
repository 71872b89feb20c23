"""Takes a file in to be imported, or an order for an export, as a row that waits; and answers it.

What is asked for here is done by `working`: at once for little, in the background for much.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db import transaction

from tracker.documents import unpacked_size
from tracker.evidence.names import safe_name
from tracker.exchange.files import digest, new_name, put
from tracker.exchange.kinds import ExportKind, ImportKind
from tracker.models import ExchangeJob, ImportRow
from tracker.services.redacting.letting_go import delete_export, end_pending
from tracker.services.waking import wake

State = ExchangeJob.State
TASK = "tracker.tasks.exchange_files"
BYTES_READ_AT_ONCE = 64 * 1024
"""A workbook of this size holds a thousand rows or two, which take a second to read."""
UNPACKED_READ_AT_ONCE = 2 * 1024 * 1024
"""A hostile one of few bytes may unpack to what takes much longer; nobody waits for that."""
ROWS_DONE_AT_ONCE = 200
"""So many commands take a few seconds; nobody should have to come back for those."""


MOST_PENDING = 30
MOST_KEPT = 20
"""Files of exports of one person: whoever asks for more has long fetched the first."""
REPLACED = "You have asked for others since; ask for it again."
TOO_MANY = (
    f"You have {MOST_PENDING} imports and exports that are not finished; confirm or discard some "
    "under “Imports and exports” first."
)


class UploadRefused(Exception):  # noqa: N818 - the person tidies up first
    """The file is not even kept; says why in one sentence."""


def largest() -> str:
    """Return how large a file may be, in words."""
    return f"{settings.EXCHANGE_LARGEST_UPLOAD // (1024 * 1024)} MB"


def too_large() -> str:
    """Return the sentence for a file that is larger than the house takes."""
    return (
        f"The file is larger than {largest()}; leave out what is not part of the table, or split"
        " it."
    )


def is_read_at_once(content: bytes) -> bool:
    """Say whether the file is read while its person waits."""
    is_small = len(content) <= BYTES_READ_AT_ONCE
    return is_small and unpacked_size(content) <= UNPACKED_READ_AT_ONCE


def begin_import(
    kind: ImportKind[Any],
    *,
    person: Any,
    parameters: Mapping[str, Any],
    name: str,
    content: bytes,
    now: datetime,
) -> ExchangeJob:
    """Keep the file until it is settled, as an import that waits to be read.

    Raises: UploadRefused for one too many.
    """
    if ExchangeJob.objects.pending().filter(person=person).count() >= MOST_PENDING:
        raise UploadRefused(TOO_MANY)
    job = ExchangeJob.objects.create(
        direction=ExchangeJob.Direction.IMPORT,
        kind=kind.slug,
        parameters=dict(parameters),
        person=person,
        asked_at=now,
        file_name=safe_name(name),
        file_format=PurePath(name.strip()).suffix.lower()[1:10],
        stored_as=new_name(),
        sha256=digest(content),
        size=len(content),
    )
    put(job.stored_as, content)
    return job


def begin_export(
    kind: ExportKind,
    *,
    person: Any,
    parameters: Mapping[str, Any],
    file_format: str,
    now: datetime,
) -> ExchangeJob:
    """Note that the person asks for the export; it waits to be made.

    Of many, the files of the oldest are deleted: each would lie there for days.
    """
    _make_room(person, now)
    return ExchangeJob.objects.create(
        direction=ExchangeJob.Direction.EXPORT,
        kind=kind.slug,
        parameters=dict(parameters),
        person=person,
        asked_at=now,
        file_format=file_format,
    )


def include(job: ExchangeJob, *, shown: set[int], ticked: set[int]) -> None:
    """Remember which flagged rows, of those that were shown, the person wants all the same."""
    flagged = job.rows.filter(verdict=ImportRow.Verdict.FLAGGED, place__in=shown)
    flagged.filter(place__in=ticked).update(is_included=True)
    flagged.exclude(place__in=ticked).update(is_included=False)


def confirm(job: ExchangeJob, *, now: datetime) -> bool:
    """Let the import be carried out; False where it was confirmed or settled before."""
    previewed = ExchangeJob.objects.filter(pk=job.pk, state=State.PREVIEWED)
    rows = job.rows.to_be_done().count()
    return bool(
        previewed.update(state=State.CONFIRMED, confirmed_at=now, rows_in_all=rows, rows_behind=0)
    )


@transaction.atomic
def discard(job: ExchangeJob, *, now: datetime) -> bool:
    """Put an import away that nobody carries out yet; False where it is too late for that."""
    unconfirmed = ExchangeJob.objects.filter(pk=job.pk, state__in=(State.WAITING, State.PREVIEWED))
    return bool(end_pending(unconfirmed, State.DISCARDED, reason="", now=now))


@transaction.atomic
def _make_room(person: Any, now: datetime) -> None:
    made = ExchangeJob.objects.filter(person=person, direction=ExchangeJob.Direction.EXPORT)
    files_of = made.filter(settled_at__isnull=False).exclude(stored_as="")
    for job in files_of.order_by("-asked_at", "-pk")[MOST_KEPT - 1 :]:
        delete_export(job, because=REPLACED, now=now)


def nudge() -> None:
    """Wake a worker once what was asked for is committed; without one, the next tick sees it."""
    wake(TASK)
