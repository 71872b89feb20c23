"""The list of drafts: one's own, those that wait for one's signature, and those of colleagues."""

from typing import Any, NoReturn

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString

from inspections.admin_doors import ScopedAdmin
from inspections.govuk_dates import govuk_date
from inspections.person_names import person_name
from tracker.admin.drafts.page import page
from tracker.admin.filters import RegionFilter, UnitFilter
from tracker.admin.pending import colour_of, what
from tracker.admin.tags import tag
from tracker.models import Draft
from tracker.queries.drafts import awaiting_signature_of, visible_drafts, with_people

NAME = "tracker_draft"
PARAMETER = "whose"
PROVIDER = "recommendation__progress__provider"
OWN, RETURNED, TO_SIGN, OF_OTHERS = "own", "returned", "to-sign", "others"


class WhoseFilter(admin.SimpleListFilter):
    """Whose drafts are listed; those to be signed are exactly those that the desk counts."""

    title = "your part in it"
    parameter_name = PARAMETER

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        return [
            (OWN, "Prepared by me"),
            (RETURNED, "Returned to me"),
            (TO_SIGN, "Awaiting my sign-off"),
            (OF_OTHERS, "Prepared by others"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Draft]) -> QuerySet[Draft]:
        if self.value() == OWN:
            return queryset.filter(author=request.user.pk)
        if self.value() == RETURNED:
            return queryset.filter(author=request.user.pk, state=Draft.State.RETURNED)
        if self.value() == OF_OTHERS:
            return queryset.exclude(author=request.user.pk)
        if self.value() == TO_SIGN:
            waiting = awaiting_signature_of(request.user, timezone.localdate())
            return queryset.filter(pk__in=waiting.values("pk"))
        return queryset


class DraftUnitFilter(UnitFilter):
    path = PROVIDER


class DraftRegionFilter(RegionFilter):
    path = PROVIDER


@admin.register(Draft)
class DraftAdmin(ScopedAdmin[Draft]):
    list_display = ("what", "about", "prepared_by", "state_tag", "kept_on")
    list_filter = (WhoseFilter, DraftRegionFilter, DraftUnitFilter)
    list_per_page = 25
    allowed_lookups = (PARAMETER, "region", "unit")
    ordering = ("-changed_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Draft]:
        """Return the person's part, without the words that the list does not show."""
        return with_people(visible_drafts(request.user, timezone.localdate())).defer("values")

    def get_urls(self) -> list[URLPattern]:
        """Only the list and the page of each: nothing to add, delete or look up."""
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name=f"{NAME}_changelist"),
            path("<int:pk>/change/", wrap(self.page), name=f"{NAME}_change"),
        ]

    def page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show one draft, or do what was pressed on it."""
        return page(request, pk, context=self.page_context(request))

    def save_model(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: a draft is kept by its form alone."""
        raise PermissionDenied

    @admin.display(description="Draft", ordering="form")
    def what(self, draft: Draft) -> str:
        return what(draft)

    @admin.display(description="Recommendation", ordering="recommendation")
    def about(self, draft: Draft) -> str:
        progress = draft.recommendation.progress
        return f"Number {progress.number_of_year}, {progress.provider.name}"

    @admin.display(description="Prepared by", ordering="author__last_name")
    def prepared_by(self, draft: Draft) -> str:
        return person_name(draft.author)

    @admin.display(description="How it stands", ordering="state")
    def state_tag(self, draft: Draft) -> SafeString:
        return tag(draft.get_state_display(), colour_of(draft))

    @admin.display(description="Last changed", ordering="changed_at")
    def kept_on(self, draft: Draft) -> str:
        return govuk_date(draft.changed_at)
