"""Where the pages of imports and exports stand, and whose they are."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from inspections.admin_doors import roles_held
from tracker.domain.roles import UPDATERS
from tracker.exchange.registry import EXPORTS, IMPORTS
from tracker.models import ExchangeJob

NAME = "tracker_exchangejob"


def job_address(job: ExchangeJob) -> str:
    """Return the page of an import or export."""
    return reverse(f"admin:{NAME}_change", args=(job.pk,))


def file_address(job: ExchangeJob) -> str:
    """Return where the file of an export is fetched."""
    return reverse(f"admin:{NAME}_file", args=(job.pk,))


def may_report(request: HttpRequest) -> bool:
    """Say whether the person holds a role that records updates somewhere."""
    return bool(roles_held(request) & UPDATERS)


def own_job(request: HttpRequest, pk: UUID) -> ExchangeJob:
    """Return the person's own import or export. Raises: Http404 for all others alike."""
    job = ExchangeJob.objects.filter(pk=pk, person=request.user.pk).first()
    if job is None:
        raise Http404
    return job


def heading_of(job: ExchangeJob) -> str:
    """Return what the job is called; a kind of an earlier release by its name."""
    kinds = IMPORTS if job.direction == ExchangeJob.Direction.IMPORT else EXPORTS
    kind = kinds.get(job.kind)
    return kind.heading if kind else job.kind.replace("-", " ").capitalize()
