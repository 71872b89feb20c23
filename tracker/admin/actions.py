"""The list of planned actions, across recommendations. What is done to one stands on its page."""

from typing import Any, NoReturn

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import pluralize
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from inspections.admin_doors import ScopedAdmin
from inspections.govuk_dates import govuk_date
from inspections.person_names import person_name
from tracker.admin.action_filters import FILTERS
from tracker.admin.bulk import ACTIONS, bulk_actions, bulk_addresses
from tracker.admin.exchange.addresses import may_report
from tracker.admin.page import page_address
from tracker.admin.tags import axis_tag, tag
from tracker.models import ActionProgress
from tracker.queries.actions import days_slipped, is_late, visible_actions, with_blocked
from tracker.queries.labels import SHORT
from tracker.queries.names import action_name
from tracker.templatetags.progress import times

NAME = "tracker_actionprogress"


@admin.register(ActionProgress)
class ActionAdmin(ScopedAdmin[ActionProgress]):
    list_display = (
        "description_in_short",
        "unit",
        "number",
        "owner",
        "target_date",
        "status_tag",
    )
    list_display_links = None
    list_filter = FILTERS
    list_per_page = 50
    actions = bulk_actions(ACTIONS)
    search_fields = (
        "description",
        "delivered_by",
        "accountable__first_name",
        "accountable__last_name",
    )
    search_help_text = "Search in descriptions, who delivers, and owners"
    ordering = ("status", "target_on", "pk")
    allowed_lookups = tuple(str(each.parameter_name) for each in FILTERS)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ActionProgress]:
        actions = visible_actions(request.user, timezone.localdate())
        return (
            with_blocked(actions)
            .select_related("accountable", "recommendation__addressee", "recommendation__progress")
            .defer("recommendation__progress__state")
        )

    def get_urls(self) -> list[URLPattern]:
        """Only the list and its bulk work: an action is read on its recommendation's page."""
        wrap = self.admin_site.admin_view
        changelist = path("", wrap(self.changelist_view), name=f"{NAME}_changelist")
        return [changelist, *bulk_addresses(self, ACTIONS)]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        known = {"may_report": may_report(request), **(extra_context or {})}
        return super().changelist_view(request, known)

    def save_model(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: an action moves by commands alone."""
        raise PermissionDenied

    @admin.display(description="Action", ordering="description")
    def description_in_short(self, action: ActionProgress) -> SafeString:
        words = action_name(action.description, action.delivered_by, longest=SHORT)
        return format_html('<a href="{}">{}</a>', page_address(action.recommendation_id), words)

    @admin.display(description="Unit", ordering="recommendation__addressee__name")
    def unit(self, action: ActionProgress) -> str:
        return action.recommendation.addressee.name

    @admin.display(description="No.", ordering="recommendation__number")
    def number(self, action: ActionProgress) -> str:
        return action.recommendation.progress.number_of_year

    @admin.display(description="Owner", ordering="accountable__last_name")
    def owner(self, action: ActionProgress) -> str:
        return person_name(action.accountable)

    @admin.display(description="Target date", ordering="target_on")
    def target_date(self, action: ActionProgress) -> SafeString:
        """Show the date, whether it has passed, how far it slipped and what is asked for."""
        overdue = tag("Overdue", "red") if is_late(action, timezone.localdate()) else ""
        notes = format_html_join("", "<br>{}", ((note,) for note in _notes_on_the_date(action)))
        return format_html("{} {}{}", govuk_date(action.target_on), overdue, notes)

    @admin.display(description="Status", ordering="status")
    def status_tag(self, action: Any) -> SafeString:
        blocked = tag("Blocked", "orange") if action.stands_blocked else ""
        completed = govuk_date(action.completed_on) if action.completed_on else ""
        return format_html("{} {} {}", axis_tag("action", action.status), completed, blocked)


def slips_in_words(action: ActionProgress) -> str:
    """Return "moved twice, 61 days in all"; "" for a date that never moved."""
    if not action.slips:
        return ""
    days = days_slipped(action)
    return f"moved {times(action.slips)}, {days} day{pluralize(days)} in all"


def _notes_on_the_date(action: ActionProgress) -> list[str]:
    asked = action.extension_asked_to
    notes = [slips_in_words(action), f"{govuk_date(asked)} asked for" if asked else ""]
    return [note for note in notes if note]
