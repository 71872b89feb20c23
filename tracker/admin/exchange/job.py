"""The page of one import or export: progress, preview, what was done, or where the file is."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from inspections.whole_numbers import whole_number
from tracker.admin.exchange.addresses import heading_of, job_address, own_job
from tracker.admin.exchange.rows import Rows, rows_of
from tracker.exchange import asking
from tracker.exchange.fetching import reason_against_fetching
from tracker.exchange.registry import IMPORTS
from tracker.exchange.tidying import kept_until
from tracker.exchange.working import work_on
from tracker.models import ExchangeJob

State, Direction = ExchangeJob.State, ExchangeJob.Direction
KEEP, DISCARD = "_keep", "_discard"
TOO_LATE = "This import was confirmed, discarded or deleted meanwhile; this is how it stands."
DISCARDED = "The import is discarded. Nothing of it was recorded."
KEPT = "Your ticks are kept. Nothing is recorded yet."


@require_http_methods(["GET", "HEAD", "POST"])
def job_page(request: HttpRequest, pk: UUID, *, context: Mapping[str, Any]) -> HttpResponse:
    """Show how the job stands, or do what was pressed on its preview."""
    job = own_job(request, pk)
    if request.method == "POST":
        pressed = next((name for name in BUTTONS if name in request.POST), "")
        _take_ticks(request, job)
        return BUTTONS.get(pressed, _carry_out)(request, job)
    details = {"title": heading_of(job), "job": job, **_details(request, job)}
    return TemplateResponse(request, _template(job), {**context, **details})


def _template(job: ExchangeJob) -> str:
    if job.state in ExchangeJob.TO_BE_DONE:
        name = "progress"
    elif job.state == State.PREVIEWED:
        name = "preview"
    else:
        name = "result" if job.direction == Direction.IMPORT else "made"
    return f"admin/tracker/exchange/{name}.html"


def _details(request: HttpRequest, job: ExchangeJob) -> Mapping[str, Any]:
    today = timezone.localdate()
    if job.state in ExchangeJob.TO_BE_DONE:
        return {}
    if job.direction == Direction.EXPORT:
        is_made = job.state == State.DONE
        reason = reason_against_fetching(job, request.user, today) if is_made else job.reason
        return {"reason": reason, "kept_until": kept_until(job)}
    rows = rows_of(
        job,
        person=request.user,
        today=today,
        only=request.GET.get("show", ""),
        page=request.GET.get("page", "1"),
    )
    kind = IMPORTS.get(job.kind)
    button = kind.button if kind else ""
    return {"rows": rows, "button": button, "kept_until": kept_until(job), **_counts(job, rows)}


def _counts(job: ExchangeJob, rows: Rows) -> Mapping[str, int]:
    included = job.rows.to_be_done().filter(is_included=True).count()
    return {
        "ready": rows.count("ready"),
        "flagged": rows.count("flagged"),
        "included": included,
        "in_all": sum(each.count for each in rows.groups),
    }


def _take_ticks(request: HttpRequest, job: ExchangeJob) -> None:
    """Remember the ticks of the page that was sent; those of other pages stay as they are."""
    if job.state == State.PREVIEWED:
        asking.include(job, shown=_places(request, "shown"), ticked=_places(request, "include"))


def _places(request: HttpRequest, name: str) -> set[int]:
    read = (whole_number(each) for each in request.POST.getlist(name))
    return {place for place in read if place is not None}


def _keep(request: HttpRequest, job: ExchangeJob) -> HttpResponse:
    messages.success(request, KEPT)
    return HttpResponseRedirect(f"{job_address(job)}?{request.GET.urlencode()}")


def _discard(request: HttpRequest, job: ExchangeJob) -> HttpResponse:
    if asking.discard(job, now=timezone.now()):
        messages.success(request, DISCARDED)
    else:
        messages.info(request, TOO_LATE)
    return HttpResponseRedirect(job_address(job))


def _carry_out(request: HttpRequest, job: ExchangeJob) -> HttpResponse:
    """Confirm the import; a small one is carried out before the answer."""
    if not asking.confirm(job, now=timezone.now()):
        messages.info(request, TOO_LATE)
        return HttpResponseRedirect(job_address(job))
    job.refresh_from_db()
    if job.rows_in_all <= asking.ROWS_DONE_AT_ONCE:
        work_on(job.pk, timezone.now)
    else:
        asking.nudge()
    return HttpResponseRedirect(job_address(job))


Press = Callable[[HttpRequest, ExchangeJob], HttpResponse]
BUTTONS: Mapping[str, Press] = {KEEP: _keep, DISCARD: _discard}
