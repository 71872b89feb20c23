"""What is left behind of imports and exports: their words and files go, rows and hashes stay.

An import repeats the words of its file until it is settled. A second copy of a text would outlive
the redaction of the first, so nothing is kept longer than it is needed.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from tracker.models import ExchangeJob, ImportRow
from tracker.models.files import EXCHANGE
from tracker.services.redacting.files import delete_after_commit

State = ExchangeJob.State


def empty(job: ExchangeJob, *, now: datetime) -> None:
    """Delete the words of an import and its file; what became of each row stays.

    Within the caller's transaction; the file goes once that is committed.
    """
    ImportRow.objects.filter(job=job).update(says=[], deeds=[], warnings=[])
    if job.stored_as:
        delete_after_commit(storage=EXCHANGE, name=job.stored_as, now=now)
    ExchangeJob.objects.filter(pk=job.pk).update(stored_as="")


def delete_export(job: ExchangeJob, *, because: str, now: datetime) -> None:
    """Delete the file of an export; its hash, what it held and the reason stay."""
    if job.stored_as:
        delete_after_commit(storage=EXCHANGE, name=job.stored_as, now=now)
    ExchangeJob.objects.filter(pk=job.pk).update(stored_as="", file_gone_because=because)


def end_pending(jobs: QuerySet[ExchangeJob], state: State, *, reason: str, now: datetime) -> int:
    """Settle jobs that were still to be read, confirmed or carried out; return how many.

    Each is settled only while it is still pending: what a worker finished first stays finished.
    """
    return sum(_end(job, state, reason, now) for job in jobs.order_by("pk"))


@transaction.atomic
def _end(job: ExchangeJob, state: State, reason: str, now: datetime) -> bool:
    still = ExchangeJob.objects.pending().filter(pk=job.pk)
    free = {"claimed_by": None, "lease_until": None}
    if not still.update(state=state, reason=reason, settled_at=now, **free):
        return False
    empty(job, now=now)
    return True
