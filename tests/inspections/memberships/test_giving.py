"""Who gives which role where; what is refused, and in which words."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from inspections.accounts import AccountRefused
from inspections.memberships import (
    MembershipRefused,
    end_membership,
    give_by_address,
    give_membership,
    giving,
    reach_of,
)
from inspections.models import Membership, Provider
from tests.inspections.memberships.conftest import NOW, TODAY, Land, Role, day
from tests.world import make_provider, make_user

PLACES = ("home", "neighbour", "abroad", "region", None)
UNIT_ROLES = {Role.PDU_LEAD, Role.ACTION_OWNER}
REGION_ROLES = {Role.REGIONAL_LEAD, Role.ACTION_OWNER}
AT_HMIP = set(Membership.AT_HMIP)
MAY_GIVE: dict[str, dict[str | None, set[Any]]] = {
    "lead": {"home": UNIT_ROLES},
    "regional": {"home": UNIT_ROLES, "neighbour": UNIT_ROLES, "region": REGION_ROLES},
    "administrator": {None: AT_HMIP},
    "operator": {
        "home": UNIT_ROLES,
        "neighbour": UNIT_ROLES,
        "abroad": UNIT_ROLES,
        "region": REGION_ROLES,
        None: AT_HMIP | {Role.HMPPS_COORDINATOR},
    },
    "newcomer": {},
}


def give(land: Land, by: User, role: str, provider: Provider | None, **more: Any) -> Membership:
    details = {"person": land.newcomer, "starts_on": TODAY, "ends_on": None, **more}
    return give_membership(role=role, provider=provider, actor=by, now=NOW, **details)


def refused(land: Land, by: User, role: str, provider: Provider | None, **more: Any) -> str:
    before = Membership.objects.count()
    with pytest.raises(MembershipRefused) as refusal:
        give(land, by, role, provider, **more)
    assert Membership.objects.count() == before
    return str(refusal.value)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("who", MAY_GIVE)
def test_each_gives_the_roles_within_reach_and_no_other(
    land: Land, who: str, place: str | None
) -> None:
    provider = getattr(land, place) if place else None
    given = set()
    for role in set(Role) - {Role.DELEGATE}:
        person = make_user("Some Body")
        try:
            give(land, getattr(land, who), role, provider, person=person)
        except MembershipRefused:
            assert not Membership.objects.filter(user=person).exists()
        else:
            given.add(role)
    assert given == MAY_GIVE[who].get(place, set())


@pytest.mark.parametrize(
    "role", [Role.DELEGATE, Role.ACTION_OWNER, Role.HMPPS_COORDINATOR, Role.INSPECTOR]
)
def test_others_reach_nothing(land: Land, role: str) -> None:
    provider = land.home if role in Membership.AT_A_PROVIDER else None
    person = make_user("Some Body", role, provider)
    reach = reach_of(person, TODAY)
    assert not reach
    assert not reach.memberships().exists()
    assert not reach.providers().exists()
    assert reach.roles() == ()


def test_what_was_given_says_by_whom_and_when(land: Land) -> None:
    given = give(land, land.lead, Role.ACTION_OWNER, land.home)
    assert (given.given_by, given.given_at, given.ended_at) == (land.lead, NOW, None)


def test_a_role_that_ended_reaches_nothing(land: Land) -> None:
    Membership.objects.filter(user=land.lead).update(ends_on=TODAY - timedelta(days=1))
    assert refused(land, land.lead, Role.ACTION_OWNER, land.home) == giving.NOT_YOURS


@pytest.mark.parametrize("who", ["lead", "regional", "administrator", "operator"])
def test_nobody_gives_themselves_a_role(land: Land, who: str) -> None:
    actor = getattr(land, who)
    places = {"administrator": (Role.LEAD_INSPECTOR, None), "operator": (Role.INSPECTOR, None)}
    role, provider = places.get(who, (Role.ACTION_OWNER, land.home))
    assert refused(land, actor, role, provider, person=actor) == giving.NOT_YOURSELF


@pytest.mark.parametrize("who", ["administrator", "operator"])
def test_whoever_holds_a_role_at_a_provider_names_no_inspectors(land: Land, who: str) -> None:
    actor = getattr(land, who)
    Membership.objects.create(
        user=actor, role=Role.ACTION_OWNER, provider=land.home, starts_on=TODAY
    )
    assert refused(land, actor, Role.INSPECTOR, None) == giving.NOT_YOURS


@pytest.mark.parametrize("who", ["lead", "regional"])
@pytest.mark.parametrize("role", Membership.AT_HMIP)
def test_a_provider_cannot_make_an_inspector_one_of_its_own(
    land: Land, who: str, role: str
) -> None:
    """Else the inspector could never judge the unit any more."""
    inspector = make_user("Ina Inspector", role)
    said = refused(land, getattr(land, who), Role.ACTION_OWNER, land.home, person=inspector)
    assert said == giving.ASK_AN_OPERATOR
    give(land, land.operator, Role.ACTION_OWNER, land.home, person=inspector)


def test_a_deactivated_person_is_given_nothing(land: Land) -> None:
    User.objects.filter(pk=land.newcomer.pk).update(is_active=False)
    land.newcomer.refresh_from_db()
    assert refused(land, land.lead, Role.ACTION_OWNER, land.home) == giving.ASK_AN_OPERATOR
    assert refused(land, land.operator, Role.ACTION_OWNER, land.home) == giving.DEACTIVATED


@pytest.mark.parametrize(
    ("role", "place", "sentence"),
    [
        (Role.PDU_LEAD, None, giving.PROVIDER_MISSING),
        (Role.INSPECTOR, "home", giving.PROVIDER_NOT_WANTED),
        (Role.PDU_LEAD, "region", giving.NO_PDU_LEAD_HERE),
        (Role.REGIONAL_LEAD, "home", giving.NO_REGIONAL_LEAD_HERE),
    ],
)
def test_a_role_is_given_where_such_a_role_is_held(
    land: Land, role: str, place: str | None, sentence: str
) -> None:
    provider = getattr(land, place) if place else None
    assert refused(land, land.operator, role, provider) == sentence


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "sentence"),
    [
        (day("2026-11-24"), None, giving.IN_THE_PAST),
        (day("2026-12-01"), day("2026-11-30"), giving.ENDS_TOO_EARLY),
        (day("2062-11-25"), None, giving.FAR_AHEAD),
    ],
)
def test_days_that_cannot_be_are_refused_in_words(
    land: Land, starts_on: date, ends_on: date | None, sentence: str
) -> None:
    days = {"starts_on": starts_on, "ends_on": ends_on}
    assert refused(land, land.lead, Role.ACTION_OWNER, land.home, **days) == sentence


def test_only_operators_write_down_what_began_earlier(land: Land) -> None:
    given = give(land, land.operator, Role.PDU_LEAD, land.home, starts_on=day("2026-01-01"))
    assert given.starts_on == day("2026-01-01")


def test_the_same_role_twice_at_a_time_is_refused_in_words(land: Land) -> None:
    last = day("2026-12-31")
    give(land, land.lead, Role.ACTION_OWNER, land.home, ends_on=last)
    said = refused(land, land.lead, Role.ACTION_OWNER, land.home, starts_on=last)
    assert said.startswith("Nora New holds this role there from 25 November 2026 until 31 December")
    give(land, land.lead, Role.ACTION_OWNER, land.home, starts_on=last + timedelta(days=1))


def test_a_form_that_is_sent_twice_gives_the_role_once(land: Land) -> None:
    first = give(land, land.lead, Role.ACTION_OWNER, land.home)
    assert give(land, land.lead, Role.ACTION_OWNER, land.home) == first
    assert Membership.objects.filter(user=land.newcomer).count() == 1


# --- Delegates ------------------------------------------------------------------------------------


def delegate(land: Land, by: User, **more: Any) -> Membership:
    details = {"on_behalf_of": land.lead, "ends_on": day("2026-12-24"), **more}
    return give(land, by, Role.DELEGATE, land.home, **details)


@pytest.mark.parametrize("who", ["lead", "regional", "operator"])
def test_a_delegate_is_named_by_the_lead_the_region_or_an_operator(land: Land, who: str) -> None:
    named = delegate(land, getattr(land, who))
    assert (named.on_behalf_of, named.ends_on) == (land.lead, day("2026-12-24"))


def test_a_regional_lead_names_a_delegate_for_the_region(land: Land) -> None:
    named = give(land, land.regional, Role.DELEGATE, land.region, on_behalf_of=land.regional)
    assert named.provider == land.region


@pytest.mark.parametrize("who", ["newcomer", "administrator"])
def test_others_name_no_delegate(land: Land, who: str) -> None:
    with pytest.raises(MembershipRefused):
        delegate(land, getattr(land, who), person=make_user("Dee Delegate"))


def test_a_delegate_without_a_lead_is_refused(land: Land) -> None:
    said = refused(land, land.lead, Role.DELEGATE, land.home, on_behalf_of=None)
    assert said == giving.NO_LEAD


def test_nobody_stands_in_for_themselves(land: Land) -> None:
    said = refused(
        land, land.operator, Role.DELEGATE, land.home, person=land.lead, on_behalf_of=land.lead
    )
    assert said == giving.NOT_THEIR_OWN


def test_a_delegate_stands_in_for_somebody_who_leads_there(land: Land) -> None:
    owner = make_user("Owen Owner", Role.ACTION_OWNER, land.home)
    elsewhere = make_user("Ed Elsewhere", Role.PDU_LEAD, make_provider("Farmarch PDU"))
    for somebody in (owner, elsewhere, land.regional):
        with pytest.raises(MembershipRefused, match="does not lead there"):
            delegate(land, land.operator, on_behalf_of=somebody)


def test_a_delegate_does_not_outlast_the_lead(land: Land) -> None:
    Membership.objects.filter(user=land.lead).update(ends_on=day("2026-12-20"))
    for ends_on in (None, day("2026-12-24")):
        with pytest.raises(MembershipRefused, match="ends on 20 December 2026"):
            delegate(land, land.lead, ends_on=ends_on)
    delegate(land, land.lead, ends_on=day("2026-12-20"))


def test_standing_in_twice_at_a_time_is_answered_in_words(land: Land) -> None:
    delegate(land, land.lead)
    with pytest.raises(MembershipRefused, match="Nora New holds this role there for Lena Lead"):
        delegate(land, land.lead, starts_on=day("2026-12-20"), ends_on=None)


# --- What an answer tells -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_name": "N0ra"},
        {"last_name": "evil.example/now"},
        {"ends_on": TODAY - timedelta(days=1)},
        {"starts_on": TODAY - timedelta(days=1)},
        {"first_name": "N0ra", "ends_on": TODAY - timedelta(days=1)},
    ],
    ids=["figure in the name", "address in the name", "ends early", "past", "several"],
)
def test_a_refused_form_does_not_tell_who_has_an_account(land: Land, wrong: Any) -> None:
    """Else a lead could ask about the whole country, and nothing would be on record."""
    answers = set()
    inspector = make_user("Ina Inspector", Role.INSPECTOR)
    for email in (land.newcomer.email, inspector.email, "nobody@tracker.example"):
        form = {"first_name": "Nora", "last_name": "New", "starts_on": TODAY, "ends_on": None}
        with pytest.raises((MembershipRefused, AccountRefused)) as refusal:
            give_by_address(
                email=email,
                role=Role.ACTION_OWNER,
                provider=land.home,
                actor=land.lead,
                now=NOW,
                **{**form, **wrong},
            )
        answers.add(str(refusal.value))
    assert len(answers) == 1


def test_a_provider_cannot_take_in_somebody_about_to_inspect(land: Land) -> None:
    coming = make_user("Ivy Coming", Role.INSPECTOR, starts_on=TODAY + timedelta(days=1))
    said = refused(land, land.lead, Role.ACTION_OWNER, land.home, person=coming)
    assert said == giving.ASK_AN_OPERATOR


def test_somebody_who_inspects_no_more_is_taken_in(land: Land) -> None:
    former = make_user("Ida Former", Role.INSPECTOR, ends_on=TODAY - timedelta(days=1))
    assert give(land, land.lead, Role.ACTION_OWNER, land.home, person=former).pk


@pytest.mark.parametrize("role", [Role.ACTION_OWNER, Role.INSPECTOR])
def test_what_was_ended_before_it_began_is_given_anew(land: Land, role: str) -> None:
    provider, by = (None, land.operator) if role == Role.INSPECTOR else (land.home, land.lead)
    start = TODAY + timedelta(days=3)
    first = give(land, by, role, provider, starts_on=start)
    end_membership(membership=first, last_day=TODAY, actor=by, now=NOW)
    again = give(land, by, role, provider, starts_on=start)
    assert again.pk != first.pk
    assert again.ends_on is None
