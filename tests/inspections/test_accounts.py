"""Accounts: an invitation opens one, a deactivation shuts it at once and for good."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from knox.models import AuthToken

from inspections import accounts
from inspections.access import memberships_of
from inspections.accounts import AccountRefused, InvitationNotSent
from inspections.command_line_account import is_command_line_account
from inspections.models import AccountChange, Membership
from tests.world import PASSWORD, make_provider, make_user
from tracker.api_tokens import issue_token

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
NEW_PASSWORD = "another quite long pass phrase"


@pytest.fixture
def operator() -> User:
    return User.objects.create_superuser("operator", "op@tracker.example", PASSWORD)


def invited(operator: User, **details: str) -> User:
    who = {"email": "Nora@Tracker.example", "first_name": "Nora", "last_name": "New", **details}
    return accounts.invite(**who, actor=operator, now=NOW)


def link_sent(person: User, operator: User) -> str:
    accounts.send_invitation(person=person, actor=operator, now=NOW)
    found = re.search(
        r"https?://[^/\s]+(/accounts/password/reset/key/\S+)", str(mail.outbox[-1].body)
    )
    assert found
    return found[1]


def choose_password(client: Client, link: str) -> Any:
    page = client.get(link, follow=True)
    address = page.redirect_chain[-1][0] if page.redirect_chain else link
    return client.post(address, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})


def kinds(person: User) -> list[str]:
    changes = AccountChange.objects.filter(account=person).order_by("pk")
    return list(changes.values_list("kind", flat=True))


# --- Invited --------------------------------------------------------------------------------------


def test_whoever_is_invited_has_no_password_and_a_verified_address(operator: User) -> None:
    person = invited(operator)
    assert not person.has_usable_password()
    address = EmailAddress.objects.get(user=person)
    assert (address.email, address.verified, address.primary) == (
        "nora@tracker.example",
        True,
        True,
    )
    (change,) = AccountChange.objects.all()
    assert (change.kind, change.noted_by, change.noted_at) == ("invited", operator, NOW)


def test_the_link_of_the_invitation_opens_the_account_once(client: Client, operator: User) -> None:
    person = invited(operator)
    link = link_sent(person, operator)
    assert mail.outbox[-1].to == ["nora@tracker.example"]
    assert choose_password(client, link).status_code == 302
    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)
    assert not accounts.awaits_password(person)
    assert "The link no longer works" in Client().get(link, follow=True).content.decode()
    with pytest.raises(AccountRefused):
        accounts.send_invitation(person=person, actor=operator, now=NOW)


def test_an_invitation_leads_to_our_own_site(operator: User, settings: Any) -> None:
    settings.SITE_URL = "https://tracker.example"
    link_sent(invited(operator), operator)
    addresses = re.findall(r"https?://\S+", str(mail.outbox[-1].body))
    assert len(addresses) == 3
    assert all(address.startswith("https://tracker.example") for address in addresses)


def test_a_mail_that_cannot_leave_is_told_and_the_account_stands(
    operator: User, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    person = invited(operator)
    with pytest.raises(InvitationNotSent, match="send it again"):
        accounts.send_invitation(person=person, actor=operator, now=NOW)
    assert User.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize(
    ("details", "sentence"),
    [
        ({"email": "not an address"}, accounts.NOT_AN_ADDRESS),
        ({"email": "OP@tracker.example"}, accounts.TAKEN),
        ({"first_name": " "}, accounts.NAME_MISSING),
        ({"last_name": "See http://evil.example/now"}, accounts.NOT_A_NAME),
        ({"last_name": "evil.example"}, accounts.NOT_A_NAME),
        ({"first_name": "x" * 101}, accounts.NOT_A_NAME),
    ],
)
def test_an_invitation_that_cannot_be_is_refused_in_words(
    operator: User, details: dict[str, str], sentence: str
) -> None:
    with pytest.raises(AccountRefused) as refusal:
        invited(operator, **details)
    assert str(refusal.value) == sentence
    assert User.objects.count() == 1


@pytest.mark.parametrize("name", ["O’Brien", "d'Arcy-Jones", "St. John", "Ångström", "Nguyễn"])
def test_real_names_are_names(operator: User, name: str) -> None:
    assert invited(operator, last_name=name).last_name == name


def test_names_for_signing_in_are_told_apart(operator: User) -> None:
    first = invited(operator)
    second = invited(operator, email="other@tracker.example")
    assert (first.username, second.username) == ("nora.new", "nora.new.2")


# --- Deactivated and reactivated ------------------------------------------------------------------


@pytest.fixture
def lead() -> User:
    return make_user("Lena Lead", Membership.Role.PDU_LEAD, make_provider())


def shut(person: User, operator: User, reason: str = "Left the service") -> None:
    accounts.deactivate(person=person, reason=reason, actor=operator, now=NOW)


def test_a_deactivation_ends_sessions_and_tokens_at_once(operator: User, lead: User) -> None:
    inside = Client()
    inside.force_login(lead)
    token = issue_token(user=lead)
    bearer = {"Authorization": f"Bearer {token}"}
    assert Client().get("/api/v1/recommendations/", headers=bearer).status_code == 200
    shut(lead, operator)
    assert inside.get("/admin/").status_code == 302
    assert Client().get("/api/v1/recommendations/", headers=bearer).status_code == 401
    assert not AuthToken.objects.filter(user=lead).exists()


def test_memberships_stay_on_record_and_give_no_power(operator: User, lead: User) -> None:
    shut(lead, operator)
    lead.refresh_from_db()
    held = Membership.objects.get(user=lead)
    assert held.ends_on is None
    assert not memberships_of(lead, NOW.date()).exists()


def test_neither_password_nor_session_nor_link_survives(operator: User, lead: User) -> None:
    inside = Client()
    inside.force_login(lead)
    person = invited(operator)
    link = link_sent(person, operator)
    for each in (lead, person):
        shut(each, operator)
        accounts.reactivate(person=each, actor=operator, now=NOW)
        each.refresh_from_db()
        assert each.is_active
    assert inside.get("/admin/").status_code == 302
    assert not Client().login(username=lead.username, password=PASSWORD)
    assert "The link no longer works" in Client().get(link, follow=True).content.decode()
    assert kinds(lead) == ["deactivated", "reactivated"]


def test_whoever_is_let_in_again_chooses_a_new_password(
    client: Client, operator: User, lead: User
) -> None:
    shut(lead, operator)
    accounts.reactivate(person=lead, actor=operator, now=NOW)
    lead.refresh_from_db()
    choose_password(client, link_sent(lead, operator))
    lead.refresh_from_db()
    assert lead.check_password(NEW_PASSWORD)


def test_a_deactivated_operator_comes_back_as_nobody_special(operator: User) -> None:
    other = User.objects.create_superuser("other", "other@tracker.example", PASSWORD)
    shut(other, operator)
    accounts.reactivate(person=other, actor=operator, now=NOW)
    other.refresh_from_db()
    assert not other.is_superuser


def test_a_deactivation_has_a_reason_and_is_nobodys_own(operator: User, lead: User) -> None:
    with pytest.raises(AccountRefused, match="Say why"):
        shut(lead, operator, reason="  ")
    with pytest.raises(AccountRefused, match="their own"):
        shut(operator, operator)
    assert not User.objects.filter(is_active=False).exists()


def test_what_is_sent_twice_is_done_once(operator: User, lead: User) -> None:
    for _ in range(2):
        shut(lead, operator)
    for _ in range(2):
        accounts.reactivate(person=lead, actor=operator, now=NOW)
    assert kinds(lead) == ["deactivated", "reactivated"]


# --- Two who act at once --------------------------------------------------------------------------


def test_of_two_operators_who_shut_one_another_out_one_remains(operator: User) -> None:
    other = User.objects.create_superuser("other", "other@tracker.example", PASSWORD)
    as_she_came = User.objects.get(pk=other.pk)
    shut(other, operator)
    with pytest.raises(AccountRefused) as refusal:
        shut(operator, as_she_came)
    assert str(refusal.value) == accounts.NO_OPERATOR
    assert list(User.objects.filter(is_active=True, is_superuser=True)) == [operator]


def test_of_two_operators_who_take_the_part_from_one_another_one_remains(operator: User) -> None:
    other = User.objects.create_superuser("other", "other@tracker.example", PASSWORD)
    me, them = (User.objects.get(pk=each.pk) for each in (operator, other))
    me.is_superuser = them.is_superuser = False
    accounts.store_particulars(person=them, actor=operator, now=NOW)
    with pytest.raises(AccountRefused):
        accounts.store_particulars(person=me, actor=other, now=NOW)
    assert list(User.objects.filter(is_superuser=True)) == [operator]


def test_who_is_shut_out_while_the_particulars_are_changed_stays_out(operator: User) -> None:
    other = User.objects.create_superuser("other", "other@tracker.example", PASSWORD)
    as_it_was = User.objects.get(pk=other.pk)
    shut(other, operator)
    as_it_was.first_name = "Olga"
    accounts.store_particulars(person=as_it_was, actor=operator, now=NOW)
    other.refresh_from_db()
    assert (other.first_name, other.is_active, other.is_superuser) == ("Olga", False, False)
    assert not other.has_usable_password()


def test_who_is_shut_out_while_choosing_a_password_stays_out(operator: User, lead: User) -> None:
    as_it_was = User.objects.get(pk=lead.pk)
    shut(lead, operator)
    with pytest.raises(PermissionDenied):
        get_adapter().set_password(as_it_was, NEW_PASSWORD)
    lead.refresh_from_db()
    assert not lead.is_active
    assert not lead.has_usable_password()


# --- Names for signing in -------------------------------------------------------------------------


def test_nobody_gets_the_name_of_the_command_line(operator: User) -> None:
    """Deactivated, the account would publish in the command line's name."""
    person = invited(operator, first_name="Command Line", last_name="’")
    shut(person, operator)
    person.refresh_from_db()
    assert not is_command_line_account(person)


def test_the_longest_names_find_a_place(operator: User) -> None:
    names = {"first_name": "A" * 100, "last_name": "B" * 100}
    persons = [invited(operator, email=f"{n}@tracker.example", **names) for n in range(2)]
    assert len({person.username for person in persons}) == 2
    assert all(len(person.username) <= 150 for person in persons)


def test_an_address_that_no_column_holds_is_refused(operator: User) -> None:
    long = f"{'a' * 60}@{'.'.join(['b' * 60] * 4)}.example"
    with pytest.raises(AccountRefused) as refusal:
        invited(operator, email=long)
    assert str(refusal.value) == accounts.NOT_AN_ADDRESS
