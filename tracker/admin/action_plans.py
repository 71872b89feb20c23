"""Action plans as documents: the list of them, and the way in and out of each.

What a plan looks like, and what each of its rows would do, is for `tracker.exchange.action_plans`.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from inspections.access import visible_recommendations
from inspections.admin_doors import memberships_held
from inspections.whole_numbers import whole_number
from tracker.admin.exchange import export_page, upload_page
from tracker.exchange.action_plans import ActionPlanExport, ActionPlanImport
from tracker.exchange.action_plans.exporting import plan_name
from tracker.exchange.action_plans.scope import Scope
from tracker.exchange.kinds import Parameters
from tracker.queries.action_plans import action_plans, in_words

ON_A_PAGE = 25
IMPORT, EXPORT = ActionPlanImport(), ActionPlanExport()


@require_safe
def plan_list(request: HttpRequest, *, context: Mapping[str, Any]) -> HttpResponse:
    """List the action plans that the person may read; `?inspection=` narrows it to one report."""
    held = memberships_held(request)
    if not held:
        raise PermissionDenied
    inspection_id = whole_number(request.GET.get("inspection", ""))
    found = action_plans(request.user, timezone.localdate(), held=held, inspection_id=inspection_id)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    details = {
        "title": "Action plans",
        "plans": in_words(list(page), held=held),
        "page": page,
        "inspection_id": inspection_id,
    }
    return TemplateResponse(request, "admin/tracker/action_plans.html", {**context, **details})


def import_plan(request: HttpRequest, pk: int, *, context: Mapping[str, Any]) -> HttpResponse:
    """Take in the action plan that the recommendation is part of."""
    parameters = _readable(request, pk)
    return upload_page(request, IMPORT, parameters, context={**context, **_frame(parameters)})


def export_plan(request: HttpRequest, pk: int, *, context: Mapping[str, Any]) -> HttpResponse:
    """Give out the action plan that the recommendation is part of."""
    parameters = _readable(request, pk)
    return export_page(request, EXPORT, parameters, context={**context, **_frame(parameters)})


def _readable(request: HttpRequest, pk: int) -> Parameters:
    """Return what the plan is about, if the person may read it. Raises: Http404."""
    visible = visible_recommendations(request.user, timezone.localdate())
    found = visible.filter(pk=pk).first()
    if found is None:
        raise Http404
    return Scope(inspection_id=found.inspection_id, provider_id=found.addressee_id).as_parameters()


def _frame(parameters: Parameters) -> Mapping[str, Any]:
    return {
        "above": "admin/tracker/action_plan_of.html",
        "plan": plan_name(parameters),
        "back": reverse("admin:tracker_recommendationprogress_action_plans"),
    }
