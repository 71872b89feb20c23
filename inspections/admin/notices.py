"""Re-inspection notices: lead inspectors and HMIP administrators add them; all else is reading.

A notice is never changed: a new one is added, and the latest rules.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from inspections.access import visible_providers
from inspections.admin_doors import ScopedAdmin, roles_held
from inspections.day_field import DayField
from inspections.models import Provider, ReinspectionNotice
from inspections.notices import ANNOUNCERS, NoticeRefused, announce_reinspection
from inspections.warned_form import WarnedForm

LIST = "admin:inspections_reinspectionnotice_changelist"


class AnnouncementForm(WarnedForm):
    """Asks for a notice; whether it may stand is for `announce_reinspection`."""

    button = "Announce"
    use_required_attribute = False

    provider = forms.ModelChoiceField(
        Provider.objects.on_record().order_by("name", "pk"),
        empty_label="Choose a provider",
        error_messages={"required": "Choose the provider."},
    )
    kind = forms.ChoiceField(
        label="What is announced",
        choices=ReinspectionNotice.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is announced."},
    )
    starts_on = DayField(
        "Date",
        hint="The date, or the first day of the window. Not for a pause.",
        required=False,
    )
    ends_on = DayField(
        "Last day of the window", hint="Only where a window is expected.", required=False
    )
    note = forms.CharField(
        required=False,
        max_length=500,
        help_text="Those who wait for the inspection read it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@admin.register(ReinspectionNotice)
class ReinspectionNoticeAdmin(ScopedAdmin[ReinspectionNotice]):
    list_display = ("provider", "kind", "starts_on", "ends_on", "noted_at", "noted_by")
    list_filter = ("kind",)
    list_select_related = ("provider", "noted_by")
    allowed_lookups = ("kind__exact",)
    search_fields = ("provider__name",)
    search_help_text = "Search by provider"
    ordering = ("-pk",)
    fields = ("provider", "kind", "starts_on", "ends_on", "note", "noted_at", "noted_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReinspectionNotice]:
        notices = super().get_queryset(request)
        if self.has_add_permission(request):
            return notices
        visible = visible_providers(request.user, timezone.localdate())
        return notices.filter(provider__in=visible)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(roles_held(request) & set(ANNOUNCERS))

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the form of a notice, or put what was sent on record."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else None
        form = AnnouncementForm(sent, label_suffix="")
        if form.is_bound and form.is_valid() and _is_announced(request, form):
            messages.success(request, "The notice is on record and rules from now on.")
            return HttpResponseRedirect(reverse(LIST))
        details = {"title": "Announce a re-inspection", "form": form}
        context = {**self.page_context(request), **details, **(extra_context or {})}
        return TemplateResponse(request, "admin/short_form.html", context)


def _is_announced(request: HttpRequest, form: AnnouncementForm) -> bool:
    """Announce; put a refusal on the form and return False."""
    try:
        announce_reinspection(**form.cleaned_data, actor=request.user, now=timezone.now())
    except NoticeRefused as refusal:
        form.add_error(refusal.field, str(refusal))
        return False
    return True
