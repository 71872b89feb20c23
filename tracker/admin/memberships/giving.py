"""The two forms that give a role: any role within reach, and the delegate of a lead."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from inspections.accounts import (
    AccountRefused,
    InvitationNotSent,
    awaits_password,
    send_invitation,
)
from inspections.memberships import MembershipRefused, Reach, give_by_address
from inspections.models import Membership, Provider
from inspections.person_names import person_name
from tracker.forms.fields import Day

ASKED = ("email", "first_name", "last_name")
LIST = "admin:inspections_membership_changelist"
Role = Membership.Role
NAMES_OF_THE_NEW = "Both names are needed only where the person has no account yet."
SLOWER = (
    "You have given many roles within an hour; wait a while, and send the form again. "
    "What you typed is kept."
)
WHAT_A_DELEGATE_MAY_DO = (
    "A delegate sees what the unit sees. On behalf of the lead they record updates, evidence and "
    "figures and confirm that nothing has changed; responses, plans and reports of completion they "
    "only prepare. The record names both. It ends on the last day, or when the lead’s own role "
    "does."
)


class PersonFields(forms.Form):
    """Who it is: by the whole address alone, so that nobody can leaf through the accounts."""

    use_required_attribute = False

    email = forms.EmailField(
        label="Email address of the person",
        help_text="The whole address. Who has no account yet is invited by email.",
        error_messages={
            "required": "Enter the email address of the person.",
            "invalid": "Enter a whole email address, as in name@example.org.",
        },
    )
    first_name = forms.CharField(
        label="First name",
        max_length=100,
        help_text=(
            "For the invitation. It is asked for everybody, so that this form tells nobody who has "
            "an account; who has one keeps the name it bears."
        ),
        error_messages={"required": "Enter the first name."},
    )
    last_name = forms.CharField(
        label="Last name", max_length=100, error_messages={"required": "Enter the last name."}
    )

    starts_on = Day("First day")
    ends_on = Day("Last day", required=False, hint="Leave it empty where none is known.")

    def __init__(self, *args: Any, reach: Reach, user: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.sees_everybody = reach.is_operator
        if self.sees_everybody:
            self._ask_for_names_of_new_accounts_alone()
        self.fields["starts_on"].initial = today
        self.offer(reach, today)

    def offer(self, reach: Reach, today: date) -> None:
        """Fill in what the person may choose from."""
        raise NotImplementedError

    def _ask_for_names_of_new_accounts_alone(self) -> None:
        self.fields["first_name"].required = self.fields["last_name"].required = False
        self.fields["first_name"].help_text = NAMES_OF_THE_NEW

    def asked(self) -> Mapping[str, Any]:
        """Return what the form asks for, as `give_by_address` takes it."""
        return self.cleaned_data


class RoleForm(PersonFields):
    button = "Give the role"
    guidance = "What somebody may see and do follows from the roles they hold."

    role = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the role.", "invalid_choice": "Choose the role."},
    )
    provider = forms.ModelChoiceField(
        queryset=Provider.objects.none(),
        required=False,
        empty_label="Choose a provider",
        error_messages={"invalid_choice": "Choose one of the providers on the list."},
    )
    field_order = ("email", "first_name", "last_name", "role", "provider", "starts_on", "ends_on")

    def offer(self, reach: Reach, today: date) -> None:  # noqa: ARG002
        roles = [role for role in reach.roles() if role != Role.DELEGATE]
        role, provider = self.fields["role"], self.fields["provider"]
        assert isinstance(role, forms.ChoiceField)  # noqa: S101 - declared above
        assert isinstance(provider, forms.ModelChoiceField)  # noqa: S101 - same
        role.choices = [(each.value, each.label) for each in roles]
        provider.queryset = reach.providers().order_by("name", "pk")
        if not set(roles) & set(Membership.AT_A_PROVIDER):
            del self.fields["provider"]
            return
        if set(roles) - set(Membership.AT_A_PROVIDER):
            provider.help_text = "Leave it empty for roles that are held nationally."
        elif provider.queryset.count() == 1:
            provider.initial = provider.queryset.get().pk

    def asked(self) -> Mapping[str, Any]:
        return {"provider": None, **self.cleaned_data}


class LeadField(forms.ModelChoiceField[Membership]):
    """One membership of a lead, named by person and provider."""

    def label_from_instance(self, obj: Membership) -> str:
        return f"{person_name(obj.user)}, {obj.provider}"


class DelegateForm(PersonFields):
    button = "Name the delegate"
    guidance = WHAT_A_DELEGATE_MAY_DO

    lead = LeadField(
        queryset=Membership.objects.none(),
        label="Who is away",
        empty_label="Choose a lead",
        error_messages={
            "required": "Choose the lead for whom the delegate stands in.",
            "invalid_choice": "Choose one of the leads on the list.",
        },
    )
    field_order = ("lead", "email", "first_name", "last_name", "starts_on", "ends_on")

    def offer(self, reach: Reach, today: date) -> None:
        leads = (
            Membership.objects.filter(pk__in=reach.memberships().values("pk"))
            .ever_held()
            .filter(role__in=Membership.LEADING, user__is_active=True)
            .exclude(ends_on__lt=today)
            .select_related("user", "provider")
            .order_by("user__last_name", "provider__name", "pk")
        )
        lead = self.fields["lead"]
        assert isinstance(lead, LeadField)  # noqa: S101 - declared above
        lead.queryset = leads
        lead.initial = next((each.pk for each in leads if each.user_id == self.user.pk), None)

    def asked(self) -> Mapping[str, Any]:
        cleaned = dict(self.cleaned_data)
        lead: Membership = cleaned.pop("lead")
        return {
            **cleaned,
            "role": Role.DELEGATE,
            "provider": lead.provider,
            "on_behalf_of": lead.user,
        }


def give(request: HttpRequest, reach: Reach, *, context: Mapping[str, Any]) -> HttpResponse:
    """Show the form that gives a role, or give it."""
    return _serve(request, reach, RoleForm, {**context, "title": "Give a role"})


def name_delegate(
    request: HttpRequest, reach: Reach, *, context: Mapping[str, Any]
) -> HttpResponse:
    """Show the form that names a delegate, or name one."""
    if Role.DELEGATE not in reach.roles():
        raise PermissionDenied
    title = "Name a delegate for an absence"
    return _serve(request, reach, DelegateForm, {**context, "title": title})


@require_http_methods(["GET", "HEAD", "POST"])
def _serve(
    request: HttpRequest,
    reach: Reach,
    form_class: type[PersonFields],
    context: Mapping[str, Any],
) -> HttpResponse:
    if not reach:
        raise PermissionDenied
    now = timezone.now()
    is_sent = request.method == "POST"
    form = form_class(
        request.POST if is_sent else None,
        initial={name: request.GET[name] for name in ASKED if name in request.GET},
        reach=reach,
        user=request.user,
        today=timezone.localdate(now),
        label_suffix="",
    )
    given = _give(request, form, now) if form.is_valid() else None
    if given is None:
        return _show(request, form, context)
    _tell(request, given, now)
    return HttpResponseRedirect(reverse(LIST))


def _show(request: HttpRequest, form: forms.Form, context: Mapping[str, Any]) -> HttpResponse:
    return TemplateResponse(request, "admin/short_form.html", {**context, "form": form})


def _give(request: HttpRequest, form: PersonFields, now: datetime) -> Membership | None:
    """Give what the form asks for; put a refusal on the form and return None."""
    if not (form.sees_everybody or ratelimit.consume(request, action="give_role")):
        form.add_error(None, SLOWER)
        return None
    try:
        return give_by_address(**form.asked(), actor=request.user, now=now)
    except (MembershipRefused, AccountRefused) as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None


def _tell(request: HttpRequest, given: Membership, now: datetime) -> None:
    """Say what was given, and send the invitation where one is needed."""
    place = f", {given.provider}" if given.provider else ""
    words = f"{person_name(given.user)}: {given.get_role_display()}{place}."
    is_new = given.user.last_login is None and awaits_password(given.user)
    if not is_new:
        messages.success(request, words)
        return
    try:
        send_invitation(person=given.user, actor=request.user, now=now)
    except InvitationNotSent as failure:
        messages.success(request, words)
        messages.warning(request, str(failure))
    else:
        messages.success(request, f"{words} An invitation is on its way to {given.user.email}.")
