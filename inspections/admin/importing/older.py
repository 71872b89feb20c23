"""Takes an older inspection in of which little is known: three fields, then it is published."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from inspections.admin.importing.doors import address_of, admit_administrators
from inspections.database_lock import DatabaseLocked, refusing_when_locked
from inspections.models import Inspection, Provider
from inspections.report_import.older import (
    OnRecordAlready,
    Period,
    read_period,
    read_recommendations,
    start_older,
)
from inspections.report_import.refusals import ImportRefused
from inspections.warned_form import WarnedForm

STORED = "Stored as a draft. Publish it below to put it on record."


class OlderForm(WarnedForm):
    """Whose inspection it was, when its report came out, and what it recommended."""

    button = "Store and go on to publishing"
    use_required_attribute = False  # the sentences of this house, not the browser's

    provider = forms.ModelChoiceField(
        Provider.objects.on_record().select_related("region").order_by("name", "pk"),
        label="Provider",
        empty_label="Choose the provider",
        error_messages={"required": "Choose the provider."},
    )
    published = forms.CharField(
        label="Published",
        help_text="The day, the month or the year: 12 May 2022, May 2022 or 2022.",
        error_messages={"required": "Give the day, the month or the year."},
    )
    recommendations = forms.CharField(
        label="Recommendations or key findings",
        help_text="One a line, as the report words it, with its number first if it has one.",
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Type one recommendation at least."},
    )

    def clean_published(self) -> Period:
        """Read the day, month or year."""
        try:
            return read_period(self.cleaned_data["published"], today=timezone.localdate())
        except ImportRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean_recommendations(self) -> list[tuple[int, str]]:
        """Read the lines, each with its number."""
        try:
            return read_recommendations(self.cleaned_data["recommendations"])
        except ImportRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


@require_http_methods(["GET", "HEAD", "POST"])
def older_page(request: HttpRequest, *, context: Mapping[str, Any]) -> HttpResponse:
    """Ask for an older inspection, or store what was typed and lead on to publishing."""
    admit_administrators(request)
    form = OlderForm(request.POST if request.method == "POST" else None, label_suffix="")
    if form.is_bound and form.is_valid() and (inspection := _start(request, form)):
        is_draft = inspection.state == Inspection.State.DRAFT
        return HttpResponseRedirect(address_of("publish" if is_draft else "draft", inspection))
    details = {"title": "Put an older inspection on record", "form": form}
    return TemplateResponse(
        request, "admin/inspections/importing/older.html", {**context, **details}
    )


def _start(request: HttpRequest, form: OlderForm) -> Inspection | None:
    """Store the draft; put a refusal on the form and return None."""
    typed = form.cleaned_data
    try:
        with refusing_when_locked():
            inspection = start_older(
                provider=typed["provider"],
                period=typed["published"],
                recommendations=typed["recommendations"],
            )
    except OnRecordAlready as known:
        messages.info(request, str(known))
        return known.inspection
    except DatabaseLocked as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, STORED)
    return inspection
