"""After a provider's next inspection: what becomes of each recommendation of the earlier ones.

The Inspectorate reads the lists; lead inspectors settle as many rows at once as they like, each for
itself. A row that is refused keeps its text and stops no other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.defaultfilters import pluralize
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from inspections.access import visible_inspections, visible_recommendations
from inspections.admin_doors import roles_held
from inspections.models import Inspection
from inspections.succession import later_inspections, latest_of
from tracker.admin.page import page_address
from tracker.admin.row_forms import carry_out, on_present_versions, refuse, tell_what_is_left
from tracker.domain import commands as c
from tracker.domain.roles import INSPECTORATE
from tracker.domain.vocabulary import Role
from tracker.forms.judgement import JudgeProgressForm
from tracker.forms.settling import SettleForm
from tracker.queries.labels import in_short
from tracker.queries.names import inspection_name, recommendation_name
from tracker.queries.permitted import find_situations
from tracker.queries.settling import EarlierRow, earlier_lists, earlier_rows
from tracker.services import Outcome, Row

MOST_AT_ONCE = 25
"""So many stand on one page to be settled; when they are, the next come."""
CHOOSE_FIRST = "Choose what becomes of one recommendation at least. Nothing was changed."
NAME = "admin:tracker_recommendationprogress"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A row as the page shows it; `form` for those who may settle it."""

    row: EarlierRow
    address: str
    form: SettleForm | None
    judge_address: str


@require_safe
def settling_lists(request: HttpRequest, *, context: Mapping[str, Any]) -> HttpResponse:
    """Show for which inspections earlier recommendations are to be settled, and how far that is."""
    _admit(request)
    lists = [(each, settling_address(each.inspection.pk)) for each in earlier_lists()]
    details = {"title": "Earlier recommendations to settle", "lists": lists}
    return TemplateResponse(request, "admin/tracker/settling_lists.html", {**context, **details})


@require_http_methods(["GET", "HEAD", "POST"])
def settling_list(request: HttpRequest, pk: int, *, context: Mapping[str, Any]) -> HttpResponse:
    """Show what the inspection left to be settled, or settle the rows that were chosen."""
    now = timezone.now()
    inspection = _find(request, pk)
    is_published = inspection.state == Inspection.State.PUBLISHED
    is_out = is_published and latest_of(later_inspections(inspection)) is None
    settles = is_out and Role.LEAD_INSPECTOR in roles_held(request)
    if request.method == "POST":
        if not settles:
            raise PermissionDenied
        return _settle(request, inspection, now, context)
    forms = _forms(request, inspection, now) if settles else {}
    return _show(request, inspection, forms, context)


def settling_address(pk: int) -> str:
    """Return where the list of an inspection is."""
    return reverse(f"{NAME}_settle", args=(pk,))


def _admit(request: HttpRequest) -> None:
    if not INSPECTORATE & roles_held(request):
        raise PermissionDenied


def _find(request: HttpRequest, pk: int) -> Inspection:
    """Return the inspection. Raises: Http404, PermissionDenied."""
    visible = visible_inspections(request.user, timezone.localdate())
    inspection = visible.select_related("provider").filter(pk=pk).first()
    if inspection is None:
        raise Http404
    _admit(request)
    return inspection


def _forms(
    request: HttpRequest, inspection: Inspection, now: datetime, data: QueryDict | None = None
) -> dict[int, SettleForm]:
    """Return a row to fill in for each recommendation that waits, by its id."""
    today = timezone.localdate(now)
    rows = earlier_rows(inspection, visible_recommendations(request.user, today))
    waiting = [each.progress.pk for each in rows if not each.outcome][:MOST_AT_ONCE]
    situations = find_situations(request.user, waiting, today)
    goes_on_as = _new_recommendations(inspection)
    made = {
        pk: SettleForm(data, situation=situations[pk], later=inspection, goes_on_as=goes_on_as)
        for pk in waiting
    }
    return {pk: form for pk, form in made.items() if form.may_settle}


