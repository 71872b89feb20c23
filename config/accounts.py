"""Sign-in policy on top of allauth: nobody signs up, operators invite."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import filter_users_by_email, filter_users_by_username
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from knox.models import AuthToken

from inspections.access import memberships_of
from inspections.accounts import AccountRefused, store_password
from inspections.models import Membership

WRONG = "The username, email address or password is not right; check them and try again."
LOCKED = (
    "There were too many wrong passwords; wait five minutes before you try again, "
    "or reset your password."
)


class ClosedSignUpAdapter(DefaultAccountAdapter):
    error_messages: dict[str, Any] = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": LOCKED,
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Send those who answer for recommendations to their desk, and readers to the pages."""
        held = memberships_of(request.user, timezone.localdate())
        roles = set(held.values_list("role", flat=True))
        is_operator_alone = bool(request.user.is_superuser) and not roles
        is_at_a_desk = is_operator_alone or roles & set(Membership.AT_A_PROVIDER)
        return reverse("admin:index") if is_at_a_desk else "/"

    def get_reset_password_from_key_url(self, key: str) -> str:
        return _at_our_address(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return _at_our_address(super().get_email_confirmation_url(request, emailconfirmation))

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Store the password alone: allauth stores the account as it was when the request began.

        Raises: PermissionDenied for whoever was shut out meanwhile.
        """
        assert isinstance(user, User)  # noqa: S101 - the only accounts there are
        try:
            store_password(user, password)
        except AccountRefused as refusal:
            raise PermissionDenied(str(refusal)) from refusal

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send with the site's own name: allauth takes it from the Host header, which is forged."""
        domain = urlsplit(settings.SITE_URL).netloc
        site = SimpleNamespace(name="Recommendation tracker", domain=domain)
        super().send_mail(template_prefix, email, {"current_site": site, **context})

    def _get_login_attempts_cache_key(
        self,
        request: HttpRequest,  # noqa: ARG002
        **credentials: Any,
    ) -> str:
        """Return whose wrong passwords are counted: the account's, whatever it was called by.

        allauth counts by the Host header, port included, and by the words typed: each port and
        each of the two names would open a fresh count.
        """
        login = credentials.get("email") or credentials.get("username") or ""
        return _counted_as(login.strip().lower())


class TokensEndWithThePassword:
    """Revokes API tokens when a password is set anew.

    Django tells password validators of every change, and of no mere upgrade of a hash.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        """Accept every password; others judge it."""

    def get_help_text(self) -> str:
        return "A new password ends the API tokens that were issued to the account."

    def password_changed(self, password: str, user: User | None = None) -> None:  # noqa: ARG002
        AuthToken.objects.filter(user=user).delete()


def _at_our_address(url: str) -> str:
    return f"{settings.SITE_URL}{urlsplit(url).path}"


def _counted_as(login: str) -> str:
    named = [*filter_users_by_email(login), *filter_users_by_username(login)]
    accounts = [user.pk for user in named]
    return f"account:{min(accounts)}" if accounts else f"login:{login}"


class ClosedSocialSignUpAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(
        self,
        request: HttpRequest,  # noqa: ARG002
        sociallogin: SocialLogin,  # noqa: ARG002
    ) -> bool:
        return False
