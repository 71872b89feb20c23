"""Throws a draft away, once the person has said so on a page that tells what goes."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inspections.admin.importing.doors import find_inspection
from inspections.admin.importing.draft import show_fixed
from inspections.database_lock import DatabaseLocked, refusing_when_locked
from inspections.models import Inspection
from inspections.report_import.discarding import discard_draft
from inspections.report_import.refusals import ImportRefused


@require_http_methods(["GET", "HEAD", "POST"])
def discard_page(request: HttpRequest, pk: int, *, context: Mapping[str, Any]) -> HttpResponse:
    """Say what is thrown away, or do it; what is shared or published stays."""
    inspection = find_inspection(request, pk)
    if inspection.state != Inspection.State.DRAFT:
        return show_fixed(request, inspection, context)
    refusal = ""
    if request.method == "POST":
        refusal = _refusal_of(inspection)
        if not refusal:
            messages.success(request, f"The draft is discarded: {inspection}.")
            return HttpResponseRedirect(reverse("admin:inspections_inspection_changelist"))
    details = {
        "title": "Discard the draft",
        "inspection": inspection,
        "refusal": refusal,
        "recommendations": inspection.recommendations.count(),
    }
    return TemplateResponse(
        request, "admin/inspections/importing/discard.html", {**context, **details}
    )


def _refusal_of(inspection: Inspection) -> str:
    """Discard it; return the sentence of what refused that, "" where nothing did."""
    try:
        with refusing_when_locked():
            discard_draft(inspection)
    except (ImportRefused, DatabaseLocked) as refusal:
        return str(refusal)
    return ""
