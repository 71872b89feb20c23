"""The admin of accounts: operators invite people and deactivate them; nobody deletes one.

What a person may do follows from memberships alone, so Django's groups, permissions and staff flag
are not shown.
"""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from knox.models import AuthToken

from inspections.admin_doors import OperatorAdmin

CLOSED = (Group, EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, AuthToken)
"""Doors that libraries open: they show secrets, or grant what only memberships may."""

OPERATOR = "Runs the service: keeps people, memberships, providers and practice."


TAKEN = "Another account has this email address; enter the person’s own."


class OwnAddress:
    """Refuses an address that is another's: mail and sign-in find one person by it."""

    instance: User
    cleaned_data: dict[str, Any]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        held = EmailAddress.objects.filter(email=email.lower(), verified=True)
        if held.exclude(user_id=self.instance.pk).exists():
            raise ValidationError(TAKEN)
        return email


class PersonForm(OwnAddress, UserChangeForm[User]):
    pass


class InvitationForm(OwnAddress, AdminUserCreationForm[User]):
    pass


class PersonAdmin(OperatorAdmin[User], UserAdmin[User]):
    form = PersonForm
    add_form = InvitationForm
    history_view = UserAdmin.history_view  # the only record of what was done to an account
    list_display = ("username", "first_name", "last_name", "email", "is_active", "last_login")
    list_filter = ("is_active", "is_superuser")
    allowed_lookups = ("is_active__exact", "is_superuser__exact")
    ordering = ("last_name", "username")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("Access", {"fields": ("is_active", "is_superuser"), "description": OPERATOR}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": (
                    "username",
                    "first_name",
                    "last_name",
                    "email",
                    "usable_password",
                    "password1",
                    "password2",
                )
            },
        ),
    )

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: FBT001
        super().save_model(request, obj, form, change)
        vouch_for_address(obj)


@transaction.atomic
def vouch_for_address(user: User) -> None:
    """Make the account's address its only one, and verified: whoever invites answers for it.

    An earlier address goes, or it could still ask for a new password.
    """
    address = user.email.lower()
    EmailAddress.objects.filter(user=user).exclude(email=address).delete()
    if address:
        standing = {"verified": True, "primary": True}
        EmailAddress.objects.update_or_create(user=user, email=address, defaults=standing)


def put_people_in_charge(site: admin.AdminSite) -> None:
    """Put our admin of accounts in the place of Django's, and close what libraries opened."""
    for model in (User, *CLOSED):
        site.unregister(model)
    site.register(User, PersonAdmin)
