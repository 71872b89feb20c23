"""Takes a report in: uploaded, pasted or typed in by hand. All three lead to a draft's page."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from inspections.admin.importing.doors import address_of, admit_administrators
from inspections.admin.importing.preview import preview
from inspections.admin.importing.sheet_form import SheetForm
from inspections.admin.importing.source_form import SourceForm
from inspections.database_lock import DatabaseLocked, refusing_when_locked
from inspections.models import Framework, Inspection, Provider
from inspections.report_import import (
    ImportedReport,
    ImportRefused,
    RevisionRefused,
    import_report,
    start_by_hand,
)
from inspections.report_import.by_hand import TypedInAlready
from inspections.report_import.matching import ProviderNotDecided, ProviderNotNamed
from inspections.report_import.sheet import blank_sheet
from inspections.report_parser import ReportRefused
from inspections.whole_numbers import whole_number

FIRST_ROWS, MORE_ROWS, MOST_ROWS = 3, 3, 60


@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest, *, context: Mapping[str, Any]) -> HttpResponse:
    """Ask for the source of a report, or take in what was sent."""
    admit_administrators(request)
    is_sent = request.method == "POST"
    form = SourceForm(request.POST, request.FILES) if is_sent else SourceForm()
    if is_sent and form.is_valid() and (imported := _import(form)) is not None:
        messages.success(request, _said(imported))
        return HttpResponseRedirect(address_of("draft", imported.inspection))
    details = {"title": "Import a report", "form": form}
    return TemplateResponse(
        request, "admin/inspections/importing/start.html", {**context, **details}
    )


def _import(form: SourceForm) -> ImportedReport | None:
    """Import; put a refusal on the form and return None."""
    try:
        with refusing_when_locked():
            return import_report(source=form.source(), now=timezone.now(), choices=form.choices())
    except ProviderNotDecided as refusal:
        form.ask(refusal.path, refusal.found, refusal.at_the_field)
    except ProviderNotNamed as refusal:
        form.add_error("provider", refusal.at_the_field)
    except ImportRefused as refusal:
        form.add_error(form.given, refusal.at_the_field)
    except (ReportRefused, DatabaseLocked) as refusal:
        form.add_error(form.given, str(refusal))
    return None


def _said(imported: ImportedReport) -> str:
    if imported.is_new:
        return "The report is imported as a draft. Nobody but HMIP administrators sees it."
    state = imported.inspection.get_state_display().lower()
    return f"This very report is here already ({state}). Nothing was changed."


@require_http_methods(["GET", "HEAD", "POST"])
def by_hand_page(request: HttpRequest, *, context: Mapping[str, Any]) -> HttpResponse:
    """Ask for an inspection to be typed in, or store what was."""
    admit_administrators(request)
    framework = _framework(request)
    if framework is None:
        return _ask_for_framework(request, context)
    rows = _rows(request)
    is_sent = request.method == "POST"
    asks_for_rows = "more" in request.POST
    form = SheetForm(
        request.POST if is_sent else None,
        sections=blank_sheet(framework),
        framework=framework,
        new_rows=(rows, 0),
        is_checked=not asks_for_rows,
    )
    is_complete = is_sent and not asks_for_rows and form.is_valid()
    if is_complete and (inspection := _start(request, form, framework)):
        return HttpResponseRedirect(address_of("draft", inspection))
    details = {
        "title": "Type an inspection in by hand",
        "form": form,
        "framework": framework,
        "preview": preview(form, None),
        "bodies": form.bodies(),
        "rows": rows,
    }
    return TemplateResponse(
        request, "admin/inspections/importing/by_hand.html", {**context, **details}
    )


def _framework(request: HttpRequest) -> Framework | None:
    """Return the framework that was chosen, or the only one there is."""
    frameworks = Framework.objects.exclude(code=Framework.NOT_RECORDED).order_by("name", "pk")
    chosen = whole_number(request.POST.get("framework") or request.GET.get("framework") or "")
    if chosen is not None:
        return frameworks.filter(pk=chosen).first()
    return frameworks.get() if frameworks.count() == 1 else None


class FrameworkForm(forms.Form):
    button = "Go on"
    use_required_attribute = False

    framework = forms.ModelChoiceField(
        Framework.objects.exclude(code=Framework.NOT_RECORDED).order_by("name", "pk"),
        label="Framework",
        empty_label="Choose a framework",
        help_text="Its standards and key questions are asked for on the next page.",
    )


def _ask_for_framework(request: HttpRequest, context: Mapping[str, Any]) -> HttpResponse:
    details = {"title": "Type an inspection in by hand", "form": FrameworkForm(label_suffix="")}
    return TemplateResponse(
        request, "admin/inspections/importing/framework.html", {**context, **details}
    )


def _rows(request: HttpRequest) -> int:
    """Return how many rows for recommendations to show: more where more are asked for."""
    shown = whole_number(request.POST.get("rows", ""))
    rows = FIRST_ROWS if shown is None else shown
    return min(rows + (MORE_ROWS if "more" in request.POST else 0), MOST_ROWS)


def _start(request: HttpRequest, form: SheetForm, framework: Framework) -> Inspection | None:
    """Store the draft; put a refusal on the form and return None."""
    provider = Provider.objects.filter(name=form.cleaned_data["provider.name"]).first()
    if provider is None:
        form.add_error("provider.name", "Choose the provider.")
        return None
    try:
        with refusing_when_locked():
            inspection = start_by_hand(
                title=form.cleaned_data["title"],
                provider=provider,
                framework=framework,
                revision=form.revision(),
            )
    except TypedInAlready as known:
        messages.info(request, str(known))
        return known.inspection
    except RevisionRefused as refusal:
        form.refuse(refusal.by_path)
    except ImportRefused as refusal:
        form.add_error("title", str(refusal))
    except DatabaseLocked as refusal:
        form.add_error(None, str(refusal))
    else:
        messages.success(request, "The draft is stored. Nobody but HMIP administrators sees it.")
        return inspection
    return None
