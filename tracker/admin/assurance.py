"""The regional assurance sheet: one measure, one period, a row for every unit of the region.

Whatever row is refused keeps its text and stops no other; blank rows are passed over.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.defaultfilters import pluralize
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from inspections.admin_doors import roles_held
from tracker.admin.page import page_address
from tracker.admin.row_forms import carry_out, on_present_versions, refuse, tell_what_is_left
from tracker.domain.vocabulary import Role
from tracker.forms.assurance import AssuranceRowForm, PeriodForm
from tracker.queries.assurance import SameMeasure, measures_to_assure, situations_to_assure
from tracker.services import Outcome, Row

NAME = "admin:tracker_recommendationprogress"
NOTHING_TYPED = "Fill in one unit at least. Nothing was recorded."
Rows = Sequence[AssuranceRowForm]


def assurance_addresses(door: Any) -> list[URLPattern]:
    """Return the addresses of both pages, for the list's own `get_urls`."""

    def choice(request: HttpRequest) -> HttpResponse:
        return choose_measure(request, context=door.page_context(request))

    def sheet(request: HttpRequest, key: str) -> HttpResponse:
        return fill_in_sheet(request, key, context=door.page_context(request))

    wrap = door.admin_site.admin_view
    name = "tracker_recommendationprogress_assurance"
    return [
        path("assurance/", wrap(choice), name=name),
        path("assurance/<slug:key>/", wrap(sheet), name=f"{name}_sheet"),
    ]


@require_safe
def choose_measure(request: HttpRequest, *, context: Mapping[str, Any]) -> HttpResponse:
    """Show what is measured in the region, so that one of it can be assured."""
    _admit(request)
    found = measures_to_assure(request.user, timezone.localdate())
    details = {
        "title": "Regional assurance",
        "choices": [(each, sheet_address(each.key)) for each in found],
    }
    return TemplateResponse(request, "admin/tracker/assurance.html", {**context, **details})


@require_http_methods(["GET", "HEAD", "POST"])
def fill_in_sheet(request: HttpRequest, key: str, *, context: Mapping[str, Any]) -> HttpResponse:
    """Show the sheet of one measure, or record what was filled in."""
    _admit(request)
    now = timezone.now()
    today = timezone.localdate(now)
    measured = _find(request, key, today)
    if request.method == "POST":
        return _record(request, measured, now, context)
    period = PeriodForm(today=today)
    return _show(request, measured, period, _rows(request, measured, today), context)


def sheet_address(key: str) -> str:
    """Return where the sheet of a measure is."""
    return reverse(f"{NAME}_assurance_sheet", args=(key,))


def _admit(request: HttpRequest) -> None:
    if Role.REGIONAL_LEAD not in roles_held(request):
        raise PermissionDenied


def _find(request: HttpRequest, key: str, today: date) -> SameMeasure:
    found = (each for each in measures_to_assure(request.user, today) if each.key == key)
    measured = next(found, None)
    if measured is None:
        raise Http404
    return measured


def _rows(
    request: HttpRequest, measured: SameMeasure, today: date, data: QueryDict | None = None
) -> Rows:
    situations = situations_to_assure(request.user, measured, today)
    return [
        AssuranceRowForm(data, place=place, situation=situations[place.recommendation.pk])
        for place in measured.places
        if place.recommendation.pk in situations
    ]


def _record(
    request: HttpRequest, measured: SameMeasure, now: datetime, context: Mapping[str, Any]
) -> HttpResponse:
    today = timezone.localdate(now)
    period = PeriodForm(request.POST, today=today)
    filled = [each for each in _rows(request, measured, today, request.POST) if each.is_filled]
    ready = [each for each in filled if each.is_valid()] if period.is_valid() else []
    outcomes = _record_each(request, period, ready, now)
    done = {each.row.key for each in outcomes if each.refusal is None}
    _tell(request, done=len(done), filled=len(filled))
    if len(done) == len(filled) > 0:
        return HttpResponseRedirect(sheet_address(measured.key))
    present = _find(request, measured.key, today)  # with the figures that were just recorded
    again = _shown_again(request, present, {each.key for each in filled} - done, outcomes)
    return _show(request, present, period, again, context)


def _record_each(
    request: HttpRequest, period: PeriodForm, ready: Rows, now: datetime
) -> Sequence[Outcome]:
    if not ready:
        return ()
    days = (period.cleaned_data["period_from"], period.cleaned_data["period_to"])
    rows = [
        Row(
            key=form.key,
            command=form.command(days),
            recommendation_id=form.situation.recommendation.pk,
            expected_version=form.cleaned_data["version"],
            acting_role=Role.REGIONAL_LEAD,
        )
        for form in ready
    ]
    return carry_out(request, rows, now)


def _tell(request: HttpRequest, *, done: int, filled: int) -> None:
    if not filled:
        messages.info(request, NOTHING_TYPED)
    elif done:
        messages.success(request, f"{done} figure{pluralize(done)} recorded as regional assurance.")
    tell_what_is_left(request, filled - done, "not recorded")


def _shown_again(
    request: HttpRequest, measured: SameMeasure, kept: set[str], outcomes: Sequence[Outcome]
) -> Rows:
    """Return all rows on their present versions: with their text where it is not recorded yet."""
    today = timezone.localdate()
    fresh = _rows(request, measured, today)
    data = on_present_versions(request, fresh)
    again = {form.key: form for form in _rows(request, measured, today, data)}
    for outcome in outcomes:
        if outcome.row.key in kept & again.keys():
            refuse(again[outcome.row.key], outcome)
    return [again[form.key] if form.key in kept else form for form in fresh]


def _show(
    request: HttpRequest,
    measured: SameMeasure,
    period: PeriodForm,
    rows: Rows,
    context: Mapping[str, Any],
) -> HttpResponse:
    details = {
        "title": f"Regional assurance: {measured.measure.name}",
        "measured": measured,
        "form": period,
        "rows": [(form, page_address(form.place.recommendation.pk)) for form in rows],
        "failed": [form for form in rows if form.errors],
        "key": uuid4(),
    }
    return TemplateResponse(request, "admin/tracker/assurance_sheet.html", {**context, **details})
