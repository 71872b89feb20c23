"""Takes an order for an export: a small one is made at once, a large one in the background."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tracker.admin.exchange.addresses import file_address, job_address
from tracker.admin.exchange.forms import ExportForm, OpenActionsForm
from tracker.exchange import asking
from tracker.exchange.kinds import ExportKind, Parameters
from tracker.exchange.monthly import OpenActions
from tracker.exchange.registry import EXPORTS
from tracker.exchange.working import work_on
from tracker.models import ExchangeJob

ROWS_MADE_AT_ONCE = 500


@require_http_methods(["GET", "HEAD", "POST"])
def export_door(request: HttpRequest, slug: str, *, context: Mapping[str, Any]) -> HttpResponse:
    """Take an order for an export of a kind that a form alone can choose."""
    if slug != OpenActions.slug:
        raise Http404
    kind = EXPORTS[slug]
    counts = {whose: _count(request, kind, whose) for whose in ("mine", "all")}
    sent = request.POST if request.method == "POST" else None
    form = OpenActionsForm(sent, formats=kind.formats)
    form.offer(counts)
    return _page(request, kind, form, {}, {**context, "is_empty": not counts["all"]})


def export_page(
    request: HttpRequest, kind: ExportKind, parameters: Parameters, *, context: Mapping[str, Any]
) -> HttpResponse:
    """Ask for a format, or take the order and lead to the file.

    Raises: PermissionDenied for whoever may not have it.
    """
    if not kind.may_export(request.user, parameters, timezone.localdate()):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    return _page(request, kind, ExportForm(sent, formats=kind.formats), parameters, context)


def _page(
    request: HttpRequest,
    kind: ExportKind,
    form: ExportForm,
    parameters: Parameters,
    context: Mapping[str, Any],
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        return _order(request, kind, form, {**parameters, **form.parameters()})
    details = {"title": kind.heading, "form": form}
    return TemplateResponse(request, "admin/tracker/exchange/export.html", {**context, **details})


def _count(request: HttpRequest, kind: ExportKind, whose: str) -> int:
    """Return how many actions a choice means. Raises: PermissionDenied."""
    today, parameters = timezone.localdate(), {"whose": whose}
    if not kind.may_export(request.user, parameters, today):
        raise PermissionDenied
    return kind.count(request.user, parameters, today)


def _order(
    request: HttpRequest, kind: ExportKind, form: ExportForm, parameters: Parameters
) -> HttpResponse:
    job = asking.begin_export(
        kind,
        person=request.user,
        parameters=parameters,
        file_format=form.cleaned_data["file_format"],
        now=timezone.now(),
    )
    if kind.count(request.user, parameters, timezone.localdate()) > ROWS_MADE_AT_ONCE:
        asking.nudge()
        return HttpResponseRedirect(job_address(job))
    work_on(job.pk, timezone.now)
    job.refresh_from_db()
    is_made = job.state == ExchangeJob.State.DONE
    return HttpResponseRedirect(file_address(job) if is_made else job_address(job))
