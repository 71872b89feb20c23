"""One way in for everybody: through allauth, by roles held today, safely back to where one was."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from config.accounts import LOCKED, WRONG
from inspections.models import Membership
from tests.world import PASSWORD, make_provider, make_user

pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _nobody_locked_out() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def lead() -> User:
    return make_user("Lena Lead", Membership.Role.PDU_LEAD, make_provider())


def sign_in(client: Client, login: str, password: str = PASSWORD, **query: str) -> Any:
    return client.post(SIGN_IN, {"login": login, "password": password, **query})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


# --- The admin's door -----------------------------------------------------------------------------


def test_the_admin_has_no_sign_in_form_of_its_own(client: Client) -> None:
    for path in ("/admin/login/", "/admin/login/?next=/admin/"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (302, f"{SIGN_IN}?next=/admin/")
    assert b"this_is_the_login_form" not in client.get("/admin/", follow=True).content


def test_a_password_sent_to_the_admins_own_address_signs_nobody_in(
    client: Client, lead: User
) -> None:
    client.post("/admin/login/", {"username": lead.username, "password": PASSWORD})
    assert not is_signed_in(client)


def test_signing_in_leads_back_to_where_one_was_going(client: Client, lead: User) -> None:
    wanted = "/admin/tracker/recommendationprogress/"
    page = client.get(wanted, follow=True)
    assert page.redirect_chain[-1][0] == f"{SIGN_IN}?next={wanted}"
    assert sign_in(client, lead.username, next=wanted)["Location"] == wanted


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "https://evil.example/", "https:evil.example", "\\\\evil", "/\t/evil"],
)
def test_no_address_leads_out_of_the_house(client: Client, lead: User, elsewhere: str) -> None:
    before = client.get("/admin/login/", {"next": elsewhere})
    assert before["Location"] == f"{SIGN_IN}?next=/admin/"
    assert sign_in(client, lead.username, next=elsewhere)["Location"] == "/admin/"
    assert client.get("/admin/login/", {"next": elsewhere})["Location"] == "/admin/"


def test_somebody_without_a_role_is_told_so_rather_than_asked_again(client: Client) -> None:
    client.force_login(make_user("Nemo Nobody"))
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "You do not have access to this page" in response.content.decode()


def test_djangos_staff_flag_opens_nothing(client: Client) -> None:
    flagged = make_user("Stan Staff")
    User.objects.filter(pk=flagged.pk).update(is_staff=True)
    client.force_login(flagged)
    assert client.get("/admin/", follow=True).status_code == 403


def test_leaving_and_changing_the_password_are_allauths(client: Client, lead: User) -> None:
    client.force_login(lead)
    assert client.get("/admin/logout/")["Location"] == "/accounts/logout/"
    assert client.get("/admin/password_change/")["Location"] == "/accounts/password/change/"
    assert is_signed_in(client)
    client.post("/accounts/logout/")
    assert not is_signed_in(client)


# --- Signing in -----------------------------------------------------------------------------------


def test_username_and_email_address_both_serve(client: Client, lead: User) -> None:
    for login in (lead.username, lead.email):
        sign_in(client, login)
        assert is_signed_in(client)
        client.logout()


@pytest.mark.parametrize(
    ("role", "landing"),
    [
        (Membership.Role.PDU_LEAD, "/admin/"),
        (Membership.Role.ACTION_OWNER, "/admin/"),
        (Membership.Role.DELEGATE, "/admin/"),
        (Membership.Role.HMPPS_COORDINATOR, "/"),
        (Membership.Role.INSPECTOR, "/"),
        (Membership.Role.LEAD_INSPECTOR, "/"),
        (Membership.Role.HMIP_ADMINISTRATOR, "/"),
    ],
)
def test_everybody_lands_where_their_work_is(client: Client, role: str, landing: str) -> None:
    provider = make_provider() if role in Membership.AT_A_PROVIDER else None
    assert sign_in(client, make_user("Rae Role", role, provider).username)["Location"] == landing


def test_an_operator_lands_at_the_desk(client: Client) -> None:
    User.objects.create_superuser("operator", "operator@tracker.example", PASSWORD)
    assert sign_in(client, "operator")["Location"] == "/admin/"


def test_the_session_is_another_after_signing_in(client: Client, lead: User) -> None:
    session = client.session
    session["planted"] = "yes"
    session.save()
    planted = session.session_key
    sign_in(client, lead.username)
    assert client.session.session_key != planted


def test_a_deactivated_person_is_out_at_once(client: Client, lead: User) -> None:
    sign_in(client, lead.username)
    assert client.get("/admin/").status_code == 200
    User.objects.filter(pk=lead.pk).update(is_active=False)
    assert client.get("/admin/").status_code == 302
    sign_in(client, lead.username)
    assert client.get("/admin/").status_code == 302


def test_an_ended_role_does_not_open_the_admin(client: Client, lead: User) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user=lead).update(starts_on=yesterday, ends_on=yesterday)
    client.force_login(lead)
    assert client.get("/admin/", follow=True).status_code == 403


# --- Wrong passwords ------------------------------------------------------------------------------


def test_a_wrong_password_and_an_unknown_name_sound_the_same(client: Client, lead: User) -> None:
    wrong = sign_in(client, lead.username, "not the password").content.decode()
    unknown = sign_in(client, "nobody-at-all", "not the password").content.decode()
    assert WRONG in wrong
    assert WRONG in unknown


def test_after_five_wrong_passwords_even_the_right_one_must_wait(
    client: Client, lead: User
) -> None:
    for _ in range(5):
        assert WRONG in sign_in(client, lead.username, "not the password").content.decode()
    locked = sign_in(client, lead.username)
    assert LOCKED in locked.content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize("host", ["localhost:1001", "127.0.0.1:1002", "localhost:4444"])
def test_the_count_goes_on_whatever_host_is_named(client: Client, lead: User, host: str) -> None:
    for _ in range(6):
        sign_in(client, lead.username, "not the password")
    for login in (lead.username, lead.username.upper(), lead.email, lead.email.upper()):
        sent = {"login": login, "password": PASSWORD}
        assert LOCKED in client.post(SIGN_IN, sent, headers={"host": host}).content.decode()
    assert not is_signed_in(client)


def test_username_and_email_address_share_one_count(client: Client, lead: User) -> None:
    for login in (lead.username, lead.email, lead.username, lead.email, lead.username):
        sign_in(client, login, "not the password")
    assert LOCKED in sign_in(client, lead.email).content.decode()


def test_the_count_of_a_name_nobody_has_ignores_the_host_too(client: Client) -> None:
    sent = {"login": "Nobody-At-All", "password": PASSWORD}
    hosts = [f"localhost:{4000 + number}" for number in range(6)]
    pages = [client.post(SIGN_IN, sent, headers={"host": host}) for host in hosts]
    assert LOCKED in pages[-1].content.decode()


def test_the_lock_opens_by_itself(client: Client, lead: User, time_machine: Any) -> None:
    for _ in range(6):
        sign_in(client, lead.username, "not the password")
    time_machine.move_to(timezone.now() + timedelta(minutes=6))
    assert sign_in(client, lead.username).status_code == 302


def test_one_persons_wrong_passwords_lock_nobody_else_out(client: Client, lead: User) -> None:
    for _ in range(6):
        sign_in(client, "somebody-else", "not the password")
    assert sign_in(client, lead.username).status_code == 302


# --- No way to sign up ----------------------------------------------------------------------------


def test_nobody_signs_up(client: Client) -> None:
    sent = {"username": "mallory", "email": "m@x.example", "password1": PASSWORD}
    page = client.post("/accounts/signup/", {**sent, "password2": PASSWORD}).content.decode()
    assert "There is no public sign-up" in page
    assert not User.objects.filter(username="mallory").exists()
