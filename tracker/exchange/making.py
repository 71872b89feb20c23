"""Makes an export: gathers what the person may have today, writes it in the format asked for."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from tracker.documents.writing import Format, write_document
from tracker.evidence.names import safe_name
from tracker.exchange import files
from tracker.exchange.claim import Claim
from tracker.exchange.kinds import ExportKind, Gathered
from tracker.exchange.registry import EXPORTS
from tracker.models import ExchangeJob, ExportedRecommendation
from tracker.services import LONDON
from tracker.services.redacting.letting_go import empty

State = ExchangeJob.State
NOT_YOURS = "You may not export this any more; ask whoever gave you your role."


def make(job: ExchangeJob, held: Claim, clock: Callable[[], datetime]) -> None:
    """Make the file and keep it for the person to fetch. Raises: Overtaken."""
    kind = EXPORTS[job.kind]
    now = clock()
    today = now.astimezone(LONDON).date()
    if not kind.may_export(job.person, job.parameters, today):
        with transaction.atomic():
            held.let_go(State.REFUSED, reason=NOT_YOURS, settled_at=now)
            empty(job, now=now)  # of what an attempt left that broke off
        return
    held.renew(now, rows_in_all=kind.count(job.person, job.parameters, today), rows_behind=0)

    def tell(behind: int) -> None:
        held.renew(clock(), rows_behind=behind)

    gathered = kind.gather(job.person, job.parameters, today, progress=tell)
    _keep(job, held, kind, gathered, clock())


def _keep(
    job: ExchangeJob, held: Claim, kind: ExportKind, gathered: Gathered, now: datetime
) -> None:
    """Put the file down, then say so. A redaction since then has taken the claim away."""
    content = write_document(gathered.sheet, to=Format(job.file_format))
    name = job.stored_as or files.new_name()
    held.renew(now, stored_as=name)
    files.put(name, content)
    with transaction.atomic():
        held.let_go(
            State.DONE,
            settled_at=now,
            file_name=_file_name(kind, job, now),
            sha256=files.digest(content),
            size=len(content),
        )
        ExportedRecommendation.objects.bulk_create(
            ExportedRecommendation(job=job, recommendation_id=pk, version=version)
            for pk, version in gathered.held.items()
        )


def _file_name(kind: ExportKind, job: ExchangeJob, now: datetime) -> str:
    name = kind.file_name(job.parameters, now.astimezone(LONDON).date())
    return safe_name(f"{name}.{job.file_format}")
