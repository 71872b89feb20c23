"""The admin of accounts: operators invite, deactivate and reactivate; nobody else gets in."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from config.people.deeds import NO_ADDRESS, SLOWER
from config.people.forms import SHUT_OUT, STAYS_OPERATOR
from inspections.command_line_account import command_line_account
from inspections.govuk_dates import govuk_date
from inspections.models import AccountChange, Membership
from tests.tracker.story import Story
from tests.visitor import Visitor, said
from tests.world import PASSWORD, make_provider, make_user
from tracker.domain import commands as c

pytestmark = pytest.mark.django_db
PEOPLE = "/admin/auth/user/"
NORA = {"email": "nora@tracker.example", "first_name": "Nora", "last_name": "New"}


@pytest.fixture(autouse=True)
def _nothing_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def boss(db: None) -> User:
    return User.objects.create_superuser("operator", "o@tracker.example", PASSWORD)


@pytest.fixture
def operator(boss: User) -> Visitor:
    return Visitor(boss)


@pytest.fixture
def lead(db: None) -> User:
    return make_user("Lena Lead", Membership.Role.PDU_LEAD, make_provider())


def address(person: User, place: str) -> str:
    return f"{PEOPLE}{person.pk}/{place}/"


def nora(operator: Visitor) -> User:
    assert operator.client.post(f"{PEOPLE}add/", NORA).status_code == 302
    return User.objects.get(email=NORA["email"])


def noted(person: User) -> list[str]:
    found = AccountChange.objects.filter(account=person).order_by("pk")
    return list(found.values_list("kind", flat=True))


# --- Invited --------------------------------------------------------------------------------------


def test_an_operator_invites_a_person_and_sees_that_they_have_not_been_in(
    operator: Visitor, boss: User
) -> None:
    person = nora(operator)
    assert [message.to for message in mail.outbox] == [[NORA["email"]]]
    page = operator.read(address(person, "change"))
    assert "Invited, not yet signed in" in page
    assert f"Invited by {boss.username}" in page
    assert "Nora New" in operator.read(PEOPLE, standing="invited")
    assert "Nora New" not in operator.read(PEOPLE, standing="active")


def test_an_operator_made_at_the_command_line_starts_a_system_without_demo_data(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", interactive=False, username="first", email="f@tracker.example")
    client.post("/accounts/login/", {"login": "first", "password": PASSWORD})
    role = {"role": "hmip_administrator", "starts_on": timezone.localdate().isoformat()}
    client.post("/admin/inspections/membership/add/", {**NORA, **role})

    person = User.objects.get(email=NORA["email"])
    assert Membership.objects.get(user=person).role == Membership.Role.HMIP_ADMINISTRATOR
    [link] = re.findall(r"http://\S+/accounts/password/reset/key/\S+", str(mail.outbox[0].body))
    administrator = Client()
    form = administrator.get(urlsplit(link).path)["Location"]
    assert "Choose a password" in administrator.get(form).content.decode()
    chosen = {"password1": "a new pass phrase", "password2": "a new pass phrase"}
    done = administrator.post(form, chosen, follow=True).content.decode()
    assert "Your password is saved" in done
    assert "changed" not in done
    administrator.post(
        "/accounts/login/", {"login": NORA["email"], "password": "a new pass phrase"}
    )
    page = administrator.get("/admin/inspections/inspection/import/")
    assert page.status_code == 200


def test_the_page_leads_on_to_giving_a_role(operator: Visitor) -> None:
    found = operator.get(address(nora(operator), "change")).context["give_role"]
    form = operator.get(found).context["form"]
    assert form["email"].value() == NORA["email"]
    assert form["first_name"].value() == "Nora"


def test_an_invitation_is_sent_again_at_a_sensible_pace(operator: Visitor) -> None:
    person = nora(operator)
    assert NORA["email"] in operator.read(address(person, "invite"))
    for _ in range(3):
        assert operator.client.post(address(person, "invite")).status_code == 302
    assert len(mail.outbox) == 4
    assert SLOWER in said(operator.client.post(address(person, "invite")))["__all__"]
    assert len(mail.outbox) == 4
    assert noted(person) == ["invited"] + ["invited_again"] * 3


def test_looking_at_the_form_sends_nothing(operator: Visitor) -> None:
    person = nora(operator)
    operator.get(address(person, "invite"))
    operator.get(address(person, "deactivate"))
    assert len(mail.outbox) == 1
    assert User.objects.get(pk=person.pk).is_active


def test_somebody_with_a_password_is_not_invited(operator: Visitor, lead: User) -> None:
    assert "Invite again" not in operator.read(address(lead, "change"))
    assert said(operator.client.post(address(lead, "invite")))["__all__"]
    assert mail.outbox == []


def test_an_incomplete_invitation_keeps_what_was_typed(operator: Visitor) -> None:
    answer = operator.client.post(f"{PEOPLE}add/", {**NORA, "last_name": ""})
    assert said(answer) == {"last_name": ["Enter the last name."]}
    assert NORA["email"] in answer.content.decode()


# --- Deactivated, reactivated ---------------------------------------------------------------------


def test_an_operator_deactivates_with_a_reason_and_sees_the_open_work(operator: Visitor) -> None:
    story = Story()
    story.tell(c.Assign(accountable_id=story.lead.pk))
    page = operator.read(address(story.lead, "deactivate"))
    assert "Recommendation 1, Northmarch PDU: accountable" in page
    assert story.recommendation.text not in page
    assert list(said(operator.client.post(address(story.lead, "deactivate")))) == ["reason"]
    sent = {"reason": "Left the service"}
    assert operator.client.post(address(story.lead, "deactivate"), sent).status_code == 302
    assert not User.objects.get(pk=story.lead.pk).is_active
    page = operator.read(address(story.lead, "change"))
    assert "Deactivated" in page
    assert "Left the service" in page


def test_an_operator_lets_somebody_in_again(operator: Visitor, lead: User) -> None:
    operator.client.post(address(lead, "deactivate"), {"reason": "Leave"})
    User.objects.filter(pk=lead.pk).update(email="")
    operator.client.post(address(lead, "reactivate"))
    assert NO_ADDRESS in operator.read(address(lead, "change"))
    operator.client.post(address(lead, "change"), {"email": "lena-lead@tracker.example"})
    operator.client.post(address(lead, "deactivate"), {"reason": "Leave"})
    page = operator.read(address(lead, "reactivate"))
    assert lead.email in page
    assert operator.client.post(address(lead, "reactivate")).status_code == 302
    assert User.objects.get(pk=lead.pk).is_active
    assert [message.to for message in mail.outbox] == [[lead.email]]
    assert noted(lead) == [
        "deactivated",
        "reactivated",
        "address_changed",
        "deactivated",
        "reactivated",
        "invited_again",
    ]


def test_operators_neither_shut_themselves_out_nor_step_down(operator: Visitor, boss: User) -> None:
    sent = {"reason": "Tired"}
    assert said(operator.client.post(address(boss, "deactivate"), sent))["__all__"]
    answer = operator.client.post(address(boss, "change"), {"email": boss.email})
    assert STAYS_OPERATOR in answer.content.decode()
    boss.refresh_from_db()
    assert boss.is_active
    assert boss.is_superuser


def test_what_decides_who_gets_in_is_noted(operator: Visitor, lead: User) -> None:
    changed = {"email": "lena@elsewhere.example", "is_superuser": "on", "first_name": "Lena"}
    assert operator.client.post(address(lead, "change"), changed).status_code == 302
    assert noted(lead) == ["address_changed", "made_operator"]
    page = operator.read(address(lead, "change"))
    assert "It was lena-lead@tracker.example." in page
    operator.client.post(address(lead, "change"), {"email": "lena@elsewhere.example"})
    assert noted(lead)[-1] == "operator_no_more"


def test_neither_state_nor_password_nor_flags_are_fields(operator: Visitor, lead: User) -> None:
    page = operator.read(address(lead, "change"))
    for name in ("is_staff", "is_active", "user_permissions", "password", "groups"):
        assert f'name="{name}"' not in page
    forged = {"email": lead.email, "is_staff": "on", "is_active": "", "last_login": ""}
    operator.client.post(address(lead, "change"), forged)
    lead.refresh_from_db()
    assert lead.is_active
    assert not lead.is_staff


def test_nobody_is_deleted(operator: Visitor, lead: User) -> None:
    assert operator.client.post(address(lead, "delete"), {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=lead.pk).exists()


def test_the_account_of_the_command_line_is_nobodys_to_open(operator: Visitor) -> None:
    account = command_line_account()
    assert account.username not in operator.read(PEOPLE)
    for place in ("change", "reactivate", "invite"):
        assert operator.client.post(address(account, place), {}).status_code == 404
    account.refresh_from_db()
    assert not account.is_active


# --- Who gets in ----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["pdu_lead", "regional_lead", "hmip_administrator", "inspector"])
def test_nobody_but_an_operator_opens_or_sends_anything(role: str, lead: User) -> None:
    region = make_provider().region if role == "regional_lead" else None
    place = {"pdu_lead": make_provider(), "regional_lead": region}.get(role)
    visitor = Visitor(make_user("Rae Role", role, place))
    for page in ("change", "deactivate", "reactivate", "invite"):
        assert visitor.get(address(lead, page)).status_code == 404
        sent: dict[str, Any] = {"reason": "Forged", "email": "forged@evil.example"}
        assert visitor.client.post(address(lead, page), sent).status_code == 404
    assert visitor.client.post(f"{PEOPLE}add/", NORA).status_code == 403
    lead.refresh_from_db()
    assert lead.is_active
    assert lead.email != "forged@evil.example"
    assert not User.objects.filter(email=NORA["email"]).exists()


def test_the_day_somebody_last_signed_in_is_shown(operator: Visitor, lead: User) -> None:
    User.objects.filter(pk=lead.pk).update(last_login=timezone.now())
    page = operator.read(address(lead, "change"))
    assert govuk_date(timezone.localdate()) in page


def test_a_form_opened_before_a_deactivation_gives_no_part_back(
    operator: Visitor, lead: User
) -> None:
    lead.is_superuser = True
    lead.save()
    opened = {"first_name": "Lena", "last_name": "Lead", "email": lead.email, "is_superuser": "on"}
    operator.client.post(address(lead, "deactivate"), {"reason": "Left the service"})
    response = operator.client.post(address(lead, "change"), opened)
    assert response.context["adminform"].form.errors == {"is_superuser": [SHUT_OUT]}
    lead.refresh_from_db()
    assert not lead.is_superuser


def test_the_earlier_address_hears_that_it_was_changed(
    operator: Visitor, lead: User, django_capture_on_commit_callbacks: Any
) -> None:
    """Whoever reads mail to the new one can sign in: the person must not learn it last."""
    sent = {"first_name": "Lena", "last_name": "Lead", "email": "new@tracker.example"}
    with django_capture_on_commit_callbacks(execute=True):
        operator.client.post(address(lead, "change"), sent)
    (message,) = mail.outbox
    assert message.to == [lead.email]
    assert "another email address" in message.body
    assert "new@tracker.example" not in message.body
    with django_capture_on_commit_callbacks(execute=True):
        operator.client.post(address(lead, "change"), {**sent, "first_name": "Lene"})
    assert len(mail.outbox) == 1
