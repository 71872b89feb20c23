"""Hands the file of an export to the person who asked for it, always as an attachment."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tracker.admin.exchange.addresses import job_address, own_job
from tracker.documents.writing import Format
from tracker.exchange import files
from tracker.exchange.fetching import reason_against_fetching


@require_safe
def fetch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Serve the file; where it is not to be had any more, lead to the page that says why."""
    job = own_job(request, pk)
    if reason_against_fetching(job, request.user, timezone.localdate()):
        return HttpResponseRedirect(job_address(job))
    try:
        content = files.read(job.stored_as)
    except files.FileLost:
        return HttpResponseRedirect(job_address(job))
    response = HttpResponse(content, content_type=Format(job.file_format).content_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=job.file_name
    )
    response["Cache-Control"] = "private, no-store"
    return response
