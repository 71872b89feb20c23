"""The page of a draft: what the import could not be sure of, and every value to be corrected."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from inspections.accuracy import visible_notes
from inspections.admin.importing.doors import address_of, find_inspection
from inspections.admin.importing.preview import preview
from inspections.admin.importing.sheet_form import SheetForm
from inspections.database_lock import DatabaseLocked, refusing_when_locked
from inspections.models import ImportIssue, Inspection
from inspections.report_import import ImportRefused, RevisionRefused, revise_draft
from inspections.report_import.as_seen import hold_as_seen
from inspections.report_import.sheet import sheet_of


@require_http_methods(["GET", "HEAD", "POST"])
def draft_page(request: HttpRequest, pk: int, *, context: Mapping[str, Any]) -> HttpResponse:
    """Show the draft, or save what was sent; what is shared or published is fixed."""
    inspection = find_inspection(request, pk)
    if inspection.state != Inspection.State.DRAFT:
        return show_fixed(request, inspection, context)
    issues = list(ImportIssue.objects.of(inspection))
    notes = list(visible_notes(request.user, timezone.localdate()).filter(inspection=inspection))
    data = request.POST if request.method == "POST" else None
    form = SheetForm(
        data, sections=sheet_of(inspection), framework=inspection.framework, issues=issues
    )
    if form.is_bound and form.is_valid() and _is_saved(form, inspection):
        messages.success(request, "Saved.")
        onward = "publish" if "go_on" in request.POST else "draft"
        return HttpResponseRedirect(address_of(onward, inspection))
    details = {
        "title": "Check the draft",
        "inspection": inspection,
        "form": form,
        "preview": preview(form, inspection, issues, notes),
        "notes": notes,
        "notes_open": sum(not note.verdict for note in notes),
        "bodies": form.bodies(),
    }
    return TemplateResponse(
        request, "admin/inspections/importing/draft.html", {**context, **details}
    )


def show_fixed(
    request: HttpRequest, inspection: Inspection, context: Mapping[str, Any]
) -> HttpResponse:
    """Answer with a sentence why nothing can be changed here any more, and where to go on."""
    details = {"title": str(inspection), "inspection": inspection}
    return TemplateResponse(
        request, "admin/inspections/importing/fixed.html", {**context, **details}
    )


def _is_saved(form: SheetForm, inspection: Inspection) -> bool:
    """Save; put every refusal on the form and return False."""
    if form.is_stale():
        form.refuse_stale()
        return False
    try:
        with refusing_when_locked(), transaction.atomic():
            hold_as_seen(inspection, form.digest)
            revise_draft(inspection=inspection, revision=form.revision())
    except RevisionRefused as refusal:
        form.refuse(refusal.by_path)
    except (ImportRefused, DatabaseLocked) as refusal:
        form.add_error(None, str(refusal))
    else:
        return True
    return False
