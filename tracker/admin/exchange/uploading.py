"""Takes a file in: a small one is read at once, a large one in the background."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tracker.admin.exchange.addresses import job_address
from tracker.admin.exchange.forms import UploadForm
from tracker.exchange import asking
from tracker.exchange.kinds import ImportKind, Parameters
from tracker.exchange.registry import IMPORTS
from tracker.exchange.working import work_on
from tracker.models import ExchangeJob

SEE_FIRST = "Upload and see what it would do"


@require_http_methods(["GET", "HEAD", "POST"])
def upload_door(request: HttpRequest, slug: str, *, context: Mapping[str, Any]) -> HttpResponse:
    """Take in a file of a kind that needs no parameters."""
    if slug not in IMPORTS:
        raise Http404
    return upload_page(request, IMPORTS[slug], {}, context=context)


def upload_page(
    request: HttpRequest,
    kind: ImportKind[Any],
    parameters: Parameters,
    *,
    context: Mapping[str, Any],
) -> HttpResponse:
    """Ask for a file, or take in what was sent and lead to its preview.

    What a file that was read at once is refused for stands at its field. `context` may say in
    `details` which template stands above the form.

    Raises: PermissionDenied for whoever may not bring such a file.
    """
    if not kind.may_import(request.user, parameters, timezone.localdate()):
        raise PermissionDenied
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, formats=kind.formats, button=SEE_FIRST, guidance=kind.guidance)
    if form.is_bound and form.is_valid() and (job := _take_in(request, kind, parameters, form)):
        return HttpResponseRedirect(job_address(job))
    details = {"title": kind.heading, "form": form}
    return TemplateResponse(request, "admin/tracker/exchange/upload.html", {**context, **details})


def _take_in(
    request: HttpRequest, kind: ImportKind[Any], parameters: Parameters, form: UploadForm
) -> ExchangeJob | None:
    """Keep the file and read it if it is small; put a refusal on the form and return None."""
    file = form.cleaned_data["file"]
    content = file.read()
    try:
        job = asking.begin_import(
            kind,
            person=request.user,
            parameters=parameters,
            name=file.name,
            content=content,
            now=timezone.now(),
        )
    except asking.UploadRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    if not asking.is_read_at_once(content):
        asking.nudge()
        return job
    work_on(job.pk, timezone.now)
    job.refresh_from_db()
    if job.state == ExchangeJob.State.REFUSED:
        form.add_error("file", job.reason)
        return None
    return job
