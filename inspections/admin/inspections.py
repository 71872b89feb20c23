"""Inspections as published, to be read; HMIP administrators see drafts and their sources too.

The pages by which a report comes in and goes out are in `importing`.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Count, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString

from inspections.access import visible_inspections, visible_recommendations
from inspections.admin.allocation import allocation_page
from inspections.admin.importing import accuracy, discarding, draft, older, release, start
from inspections.admin_doors import ScopedAdmin, roles_held
from inspections.allocation import may_allocate
from inspections.due_publication import refusal_of
from inspections.groups import Group, groups_among
from inspections.models import (
    ImportIssue,
    Inspection,
    KeyQuestionResult,
    Membership,
    Recommendation,
    ReportSource,
    StandardRating,
)
from inspections.succession import earlier_inspections

INSPECTORATE = frozenset(Membership.AT_HMIP)


class ReadOnlyInline(admin.TabularInline[Any, Any]):
    """Rows of an inspection, shown to whoever may see the inspection."""

    template = "admin/inspections/rows.html"
    extra = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return True

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return False


class RatingInline(ReadOnlyInline):
    model = StandardRating
    fields = ("standard", "rating")
    ordering = ("standard__ordinal",)


class KeyQuestionInline(ReadOnlyInline):
    model = KeyQuestionResult
    fields = ("key_question", "percent")
    ordering = ("key_question__standard__ordinal", "key_question__ordinal")

    def get_queryset(self, request: HttpRequest) -> QuerySet[KeyQuestionResult]:
        return super().get_queryset(request).select_related("key_question")


class RecommendationInline(ReadOnlyInline):
    """Only the recommendations that the person may read; all of them before publication."""

    model = Recommendation
    fields = ("number", "body", "text")
    readonly_fields = ("body",)
    ordering = ("number", "addressed_to", "addressee__name", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Recommendation]:
        visible = visible_recommendations(request.user, timezone.localdate())
        unpublished = ~Q(inspection__state=Inspection.State.PUBLISHED)
        found = super().get_queryset(request).select_related("addressee")
        return found.filter(Q(pk__in=visible.values("pk")) | unpublished)

    @admin.display(description="Addressed to")
    def body(self, row: Recommendation) -> str:
        """Name the body: the report may say “All regions” of each of twelve."""
        name, said = row.addressee.name, row.addressed_to
        return name if name == said else f"{name} (“{said}”)"


@admin.register(Inspection)
class InspectionAdmin(ScopedAdmin[Inspection]):
    list_display = ("provider_name", "published", "score", "overall_rating", "state")
    list_select_related = ("scheduled_by",)
    list_filter = ("state",)
    allowed_lookups = ("state__exact",)
    search_fields = ("provider_name", "title")
    search_help_text = "Search by provider or title"
    ordering = ("-published_on", "provider_name", "pk")
    fields = (
        "title",
        "provider_name",
        "state",
        "published",
        "fieldwork_starts_on",
        "fieldwork_month",
        "score",
        "score_max",
        "overall_rating",
        "lead_inspector",
        "previous_year",
        "previous_rating",
        "sample_community_orders",
        "sample_licence_releases",
        "sample_interviews",
        "population",
        "caseload",
    )
    readonly_fields = ("standing", "published")
    inlines = (RecommendationInline, RatingInline, KeyQuestionInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Inspection]:
        return visible_inspections(request.user, timezone.localdate())

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """Show administrators how drafts stand, and where to go on with them."""
        shown = self.list_display
        return (*shown[:-1], "standing") if _is_administrator(request) else shown

    def get_fields(self, request: HttpRequest, obj: Inspection | None = None) -> tuple[str, ...]:  # noqa: ARG002
        fields = self.fields
        return (*fields[:2], "standing", *fields[3:]) if _is_administrator(request) else fields

    @admin.display(description="Published on", ordering="published_on")
    def published(self, inspection: Inspection) -> str | None:
        return inspection.published_in_words or None

    @admin.display(description="State", ordering="state")
    def standing(self, inspection: Inspection) -> SafeString:
        context = {"inspection": inspection, "refusal": refusal_of(inspection, timezone.now())}
        return render_to_string("admin/inspections/importing/standing.html", context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead administrators from the list to the import."""
        may_import = {"may_import": _is_administrator(request)}
        return super().changelist_view(request, {**may_import, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        return [
            self._page("import/", start.import_page, "import"),
            self._page("import/by-hand/", start.by_hand_page, "by_hand"),
            self._page("import/older/", older.older_page, "older"),
            self._page("<int:pk>/draft/", draft.draft_page, "draft"),
            self._page("<int:pk>/discard/", discarding.discard_page, "discard"),
            self._page("<int:pk>/publish/", release.publish_page, "publish"),
            self._page("<int:pk>/embargo/", release.embargo_page, "embargo"),
            self._page("<int:pk>/take-back/", release.take_back, "take_back"),
            self._page("<int:pk>/accuracy/", accuracy.accuracy_page, "accuracy"),
            self._page("accuracy/<int:pk>/", accuracy.answer_page, "accuracy_answer"),
            self._page("<int:pk>/inspectors/", allocation_page, "inspectors"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Lead on those who allocate inspectors, or settle what earlier reports left open."""
        found = self.get_object(request, object_id)
        allows = found is not None and may_allocate(request.user, found, timezone.localdate())
        details = {
            "can_allocate": allows,
            "sees_notes": found is not None and accuracy.sees_notes(request, found),
            "groups": self._groups(request, found),
            "follows": found is not None and self._follows(request, found),
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, details)

    def _follows(self, request: HttpRequest, inspection: Inspection) -> bool:
        """Say whether the page of what earlier inspections left open is for this person."""
        is_out = inspection.state == Inspection.State.PUBLISHED
        of_the_inspectorate = INSPECTORATE & roles_held(request)
        return is_out and bool(of_the_inspectorate) and earlier_inspections(inspection).exists()

    def _groups(self, request: HttpRequest, inspection: Inspection | None) -> Sequence[Group]:
        """Return what was addressed to several bodies, as far as this person sees them."""
        visible = visible_recommendations(request.user, timezone.localdate())
        return groups_among(visible.filter(inspection=inspection))

    def _page(self, address: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
        """Put a page of the import behind the admin's door, in the admin's frame."""

        def in_frame(request: HttpRequest, **arguments: Any) -> HttpResponse:
            return view(request, **arguments, context=self.page_context(request))

        door = self.admin_site.admin_view(in_frame)
        return path(address, door, name=f"inspections_inspection_{name}")


def _is_administrator(request: HttpRequest) -> bool:
    return Membership.Role.HMIP_ADMINISTRATOR in roles_held(request)


class IssueInline(ReadOnlyInline):
    model = ImportIssue
    fields = ("severity", "field", "line", "message", "supplied")
    ordering = ("severity", "line", "pk")


@admin.register(ReportSource)
class ReportSourceAdmin(ScopedAdmin[ReportSource]):
    """The texts that inspections were imported from, with what the import could not be sure of."""

    list_display = ("inspection_name", "format", "received_at", "issues")
    ordering = ("-received_at", "pk")
    fields = ("inspection_name", "format", "sha256", "received_at")
    readonly_fields = ("inspection_name",)
    inlines = (IssueInline,)

    def may_enter(self, request: HttpRequest) -> bool:
        return Membership.Role.HMIP_ADMINISTRATOR in roles_held(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReportSource]:
        sources = super().get_queryset(request).select_related("inspection").defer("text")
        return sources.annotate(issue_count=Count("issues"))

    @admin.display(description="Inspection")
    def inspection_name(self, source: ReportSource) -> str:
        inspection = getattr(source, "inspection", None)
        return str(inspection) if inspection else "No inspection"

    @admin.display(description="Issues", ordering="issue_count")
    def issues(self, source: Any) -> int:
        count: int = source.issue_count
        return count
