"""The form that allocates inspectors to an inspection."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from inspections.access import visible_inspections
from inspections.allocation import allocate, inspectors_for, may_allocate
from inspections.models import Inspection
from inspections.person_names import person_name


class Inspectors(forms.ModelMultipleChoiceField[Any]):
    """Inspectors by their names."""

    def label_from_instance(self, obj: Any) -> str:
        return person_name(obj)


class AllocationForm(forms.Form):
    button = "Allocate"
    guidance = (
        "Inspectors hear only about inspections allocated to them. Whoever holds or held a role at "
        "the provider or its region is not on the list: nobody inspects their own house."
    )
    use_required_attribute = False

    inspectors = Inspectors(
        queryset=get_user_model().objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick everybody who is to hear about it.",
        error_messages={"invalid_choice": "Choose from the inspectors on the list."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def allocation_page(request: HttpRequest, pk: int, *, context: Mapping[str, Any]) -> HttpResponse:
    """Show who hears about the inspection, or change it."""
    today = timezone.localdate()
    inspection = visible_inspections(request.user, today).filter(pk=pk).first()
    if inspection is None:
        raise Http404
    if not may_allocate(request.user, inspection, today):
        raise PermissionDenied
    form = _form(request, inspection)
    if form.is_valid():
        allocate(inspection, form.cleaned_data["inspectors"])
        messages.success(request, "The inspectors are allocated.")
        page = reverse("admin:inspections_inspection_change", args=(pk,))
        return HttpResponseRedirect(page)
    details = {"title": f"Inspectors: {inspection.provider_name}", "form": form}
    return TemplateResponse(request, "admin/short_form.html", {**context, **details})


def _form(request: HttpRequest, inspection: Inspection) -> AllocationForm:
    allocated = list(inspection.allocated_inspectors.values_list("pk", flat=True))
    sent = request.POST if request.method == "POST" else None
    form = AllocationForm(sent, initial={"inspectors": allocated}, label_suffix="")
    field = form.fields["inspectors"]
    assert isinstance(field, Inspectors)  # noqa: S101 - declared above
    field.queryset = inspectors_for(inspection, timezone.localdate())
    return form
