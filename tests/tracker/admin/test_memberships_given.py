"""Giving roles in the admin: who finds what, who may give what, and what a forger gains."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache

from inspections.models import Membership
from tests.tracker.admin.conftest import CANARY
from tests.tracker.story import TODAY, Story
from tests.visitor import Visitor, said
from tests.world import PASSWORD, make_user
from tracker.domain.vocabulary import Role

pytestmark = pytest.mark.django_db
LIST = "/admin/inspections/membership/"
ADD = f"{LIST}add/"
DELEGATE = f"{LIST}delegate/"
NORA = {"email": "nora@tracker.example", "first_name": "Nora", "last_name": "New"}
NAMELESS = {"first_name": "", "last_name": ""}


@pytest.fixture(autouse=True)
def _nothing_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def operator(db: None) -> Visitor:
    return Visitor(User.objects.create_superuser("operator", "o@tracker.example", PASSWORD))


def send(visitor: Visitor, path: str = ADD, **fields: Any) -> Any:
    return visitor.client.post(path, {"starts_on": TODAY.isoformat(), **NORA, **fields})


def membership_of(user: User) -> Membership:
    return Membership.objects.get(user=user)


# --- Who sees which -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("lead", {"Lena Lead", "Owen Owner", "Dee Delegate"}),
        ("regional lead", {"Lena Lead", "Owen Owner", "Dee Delegate", "Rhys Region"}),
        ("administrator", {"Ina Inspector", "Ines Inspector", "Hal Administrator"}),
    ],
)
def test_each_sees_the_memberships_within_reach(
    people: dict[str, User], who: str, seen: set[str]
) -> None:
    page = Visitor(people[who]).read(LIST)
    names = {user.get_full_name() for user in people.values()}
    assert {name for name in names if f">{name}</a>" in page} == seen


def test_an_operator_sees_all(people: dict[str, User], operator: Visitor) -> None:
    page = operator.read(LIST)
    assert all(user.get_full_name() in page for user in people.values())


@pytest.mark.parametrize(
    "who", ["owner", "delegate", "co-ordinator", "inspector", "lead inspector"]
)
def test_others_find_no_memberships(people: dict[str, User], who: str) -> None:
    visitor = Visitor(people[who])
    assert visitor.get(LIST).status_code == 403
    assert visitor.get(ADD).status_code == 403
    assert send(visitor, role="pdu_lead").status_code == 403
    assert visitor.get(DELEGATE).status_code == 403
    ours = membership_of(people["lead"]).pk
    assert visitor.get(f"{LIST}{ours}/end/").status_code == 404
    assert visitor.get(f"{LIST}{ours}/change/").status_code in (403, 404)


def test_what_is_elsewhere_is_answered_as_what_is_missing(
    story: Story, foreign: Story, lead: Visitor
) -> None:
    theirs = membership_of(foreign.lead).pk
    for place in ("change/", "end/", "ended/"):
        answers = [lead.get(f"{LIST}{pk}/{place}") for pk in (theirs, 987_654)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert CANARY not in answers[0].content.decode()
    end = {"last_day": TODAY.isoformat(), "reason": "Forged"}
    assert lead.client.post(f"{LIST}{theirs}/end/", end).status_code == 404
    assert membership_of(foreign.lead).ended_at is None
    for query in ("?q=canary", "?role=pdu_lead", ""):
        assert CANARY not in lead.read(f"{LIST}{query}")
    assert CANARY not in lead.read(ADD)
    assert CANARY not in lead.read(DELEGATE)


def test_a_membership_is_neither_rewritten_nor_deleted(story: Story, lead: Visitor) -> None:
    ours = membership_of(story.lead)
    for place in ("change/", "delete/"):
        sent = {"role": "regional_lead", "post": "yes"}
        assert lead.client.post(f"{LIST}{ours.pk}/{place}", sent).status_code == 403
    assert membership_of(story.lead).role == "pdu_lead"


def test_the_page_of_one_says_who_gave_and_ended_it(story: Story, lead: Visitor) -> None:
    owner = make_user(
        "Owen Owner", Role.ACTION_OWNER, story.unit, given_by=story.lead, given_at=story.now
    )
    page = lead.read(f"{LIST}{membership_of(owner).pk}/change/")
    assert "by Lena Lead" in page
    assert "End this membership" in page


# --- Who gives which ------------------------------------------------------------------------------


def test_a_lead_invites_somebody_for_the_own_unit(story: Story, lead: Visitor) -> None:
    assert send(lead, role="action_owner", provider=story.unit.pk).status_code == 302
    nora = User.objects.get(email="nora@tracker.example")
    held = membership_of(nora)
    assert (held.role, held.provider, held.given_by) == ("action_owner", story.unit, story.lead)
    assert not nora.has_usable_password()
    assert [message.to for message in mail.outbox] == [["nora@tracker.example"]]
    assert "An invitation is on its way" in lead.read(LIST)


def test_somebody_who_has_an_account_gets_the_role_and_keeps_the_name(
    story: Story, lead: Visitor
) -> None:
    known = make_user("Known Already")
    names = {"email": known.email.upper(), "first_name": "Another", "last_name": "Name"}
    assert send(lead, role="pdu_lead", provider=story.unit.pk, **names).status_code == 302
    assert membership_of(known).role == "pdu_lead"
    known.refresh_from_db()
    assert known.get_full_name() == "Known Already"
    assert User.objects.filter(email__iexact=known.email).count() == 1
    assert mail.outbox == []


def test_a_lead_chooses_among_the_own_unit_alone(story: Story, lead: Visitor) -> None:
    form = lead.get(ADD).context["form"]
    assert [value for value, _ in form.fields["role"].choices] == ["pdu_lead", "action_owner"]
    assert list(form.fields["provider"].queryset) == [story.unit]
    assert form["provider"].value() == story.unit.pk


def test_an_administrator_chooses_among_the_roles_at_hmip(people: dict[str, User]) -> None:
    form = Visitor(people["administrator"]).get(ADD).context["form"]
    assert [value for value, _ in form.fields["role"].choices] == [
        "inspector",
        "lead_inspector",
        "hmip_administrator",
    ]
    assert "provider" not in form.fields


@pytest.mark.parametrize("role", ["regional_lead", "inspector", "hmip_administrator", "delegate"])
def test_a_lead_cannot_forge_another_role(story: Story, lead: Visitor, role: str) -> None:
    for provider in (story.unit.pk, ""):
        answer = send(lead, role=role, provider=provider)
        assert said(answer)["role"] == ["Choose the role."]
    assert not User.objects.filter(email=NORA["email"]).exists()
    assert mail.outbox == []


def test_a_lead_cannot_forge_another_unit(story: Story, foreign: Story, lead: Visitor) -> None:
    for provider in (foreign.unit.pk, story.unit.region_id, 987_654):
        answer = send(lead, role="action_owner", provider=provider)
        assert said(answer) == {"provider": ["Choose one of the providers on the list."]}
        assert CANARY not in answer.content.decode()
    assert not User.objects.filter(email=NORA["email"]).exists()


def test_nobody_raises_themselves(story: Story, people: dict[str, User], operator: Visitor) -> None:
    raised: dict[str, dict[str, Any]] = {
        "lead": {"role": "pdu_lead", "provider": story.unit.pk},
        "regional lead": {"role": "pdu_lead", "provider": story.unit.pk},
        "administrator": {"role": "lead_inspector"},
    }
    before = Membership.objects.count()
    for who, wanted in raised.items():
        answer = send(Visitor(people[who]), **{**wanted, "email": people[who].email})
        assert "Nobody gives a role to themselves" in said(answer)["email"][0]
    answer = send(operator, role="hmip_administrator", email="o@tracker.example")
    assert "Nobody gives a role to themselves" in said(answer)["email"][0]
    assert Membership.objects.count() == before


def test_a_refused_form_keeps_what_was_typed(story: Story, lead: Visitor) -> None:
    answer = send(lead, role="action_owner", provider=story.unit.pk, starts_on="2020-01-01")
    assert "has passed" in said(answer)["starts_on"][0]
    assert "nora@tracker.example" in answer.content.decode()
    assert not User.objects.filter(email=NORA["email"]).exists()


def test_a_name_with_an_address_in_it_goes_into_no_mail(story: Story, lead: Visitor) -> None:
    answer = send(lead, role="action_owner", provider=story.unit.pk, last_name="evil.example/now")
    assert said(answer)["last_name"]
    assert mail.outbox == []


def test_a_form_that_is_sent_twice_gives_the_role_once(story: Story, lead: Visitor) -> None:
    for _ in range(2):
        assert send(lead, role="action_owner", provider=story.unit.pk).status_code == 302
    assert Membership.objects.filter(user__email=NORA["email"]).count() == 1


def test_roles_are_given_at_a_sensible_pace_by_those_who_do_not_see_everybody(
    story: Story, lead: Visitor, operator: Visitor, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "give_role": "3/h/user"}
    wanted: dict[str, Any] = {"role": "action_owner", "provider": story.unit.pk}
    for _ in range(3):
        send(lead, **wanted, email=story.inspector.email)
    answer = send(lead, **wanted)
    assert "wait a while" in said(answer)["__all__"][0]
    assert "nora@tracker.example" in answer.content.decode()
    assert not User.objects.filter(email=NORA["email"]).exists()
    for number in range(5):
        person = {**wanted, "email": f"n{number}@tracker.example"}
        assert send(operator, **person).status_code == 302


# --- Delegates ------------------------------------------------------------------------------------


def test_an_operator_names_only_who_has_no_account_yet(story: Story, operator: Visitor) -> None:
    known = make_user("Kim Known")
    asked: dict[str, Any] = {"role": "pdu_lead", "provider": story.unit.pk, **NAMELESS}
    assert "has no account yet" in operator.read(ADD)
    assert send(operator, **asked, email=known.email).status_code == 302
    assert membership_of(known).provider == story.unit
    refused = send(operator, **asked)
    assert said(refused) == {"first_name": ["Enter their first and last name."]}
    assert not User.objects.filter(email=NORA["email"]).exists()


def test_nobody_else_learns_from_missing_names_who_has_an_account(
    story: Story, lead: Visitor
) -> None:
    known = make_user("Kim Known")
    asked: dict[str, Any] = {"role": "pdu_lead", "provider": story.unit.pk, **NAMELESS}
    told = said(send(lead, **asked, email=known.email))
    assert told == said(send(lead, **asked))
    assert set(told) == {"first_name", "last_name"}
    assert "so that this form tells nobody who has an account" in lead.read(ADD)
    assert not Membership.objects.filter(user=known).exists()


def test_a_lead_names_a_delegate_for_an_absence(story: Story, lead: Visitor) -> None:
    page = lead.get(DELEGATE)
    assert "On behalf of the lead they record updates" in page.content.decode()
    own = membership_of(story.lead)
    assert page.context["form"]["lead"].value() == own.pk
    sent = {"lead": own.pk, "ends_on": "2026-12-24"}
    assert send(lead, DELEGATE, **sent).status_code == 302
    held = Membership.objects.get(role="delegate")
    assert (held.user.email, held.on_behalf_of) == (NORA["email"], story.lead)
    assert str(held.ends_on) == "2026-12-24"
    assert "Delegate, stands in for Lena Lead" in lead.read(LIST)


def test_a_regional_lead_and_an_operator_name_one_too(
    story: Story, people: dict[str, User], operator: Visitor
) -> None:
    own = membership_of(story.lead).pk
    for number, visitor in enumerate([Visitor(people["regional lead"]), operator]):
        sent = {"lead": own, "email": f"n{number}@tracker.example"}
        assert send(visitor, DELEGATE, **sent).status_code == 302


def test_a_delegate_has_a_lead_of_the_own_unit(
    story: Story, foreign: Story, people: dict[str, User], lead: Visitor
) -> None:
    for forged in (membership_of(foreign.lead).pk, membership_of(people["owner"]).pk, ""):
        answer = send(lead, DELEGATE, lead=forged)
        assert list(said(answer)) == ["lead"]
    assert not User.objects.filter(email=NORA["email"]).exists()


def test_an_administrator_has_nobody_to_stand_in_for(people: dict[str, User]) -> None:
    visitor = Visitor(people["administrator"])
    assert visitor.get(DELEGATE).status_code == 403
    assert "Name a delegate" not in visitor.read(LIST)