def _new_recommendations(inspection: Inspection) -> list[tuple[str, str]]:
    new = inspection.recommendations.select_related("inspection", "addressee")
    return [
        (str(each.pk), f"{recommendation_name(each)}: {in_short(each.text, 200)}")
        for each in new.order_by("number", "pk")
    ]


def _settle(
    request: HttpRequest, inspection: Inspection, now: datetime, context: Mapping[str, Any]
) -> HttpResponse:
    chosen = {
        pk: form
        for pk, form in _forms(request, inspection, now, request.POST).items()
        if form.is_chosen
    }
    ready = {pk: form for pk, form in chosen.items() if form.is_valid()}
    outcomes = _settle_each(request, ready, now)
    refused = {each.row.recommendation_id: each for each in outcomes if each.refusal is not None}
    _tell(request, done=len(outcomes) - len(refused), chosen=len(chosen))
    if len(outcomes) - len(refused) == len(chosen) > 0:
        return HttpResponseRedirect(settling_address(inspection.pk))
    return _show(request, inspection, _shown_again(request, inspection, chosen, refused), context)


def _settle_each(
    request: HttpRequest, ready: Mapping[int, SettleForm], now: datetime
) -> Sequence[Outcome]:
    rows = [
        Row(
            key=str(pk),
            command=form.command(),
            recommendation_id=pk,
            expected_version=form.cleaned_data["version"],
            acting_role=Role.LEAD_INSPECTOR,
        )
        for pk, form in ready.items()
    ]
    return carry_out(request, rows, now)


def _tell(request: HttpRequest, *, done: int, chosen: int) -> None:
    if not chosen:
        messages.info(request, CHOOSE_FIRST)
    elif done:
        messages.success(request, f"{done} recommendation{pluralize(done)} settled.")
    tell_what_is_left(request, chosen - done, "not settled")


def _shown_again(
    request: HttpRequest,
    inspection: Inspection,
    chosen: Mapping[int, SettleForm],
    refused: Mapping[int, Outcome],
) -> dict[int, SettleForm]:
    """Return the rows that still wait, on their present versions: with their text where chosen."""
    fresh = _forms(request, inspection, timezone.now())
    data = on_present_versions(request, fresh.values())
    again = _forms(request, inspection, timezone.now(), data)
    for pk in refused.keys() & again.keys():
        refuse(again[pk], refused[pk])
    return {pk: again[pk] if pk in chosen else form for pk, form in fresh.items()}


def _show(
    request: HttpRequest,
    inspection: Inspection,
    forms: Mapping[int, SettleForm],
    context: Mapping[str, Any],
) -> HttpResponse:
    today = timezone.localdate()
    is_published = inspection.state == Inspection.State.PUBLISHED
    visible = visible_recommendations(request.user, today)
    rows = earlier_rows(inspection, visible) if is_published else []
    latest = latest_of(later_inspections(inspection)) if is_published else None
    waiting = [_shown(each, forms.get(each.progress.pk)) for each in rows if not each.outcome]
    settled = [_shown(each, None) for each in rows if each.outcome]
    details = {
        "title": f"Earlier recommendations: {inspection_name(inspection)}",
        "inspection": inspection,
        "is_published": is_published,
        "latest": latest,
        "latest_address": settling_address(latest.pk) if latest else "",
        "waiting": waiting[:MOST_AT_ONCE],
        "more": max(0, len(waiting) - MOST_AT_ONCE),
        "settled": settled,
        "total": len(rows),
        "settles": bool(forms),
        "failed": [each for each in waiting if each.form and each.form.errors],
        "key": uuid4(),
    }
    return TemplateResponse(request, "admin/tracker/settling.html", {**context, **details})


def _shown(row: EarlierRow, form: SettleForm | None) -> Shown:
    pk = row.progress.pk
    judges = form is not None and bool(form.situation.roles_open_to(c.JudgeProgress))
    judge = reverse(f"{NAME}_give", args=(pk, JudgeProgressForm.slug())) if judges else ""
    return Shown(row=row, address=page_address(pk), form=form, judge_address=judge)
