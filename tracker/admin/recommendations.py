"""The list of recommendations and its addresses. Nothing is written here: see `giving`.

The read model is registered rather than the published recommendation: it holds the axes, the
corrected wording and the dates that lists filter and sort by, and its rows are nobody's to edit.
"""

from typing import Any, NoReturn

from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from inspections.admin_doors import ScopedAdmin, memberships_held
from inspections.govuk_dates import govuk_date
from inspections.person_names import person_name
from tracker.admin.action_plans import export_plan, import_plan, plan_list
from tracker.admin.assurance import assurance_addresses
from tracker.admin.bulk import RECOMMENDATIONS, bulk_actions, bulk_addresses
from tracker.admin.filters import FILTERS
from tracker.admin.giving import give
from tracker.admin.page import show
from tracker.admin.paging import PagedByKey, SearchedOnce
from tracker.admin.settling import settling_list, settling_lists
from tracker.admin.tags import axis_tag, judgement_tag, tag
from tracker.admin.together import together
from tracker.models import RecommendationProgress
from tracker.queries.labels import in_short
from tracker.queries.permitted import visible_progress
from tracker.templatetags.progress import words

NAME = "tracker_recommendationprogress"


Rows = QuerySet[RecommendationProgress]


@admin.register(RecommendationProgress)
class RecommendationAdmin(ScopedAdmin[RecommendationProgress]):
    list_display = (
        "wording_in_short",
        "unit",
        "number",
        "response_tag",
        "delivery_tag",
        "inspector_tags",
        "next_date",
        "accountable_name",
    )
    list_filter = FILTERS
    list_per_page = 25
    actions = bulk_actions(RECOMMENDATIONS)
    search_fields = ("wording",)
    search_help_text = "Search in the wording"
    ordering = ("-published_on", "provider", "pk")
    allowed_lookups = tuple(str(each.parameter_name) for each in FILTERS)

    def get_queryset(self, request: HttpRequest) -> QuerySet[RecommendationProgress]:
        """Return the person's recommendations; the list and its filters ask once a request."""
        kept = vars(request)
        if "own_progress" not in kept:
            today, held = timezone.localdate(), memberships_held(request)
            kept["own_progress"] = visible_progress(request.user, today, held=held)
        rows: QuerySet[RecommendationProgress] = kept["own_progress"]
        return _as_listed(rows)

    def get_changelist(self, request: HttpRequest, **_: Any) -> type[ChangeList]:  # noqa: ARG002
        return SearchedOnce

    def get_paginator(
        self, request: HttpRequest, queryset: Any, per_page: int, *args: Any, **kwargs: Any
    ) -> Paginator[Any]:
        """Page a search by its keys."""
        if request.GET.get(SEARCH_VAR):
            whole = _as_listed(RecommendationProgress.objects.all())
            return PagedByKey(queryset, per_page, whole=whole)
        return super().get_paginator(request, queryset, per_page, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        """Only the list, the page and the forms: nothing to add, edit, delete or look up."""
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name=f"{NAME}_changelist"),
            path("<int:pk>/change/", wrap(self.page), name=f"{NAME}_change"),
            path("action-plans/", wrap(self.plan_list), name=f"{NAME}_action_plans"),
            path(
                "<int:pk>/action-plan/import/", wrap(self.import_plan), name=f"{NAME}_import_plan"
            ),
            path(
                "<int:pk>/action-plan/export/", wrap(self.export_plan), name=f"{NAME}_export_plan"
            ),
            path("earlier/", wrap(self.settling_lists), name=f"{NAME}_settling"),
            path("earlier/<int:pk>/", wrap(self.settling_list), name=f"{NAME}_settle"),
            path("<int:pk>/together/", wrap(self.together), name=f"{NAME}_together"),
            path("<int:pk>/give/<slug:slug>/", wrap(self.give), name=f"{NAME}_give"),
            *assurance_addresses(self),
            *bulk_addresses(self, RECOMMENDATIONS),
        ]

    def page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show one recommendation as a whole."""
        return show(request, pk, context=self.page_context(request))

    def give(self, request: HttpRequest, pk: int, slug: str) -> HttpResponse:
        """Show the form of one command, or carry it out."""
        return give(request, pk, slug, context=self.page_context(request))

    def plan_list(self, request: HttpRequest) -> HttpResponse:
        """List the action plans, to be taken out or brought in."""
        return plan_list(request, context=self.page_context(request))

    def import_plan(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take in the action plan that a recommendation is part of."""
        return import_plan(request, pk, context=self.page_context(request))

    def export_plan(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give out the action plan that a recommendation is part of."""
        return export_plan(request, pk, context=self.page_context(request))

    def together(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show how all bodies stand to which the recommendation is addressed."""
        return together(request, pk, context=self.page_context(request))

    def settling_lists(self, request: HttpRequest) -> HttpResponse:
        """Show where earlier recommendations are to be settled after a later inspection."""
        return settling_lists(request, context=self.page_context(request))

    def settling_list(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what one inspection left to be settled, or settle some of it."""
        return settling_list(request, pk, context=self.page_context(request))

    def save_model(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: a recommendation moves by commands alone."""
        raise PermissionDenied

    @admin.display(description="Recommendation")
    def wording_in_short(self, progress: RecommendationProgress) -> str:
        return in_short(progress.wording)

    @admin.display(description="Unit", ordering="provider__name")
    def unit(self, progress: RecommendationProgress) -> str:
        return progress.provider.name

    @admin.display(description="No.", ordering="recommendation__number")
    def number(self, progress: RecommendationProgress) -> str:
        return progress.number_of_year

    @admin.display(description="Response", ordering="response")
    def response_tag(self, progress: RecommendationProgress) -> SafeString:
        return axis_tag("response", progress.response)

    @admin.display(description="Delivery", ordering="delivery")
    def delivery_tag(self, progress: RecommendationProgress) -> SafeString:
        blocked = tag("Blocked", "orange") if progress.is_blocked else ""
        return format_html("{} {}", axis_tag("delivery", progress.delivery), blocked)

    @admin.display(description="Review and judgement")
    def inspector_tags(self, progress: RecommendationProgress) -> SafeString:
        scale = dict(progress.recommendation.inspection.framework.judgements)
        review = axis_tag("review", progress.review, prefix="Review: ")
        return format_html("{} {}", review, judgement_tag(progress.judgement, scale))

    @admin.display(description="Next date", ordering="due_on")
    def next_date(self, progress: RecommendationProgress) -> SafeString | str:
        if progress.is_withdrawn:
            return tag("Publication withdrawn")
        if progress.closure:
            return tag(f"Closed: {words(progress.closure, 'closure').lower()}")
        is_late = progress.due_on is not None and progress.due_on < timezone.localdate()
        overdue = tag("Overdue", "red") if is_late else ""
        return format_html("{} {}", govuk_date(progress.due_on) or "No date", overdue)

    @admin.display(description="Accountable", ordering="accountable__last_name")
    def accountable_name(self, progress: RecommendationProgress) -> str:
        person = progress.accountable
        return person_name(person) if person else "Nobody yet"


def _as_listed(rows: Rows) -> Rows:
    """Join what a line shows, and leave the wide columns where they are."""
    joined = rows.select_related("provider", "accountable", "recommendation__inspection__framework")
    return joined.defer("state", "latest_update", "response_reason", "wording_cy")
