"""The list of memberships, the page of one, and the addresses of what is done to them."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString

from inspections.admin_doors import ScopedAdmin, memberships_held
from inspections.govuk_dates import govuk_date
from inspections.memberships import Reach, reach_of
from inspections.memberships.ending import is_over
from inspections.models import Membership, Provider
from inspections.person_names import person_name
from tracker.admin.memberships.ending import end, show_result
from tracker.admin.memberships.giving import give, name_delegate
from tracker.admin.tags import tag

NAME = "inspections_membership"


class StandingFilter(admin.SimpleListFilter):
    """Whether it holds today, did, or will."""

    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        return [("current", "Current"), ("coming", "Not begun"), ("ended", "Ended")]

    def queryset(
        self,
        request: HttpRequest,  # noqa: ARG002
        queryset: QuerySet[Membership],
    ) -> QuerySet[Membership]:
        today = timezone.localdate()
        conditions = {
            "current": Q(starts_on__lte=today) & (Q(ends_on=None) | Q(ends_on__gte=today)),
            "coming": Q(starts_on__gt=today) & (Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))),
            "ended": Q(ends_on__lt=today) | Q(ends_on__lt=F("starts_on")),
        }
        return queryset.filter(conditions.get(self.value() or "", Q()))


class RoleFilter(admin.SimpleListFilter):
    """One of the roles that the person finds on the list."""

    title = "role"
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        found = set(model_admin.get_queryset(request).order_by().values_list("role", flat=True))
        return [(role.value, str(role.label)) for role in Membership.Role if role in found]

    def queryset(
        self,
        request: HttpRequest,  # noqa: ARG002
        queryset: QuerySet[Membership],
    ) -> QuerySet[Membership]:
        return queryset.filter(role=self.value()) if self.value() else queryset


DETAILS = ("person", "address", "role_in_words", "place", "first_day", "last_day", "standing")


@admin.register(Membership)
class MembershipAdmin(ScopedAdmin[Membership]):
    list_display = ("person", "role_in_words", "place", "first_day", "last_day", "standing")
    list_filter = (StandingFilter, RoleFilter)
    list_select_related = ("user", "provider", "on_behalf_of")
    list_per_page = 50
    allowed_lookups = ("role", "standing")
    search_fields = ("user__first_name", "user__last_name", "user__email", "provider__name")
    search_help_text = "Search by person or provider"
    ordering = ("user__last_name", "user__username", "-starts_on", "pk")

    def reach(self, request: HttpRequest) -> Reach:
        """Return how far the person's word goes; asked once a request."""
        kept = vars(request)
        if "reach" not in kept:
            held = memberships_held(request)
            kept["reach"] = reach_of(request.user, timezone.localdate(), held=held)
        reach: Reach = kept["reach"]
        return reach

    def may_enter(self, request: HttpRequest) -> bool:
        return bool(self.reach(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(self.reach(request))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return self.reach(request).memberships().select_related("given_by", "ended_by")

    def get_fields(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: Membership | None = None,
    ) -> tuple[str, ...]:
        """Say how it ended where it has."""
        has_ended = obj is not None and obj.ended_at is not None
        reason = ("reason",) if obj and obj.ending_reason else ()
        return (*DETAILS, "given", *(("ended",) if has_ended else ()), *reason)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Membership | None = None
    ) -> tuple[str, ...]:
        return self.get_fields(request, obj)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("delegate/", wrap(self.delegate_view), name=f"{NAME}_delegate"),
            path("<int:pk>/end/", wrap(self.end_view), name=f"{NAME}_end"),
            path("<int:pk>/ended/", wrap(self.result_view), name=f"{NAME}_ended"),
        ]
        return [*own, *super().get_urls()]

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """Give a role."""
        return give(request, self.reach(request), context=self.page_context(request))

    def delegate_view(self, request: HttpRequest) -> HttpResponse:
        """Name a delegate for a lead's absence."""
        return name_delegate(request, self.reach(request), context=self.page_context(request))

    def end_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End one, handing the open work over."""
        return end(request, self._own(request, pk), context=self.page_context(request))

    def result_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what was handed over when it was ended."""
        return show_result(request, self._own(request, pk), context=self.page_context(request))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show one, with the way to end it where it has not ended."""
        found = self.get_object(request, object_id)
        can_end = found is not None and self._can_end(request, found)
        details = {"title": "Membership", "can_end": can_end, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, details)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """List them, with the way to name a delegate for those who may."""
        may_delegate = bool(Membership.Role.DELEGATE in self.reach(request).roles())
        details = {"may_delegate": may_delegate, **(extra_context or {})}
        return super().changelist_view(request, details)

    def _own(self, request: HttpRequest, pk: int) -> Membership:
        found = self.get_queryset(request).select_related("user", "provider").filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def _can_end(self, request: HttpRequest, membership: Membership) -> bool:
        over = is_over(membership, timezone.localdate())
        return not over and self.reach(request).covers(membership.role, membership.provider)

    @admin.display(description="Person", ordering="user__last_name")
    def person(self, membership: Membership) -> str:
        return person_name(membership.user)

    @admin.display(description="Email address")
    def address(self, membership: Membership) -> str:
        return membership.user.email

    @admin.display(description="Role", ordering="role")
    def role_in_words(self, membership: Membership) -> str:
        lead = membership.on_behalf_of
        behalf = f", stands in for {person_name(lead)}" if lead else ""
        return f"{membership.get_role_display()}{behalf}"

    @admin.display(description="Provider", ordering="provider__name")
    def place(self, membership: Membership) -> Provider | str:
        return membership.provider or "National"

    @admin.display(description="First day", ordering="starts_on")
    def first_day(self, membership: Membership) -> str:
        return govuk_date(membership.starts_on)

    @admin.display(description="Last day", ordering="ends_on")
    def last_day(self, membership: Membership) -> str:
        return govuk_date(membership.ends_on) if membership.ends_on else "None set"

    @admin.display(description="Standing")
    def standing(self, membership: Membership) -> SafeString:
        return _standing_tag(membership, timezone.localdate())

    @admin.display(description="Given")
    def given(self, membership: Membership) -> str:
        return _by_and_when(membership.given_by, membership.given_at)

    @admin.display(description="Ended")
    def ended(self, membership: Membership) -> str:
        return _by_and_when(membership.ended_by, membership.ended_at)

    @admin.display(description="Why something was left open")
    def reason(self, membership: Membership) -> str:
        return membership.ending_reason


def _standing_tag(membership: Membership, today: date) -> SafeString:
    if is_over(membership, today):
        return tag("Ended")
    if membership.ends_on and membership.ends_on < membership.starts_on:
        return tag("Ended before it began")
    if not membership.user.is_active:
        return tag("Account deactivated", "red")
    if membership.starts_on > today:
        return tag("Not begun", "blue")
    return tag("Current", "green")


def _by_and_when(person: Any, moment: Any) -> str:
    if moment is None:
        return "Not recorded"
    by = f" by {person_name(person)}" if person else ""
    return f"{govuk_date(moment)}{by}"
