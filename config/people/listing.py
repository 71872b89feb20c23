"""The list of people, the page of one, and the addresses of what is done to an account."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from knox.models import AuthToken

from config.people import deeds
from config.people.forms import PersonForm
from inspections import accounts
from inspections.admin_doors import OperatorAdmin
from inspections.command_line_account import USERNAME
from inspections.govuk_dates import govuk_date
from inspections.models import AccountChange, Membership
from inspections.person_names import person_name
from tracker.admin.tags import tag

CLOSED = (Group, EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, AuthToken)
"""Doors that libraries open: they show secrets, or grant what only memberships may."""

NAME = "auth_user"


class StandingFilter(admin.SimpleListFilter):
    """Whether the person is in, invited, or shut out."""

    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        return [
            ("active", "Active"),
            ("invited", "Invited, not yet signed in"),
            ("deactivated", "Deactivated"),
            ("operator", "Operators"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:  # noqa: ARG002
        conditions = {
            "active": Q(is_active=True, last_login__isnull=False),
            "invited": Q(is_active=True, last_login=None),
            "deactivated": Q(is_active=False),
            "operator": Q(is_active=True, is_superuser=True),
        }
        return queryset.filter(conditions.get(self.value() or "", Q()))


class PersonAdmin(OperatorAdmin[User]):
    form = PersonForm
    list_display = ("name", "email", "standing", "signed_in_on")
    list_filter = (StandingFilter,)
    list_per_page = 50
    allowed_lookups = ("standing",)
    search_fields = ("first_name", "last_name", "email", "username")
    search_help_text = "Search by name or email address"
    ordering = ("last_name", "first_name", "username")
    fieldsets = (
        (None, {"fields": ("first_name", "last_name", "email", "login", "is_superuser")}),
        ("Account", {"fields": ("standing", "signed_in_on", "roles", "changes")}),
    )
    readonly_fields = ("login", "standing", "signed_in_on", "roles", "changes")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Leave out the account of the command line: it is nobody's."""
        return super().get_queryset(request).exclude(username=USERNAME, is_active=False)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, *args, **kwargs)
        form.actor = request.user
        return form

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/invite/", wrap(self.invite_again_view), name=f"{NAME}_invite"),
            path("<int:pk>/deactivate/", wrap(self.deactivate_view), name=f"{NAME}_deactivate"),
            path("<int:pk>/reactivate/", wrap(self.reactivate_view), name=f"{NAME}_reactivate"),
        ]
        return [*own, *super().get_urls()]

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Invite a person."""
        if not self.has_add_permission(request):
            return super().add_view(request, form_url, extra_context)
        return deeds.invite(request, context=self.page_context(request))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show one, with what can be done to the account."""
        person = self.get_object(request, object_id)
        details = {
            "title": person_name(person),
            "subtitle": None,
            "show_save_and_add_another": False,
            "show_save_and_continue": False,
            **_doors(person),
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, details)

    def invite_again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send the invitation again."""
        return deeds.invite_again(
            request, self._own(request, pk), context=self.page_context(request)
        )

    def deactivate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Shut somebody out."""
        return deeds.deactivate(request, self._own(request, pk), context=self.page_context(request))

    def reactivate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let somebody in again."""
        return deeds.reactivate(request, self._own(request, pk), context=self.page_context(request))

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: ARG002, FBT001
        """Store what the form asks for. Raises: PermissionDenied for an operator no more."""
        try:
            accounts.store_particulars(person=obj, actor=request.user, now=timezone.now())
        except accounts.AccountRefused as refusal:
            raise PermissionDenied(str(refusal)) from refusal

    def _own(self, request: HttpRequest, pk: int) -> User:
        found = (
            self.get_queryset(request).filter(pk=pk).first() if self.may_enter(request) else None
        )
        if found is None:
            raise Http404
        return found

    @admin.display(description="Person", ordering="last_name")
    def name(self, person: User) -> str:
        return person_name(person)

    @admin.display(description="Username")
    def login(self, person: User) -> str:
        """Show it without the rules for choosing one: nobody does."""
        return person.username

    @admin.display(description="Standing")
    def standing(self, person: User) -> SafeString:
        operator = tag("Operator", "purple") if person.is_superuser else ""
        return format_html("{} {}", _standing_tag(person), operator)

    @admin.display(description="Last signed in", ordering="last_login")
    def signed_in_on(self, person: User) -> str:
        seen = person.last_login
        return govuk_date(seen) if seen else "Never"

    @admin.display(description="Roles")
    def roles(self, person: User) -> SafeString | str:
        """List them with their pages, past ones included."""
        held = Membership.objects.filter(user=person).select_related("provider")
        lines = [
            (reverse("admin:inspections_membership_change", args=(each.pk,)), _in_words(each))
            for each in held.order_by("-starts_on", "pk")
        ]
        return format_html_join(SafeString("<br>"), '<a href="{}">{}</a>', lines) or "None"

    @admin.display(description="What was done")
    def changes(self, person: User) -> SafeString | str:
        """List what was done to the account, latest first."""
        noted = AccountChange.objects.filter(account=person).select_related("noted_by")
        lines = [(_change_in_words(each),) for each in noted.order_by("-pk")]
        return format_html_join(SafeString("<br>"), "{}", lines) or "Nothing on record"


def _standing_tag(person: User) -> SafeString:
    if not person.is_active:
        return tag("Deactivated", "red")
    if person.last_login is None:
        return tag("Invited, not yet signed in", "blue")
    return tag("Active", "green")


def _in_words(membership: Membership) -> str:
    place = membership.provider or "national"
    until = f" to {govuk_date(membership.ends_on)}" if membership.ends_on else ""
    days = f"from {govuk_date(membership.starts_on)}{until}"
    return f"{membership.get_role_display()}, {place}, {days}"


def _change_in_words(change: AccountChange) -> str:
    day = govuk_date(change.noted_at)
    reason = f": {change.reason}" if change.reason else ""
    return f"{change.get_kind_display()} by {person_name(change.noted_by)}, {day}{reason}"


def _doors(person: User | None) -> dict[str, Any]:
    """Return what can be done to the account as it stands."""
    if person is None:
        return {}
    who = {"email": person.email, "first_name": person.first_name, "last_name": person.last_name}
    return {
        "can_deactivate": person.is_active,
        "can_invite": accounts.awaits_password(person),
        "give_role": f"{reverse('admin:inspections_membership_add')}?{urlencode(who)}",
    }


def put_people_in_charge(site: admin.AdminSite) -> None:
    """Put our admin of accounts in the place of Django's, and close what libraries opened."""
    for model in (User, *CLOSED):
        site.unregister(model)
    site.register(User, PersonAdmin)
