"""What a borrowed session, a forged host or a shared computer must not gain from an account."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.test import Client
from knox.models import AuthToken

from inspections.accounts import TAKEN
from inspections.models import Membership
from tests.world import PASSWORD, make_provider, make_user
from tracker.api_tokens import issue_token

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "another quite long pass phrase"
FORGED = {"host": "localhost:4444"}
PEOPLE = "/admin/auth/user/"


@pytest.fixture(autouse=True)
def _nobody_locked_out() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def lead() -> User:
    return make_user("Lena Lead", Membership.Role.PDU_LEAD, make_provider())


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("operator", "op@tracker.example", PASSWORD))
    return client


def invite(operator: Client, email: str = "New@Tracker.example") -> Any:
    person = {"first_name": "Nora", "last_name": "New", "email": email}
    return operator.post(f"{PEOPLE}add/", person)


def change_password(client: Client, **extra: Any) -> Any:
    sent = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    return client.post("/accounts/password/change/", sent, **extra)


# --- The address, and the second factor -----------------------------------------------------------


def test_a_borrowed_session_cannot_turn_the_mail_to_another_address(
    client: Client, lead: User
) -> None:
    client.force_login(lead)
    for action in ("action_add", "action_send", "action_primary"):
        sent = {"email": "mallory@evil.example", action: ""}
        assert client.post("/accounts/email/", sent).status_code == 405
    assert (
        "ask the person who gave you your account"
        in client.get("/accounts/email/").content.decode()
    )
    assert not EmailAddress.objects.filter(email="mallory@evil.example").exists()


def test_whoever_is_invited_has_a_verified_address(operator: Client) -> None:
    assert invite(operator).status_code == 302
    address = EmailAddress.objects.get(user__username="nora.new")
    assert (address.email, address.verified, address.primary) == ("new@tracker.example", True, True)


def test_an_address_that_an_operator_replaced_serves_no_more(operator: Client) -> None:
    invite(operator)
    new = User.objects.get(username="nora.new")
    changed = {"email": "newer@tracker.example"}
    assert operator.post(f"{PEOPLE}{new.pk}/change/", changed).status_code == 302
    kept = EmailAddress.objects.filter(user=new).values_list("email", "verified", "primary")
    assert list(kept) == [("newer@tracker.example", True, True)]


def test_an_address_that_is_anothers_is_refused_with_a_sentence(operator: Client) -> None:
    invite(operator)
    assert TAKEN in invite(operator, "NEW@tracker.example").content.decode()
    other = make_user("Olga Other")
    changed = operator.post(f"{PEOPLE}{other.pk}/change/", {"email": "NEW@tracker.example"})
    assert TAKEN in changed.content.decode()
    assert User.objects.filter(email__iexact="new@tracker.example").count() == 1


@pytest.mark.parametrize("standing", [{"verified": True}, {"verified": False}])
def test_a_second_factor_is_within_reach_of_everybody_signed_in(
    client: Client, lead: User, standing: dict[str, bool]
) -> None:
    EmailAddress.objects.create(user=lead, email=lead.email, primary=True, **standing)
    client.force_login(lead)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    assert page.status_code == 200
    assert 'name="code"' in page.content.decode()


def test_a_second_factor_is_not_set_up_on_a_session_alone(client: Client, lead: User) -> None:
    client.force_login(lead)
    response = client.get("/accounts/2fa/totp/activate/")
    assert response["Location"].startswith("/accounts/reauthenticate/")


# --- Passwords and tokens -------------------------------------------------------------------------


def test_tokens_end_when_their_owner_changes_the_password(client: Client, lead: User) -> None:
    issue_token(user=lead)
    client.force_login(lead)
    assert change_password(client).status_code == 302
    assert not AuthToken.objects.filter(user=lead).exists()


def test_no_operator_sets_the_password_of_another(operator: Client, lead: User) -> None:
    sent = {"usable_password": "true", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert operator.post(f"{PEOPLE}{lead.pk}/password/", sent).status_code in (302, 404)
    operator.post(f"{PEOPLE}{lead.pk}/change/", {"email": lead.email, "password": NEW_PASSWORD})
    lead.refresh_from_db()
    assert lead.check_password(PASSWORD)


def test_signing_in_ends_no_token(client: Client, lead: User) -> None:
    issue_token(user=lead)
    client.post("/accounts/login/", {"login": lead.username, "password": PASSWORD})
    assert AuthToken.objects.filter(user=lead).exists()


# --- Mail -----------------------------------------------------------------------------------------


def test_the_link_of_a_reset_leads_to_our_site_whatever_host_was_named(
    client: Client, lead: User, settings: Any
) -> None:
    settings.SITE_URL = "https://tracker.example"
    client.post("/accounts/password/reset/", {"email": lead.email}, headers=FORGED)
    [sent] = mail.outbox
    assert "4444" not in f"{sent.subject} {sent.body}"
    assert sent.subject.startswith("[Recommendation tracker] ")
    link = re.search(r"https://tracker\.example(/accounts/password/reset/key/\S+)", str(sent.body))
    assert link
    assert client.get(link[1], follow=True).status_code == 200


def test_a_changed_password_is_told_to_its_owner(client: Client, lead: User) -> None:
    client.force_login(lead)
    change_password(client, headers=FORGED)
    [sent] = mail.outbox
    assert sent.to == [lead.email]
    assert "4444" not in f"{sent.subject} {sent.body}"


def test_a_strangers_address_gets_no_mail(client: Client) -> None:
    page = client.post("/accounts/password/reset/", {"email": "stranger@elsewhere.example"})
    assert page.status_code == 302
    assert mail.outbox == []


# --- Shared computers -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/accounts/password/change/", "/accounts/email/", "/cookies/"])
def test_no_cache_keeps_what_a_signed_in_person_saw(client: Client, lead: User, path: str) -> None:
    client.force_login(lead)
    assert client.get(path)["Cache-Control"] == "private, no-store"


def test_who_is_not_signed_in_may_be_served_from_a_cache(client: Client) -> None:
    assert "no-store" not in client.get("/cookies/").get("Cache-Control", "")
