"""What allauth opens: the way in, and everybody's own account; nothing here is about another."""

from collections.abc import Mapping
from typing import Any

from tests.permissions.door import Door, Frame, page
from tests.permissions.people import SIGNED_IN

ELSEWHERE = (301, 302)


def anyone(*answers: int, **declared: Any) -> tuple[Door, ...]:
    """Return a door that answers all alike."""
    return (Door(frame=Frame.OPEN, answers=answers or (200,), **declared),)


def by_sign_in(*, signed_in: int, strangers: int) -> tuple[Door, ...]:
    """Return a door that tells only who is signed in from who is not."""
    answers = {"answers": (signed_in,), "others": strangers}
    return (Door(frame=Frame.OPEN, opens_for=SIGNED_IN, **answers),)  # type: ignore[arg-type]


WAY_IN = by_sign_in(signed_in=302, strangers=200)
OWN = (page(),)
ASKS_FOR_THE_PASSWORD = (page(answers=(302,)),)
NOT_SET_UP = (page(answers=(404,)),)

ACCOUNTS: Mapping[str, tuple[Door, ...]] = {
    "account_login": WAY_IN,
    "account_signup": WAY_IN,  # closed; the page says so
    "account_confirm_login_code": anyone(302),
    "account_reset_password": anyone(),
    "account_reset_password_done": anyone(),
    "account_reset_password_from_key": anyone(fixed={"uidb36": "1", "key": "abc"}),
    "account_reset_password_from_key_done": anyone(),
    "account_confirm_email": anyone(fixed={"key": "abc"}),
    "account_email_verification_sent": anyone(),
    "account_email": anyone(),  # closed; the page says so
    "account_inactive": anyone(),
    "account_logout": by_sign_in(signed_in=200, strangers=302),
    "account_reauthenticate": OWN,
    "account_change_password": OWN,
    "account_set_password": (page(answers=(302,)),),
    "mfa_authenticate": anyone(302),
    "mfa_reauthenticate": ASKS_FOR_THE_PASSWORD,
    "mfa_index": OWN,
    "mfa_activate_totp": ASKS_FOR_THE_PASSWORD,
    "mfa_generate_recovery_codes": ASKS_FOR_THE_PASSWORD,
    "mfa_deactivate_totp": NOT_SET_UP,
    "mfa_view_recovery_codes": NOT_SET_UP,
    "mfa_download_recovery_codes": NOT_SET_UP,
    "socialaccount_connections": OWN,
    "socialaccount_login_cancelled": anyone(),
    "socialaccount_login_error": anyone(401),
    "socialaccount_signup": anyone(302),
    "accounts/social/login/cancelled/": anyone(301),
    "accounts/social/login/error/": anyone(301),
    "accounts/social/signup/": anyone(301),
    "accounts/social/connections/": anyone(301),
    "openid_connect_login": anyone(404, fixed={"provider_id": "none"}),
    "openid_connect_callback": anyone(404, fixed={"provider_id": "none"}),
}
