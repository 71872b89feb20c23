from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.utils import timezone

from inspections import access
from inspections.models import Inspection, Membership, Provider, Recommendation
from tests.world import make_inspection, make_provider, make_recommendation, make_user

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 1)
YESTERDAY = date(2026, 9, 30)
TOMORROW = date(2026, 10, 2)
Role = Membership.Role
NATIONAL_ROLES = (
    Role.HMPPS_COORDINATOR,
    Role.INSPECTOR,
    Role.LEAD_INSPECTOR,
    Role.HMIP_ADMINISTRATOR,
)


@dataclass(frozen=True)
class Country:
    """Two units in one region, one unit elsewhere, a recommendation to each and to the region."""

    region: Provider
    home: Provider
    neighbour: Provider
    abroad: Provider
    to_region: Recommendation
    to_home: Recommendation
    to_neighbour: Recommendation
    to_abroad: Recommendation
    draft: Inspection
    embargoed: Inspection

    @property
    def released(self) -> set[Recommendation]:
        return {self.to_region, self.to_home, self.to_neighbour, self.to_abroad}


@pytest.fixture
def country() -> Country:
    region = make_provider("Northmarch", kind=Provider.Kind.REGION)
    other_region = make_provider("Southmarch", kind=Provider.Kind.REGION)
    home = make_provider("Home PDU", region=region)
    neighbour = make_provider("Neighbour PDU", region=region)
    abroad = make_provider("Abroad PDU", region=other_region)
    at_home = make_inspection(home)
    draft = make_inspection(home, state=Inspection.State.DRAFT, published_on=None)
    embargoed = make_inspection(home, state=Inspection.State.EMBARGOED)
    make_recommendation(draft)
    make_recommendation(embargoed)
    return Country(
        region=region,
        home=home,
        neighbour=neighbour,
        abroad=abroad,
        to_home=make_recommendation(at_home),
        to_region=make_recommendation(at_home, addressee=region, addressed_to="Northmarch region"),
        to_neighbour=make_recommendation(make_inspection(neighbour)),
        to_abroad=make_recommendation(make_inspection(abroad)),
        draft=draft,
        embargoed=embargoed,
    )


def _sees(user: Any) -> set[Recommendation]:
    return set(access.visible_recommendations(user, TODAY))


@pytest.mark.parametrize("role", [Role.PDU_LEAD, Role.DELEGATE, Role.ACTION_OWNER])
def test_the_people_of_a_unit_see_what_is_addressed_to_their_unit_alone(
    country: Country, role: str
) -> None:
    person = make_user("Lee Lead", role, country.home)
    assert _sees(person) == {country.to_home}
    assert set(access.visible_providers(person, TODAY)) == {country.home}
    assert set(access.visible_inspections(person, TODAY)) == {country.to_home.inspection}


def test_a_lead_of_two_units_sees_both(country: Country) -> None:
    lead = make_user("Lee Lead", Role.PDU_LEAD, country.home)
    Membership.objects.create(
        user=lead, role=Role.PDU_LEAD, provider=country.abroad, starts_on=YESTERDAY
    )
    assert _sees(lead) == {country.to_home, country.to_abroad}


def test_a_regional_lead_sees_the_region_and_its_units(country: Country) -> None:
    lead = make_user("Rae Regional", Role.REGIONAL_LEAD, country.region)
    assert _sees(lead) == {country.to_region, country.to_home, country.to_neighbour}


@pytest.mark.parametrize("role", NATIONAL_ROLES)
def test_the_inspectorate_and_the_coordinator_see_everything_released_and_nothing_else(
    country: Country, role: str
) -> None:
    person = make_user("Nat National", role)
    assert _sees(person) == country.released


@pytest.mark.parametrize("role", [Role.HMPPS_COORDINATOR, Role.INSPECTOR, Role.LEAD_INSPECTOR])
def test_an_unreleased_inspection_is_absent_for_those_who_are_not_named(
    country: Country, role: str
) -> None:
    person = make_user("Nat National", role)
    unreleased = {country.draft, country.embargoed}
    assert not unreleased & set(access.visible_inspections(person, TODAY))


def test_an_administrator_sees_every_inspection_but_only_released_recommendations(
    country: Country,
) -> None:
    administrator = make_user("Ada Admin", Role.HMIP_ADMINISTRATOR)
    assert set(access.visible_inspections(administrator, TODAY)) == set(Inspection.objects.all())
    assert _sees(administrator) == country.released


@pytest.mark.parametrize("role", [Role.PDU_LEAD, Role.INSPECTOR])
def test_a_named_reader_reads_the_embargoed_inspection_but_no_draft(
    country: Country, role: str
) -> None:
    provider = country.abroad if role == Role.PDU_LEAD else None
    reader = make_user("Nan Named", role, provider)
    country.embargoed.named_readers.add(reader)
    country.draft.named_readers.add(reader)
    seen = set(access.visible_inspections(reader, TODAY))
    assert country.embargoed in seen
    assert country.draft not in seen
    assert not _sees(reader) & set(country.embargoed.recommendations.all())


def test_a_named_reader_without_a_place_in_the_house_reads_nothing(country: Country) -> None:
    reader = make_user("Nan Named")
    country.embargoed.named_readers.add(reader)
    assert not access.visible_inspections(reader, TODAY).exists()


def _outsider(country: Country) -> User:
    return make_user("Otto Outsider")


def _ended(country: Country) -> User:
    return make_user("Eva Ended", Role.PDU_LEAD, country.home, ends_on=YESTERDAY)


def _not_begun(country: Country) -> User:
    return make_user("Fred Future", Role.PDU_LEAD, country.home, starts_on=TOMORROW)


def _ended_inspector(country: Country) -> User:
    return make_user("Eva Ended", Role.INSPECTOR, ends_on=YESTERDAY)


def _deactivated(country: Country) -> User:
    person = make_user("Dee Deactivated", Role.LEAD_INSPECTOR)
    person.is_active = False
    person.save()
    return person


def _superuser_without_membership(country: Country) -> User:
    return User.objects.create_superuser("root", "root@tracker.example", "a long pass phrase")


def _anonymous(country: Country) -> AnonymousUser:
    return AnonymousUser()


@pytest.mark.parametrize(
    "stranger",
    [
        _outsider,
        _ended,
        _not_begun,
        _ended_inspector,
        _deactivated,
        _superuser_without_membership,
        _anonymous,
    ],
)
def test_who_holds_no_place_today_sees_nothing_and_may_do_nothing(
    country: Country, stranger: Any
) -> None:
    person = stranger(country)
    assert _sees(person) == set()
    assert not access.visible_inspections(person, TODAY).exists()
    assert not access.visible_providers(person, TODAY).exists()
    assert access.standings(person, country.to_home, TODAY) == []


def test_the_first_and_the_last_day_of_a_membership_count(country: Country) -> None:
    lead = make_user("Lee Lead", Role.PDU_LEAD, country.home, starts_on=TODAY, ends_on=TODAY)
    assert _sees(lead) == {country.to_home}


def test_everybody_acts_in_the_capacities_held_for_that_recommendation(country: Country) -> None:
    lead = make_user("Lee Lead", Role.PDU_LEAD, country.home)
    regional = make_user("Rae Regional", Role.REGIONAL_LEAD, country.region)
    inspector = make_user("Ida Inspector", Role.INSPECTOR)
    stand_in = make_user("Del Delegate", Role.DELEGATE, country.home, on_behalf_of=lead)

    def roles(person: User, recommendation: Recommendation) -> list[str]:
        return [held.role for held in access.standings(person, recommendation, TODAY)]

    assert roles(lead, country.to_home) == [Role.PDU_LEAD]
    assert roles(lead, country.to_neighbour) == []
    assert roles(regional, country.to_home) == [Role.REGIONAL_LEAD]
    assert roles(regional, country.to_region) == [Role.REGIONAL_LEAD]
    assert roles(regional, country.to_abroad) == []
    assert roles(inspector, country.to_abroad) == [Role.INSPECTOR]
    (standing,) = access.standings(stand_in, country.to_home, TODAY)
    assert (standing.on_behalf_of_id, standing.on_behalf_of_name) == (lead.pk, "Lee Lead")


def _stand_in(country: Country, **of_the_lead: Any) -> tuple[User, User]:
    lead = make_user("Lee Lead", Role.PDU_LEAD, country.home, **of_the_lead)
    return lead, make_user("Del Delegate", Role.DELEGATE, country.home, on_behalf_of=lead)


@pytest.mark.parametrize("ends_on", [YESTERDAY, TODAY])
def test_a_delegate_has_power_as_long_as_the_lead_leads(country: Country, ends_on: date) -> None:
    _, stand_in = _stand_in(country, ends_on=ends_on)
    leads = ends_on == TODAY
    assert access.holds_role(stand_in, Role.DELEGATE, TODAY) is leads
    assert bool(access.standings(stand_in, country.to_home, TODAY)) is leads
    assert bool(_sees(stand_in)) is leads
    assert (stand_in.pk in access.members_of(country.home, TODAY)) is leads


def test_a_delegate_of_a_deactivated_lead_or_of_a_lead_elsewhere_has_none(
    country: Country,
) -> None:
    lead, stand_in = _stand_in(country)
    User.objects.filter(pk=lead.pk).update(is_active=False)
    assert _sees(stand_in) == set()
    User.objects.filter(pk=lead.pk).update(is_active=True)
    assert _sees(stand_in) == {country.to_home}
    Membership.objects.filter(user=lead).update(provider=country.abroad)
    assert _sees(stand_in) == set()


def test_a_delegate_of_somebody_who_became_an_action_owner_has_none(country: Country) -> None:
    lead, stand_in = _stand_in(country)
    Membership.objects.filter(user=lead).update(role=Role.ACTION_OWNER)
    assert _sees(stand_in) == set()


def test_a_membership_that_was_ended_before_it_began_was_never_held(country: Country) -> None:
    inspector = make_user("Ida Inspector", Role.INSPECTOR)
    Membership.objects.create(
        user=inspector,
        role=Role.ACTION_OWNER,
        provider=country.home,
        starts_on=TOMORROW,
        ends_on=TODAY,
        ended_at=timezone.now(),
    )
    assert not access.was_ever_member(inspector, [country.home.pk])


def test_a_membership_of_the_past_is_remembered_against_reviewing_the_own_unit(
    country: Country,
) -> None:
    former = _ended(country)
    regional = make_user("Rae Regional", Role.REGIONAL_LEAD, country.region, ends_on=YESTERDAY)
    assert access.was_ever_member(former, [country.home.pk])
    assert not access.was_ever_member(former, [country.neighbour.pk])
    assert access.was_ever_member(regional, [country.home.pk])
    assert not access.was_ever_member(regional, [country.abroad.pk])


def test_the_members_of_a_unit_are_its_people_of_today(country: Country) -> None:
    lead = make_user("Lee Lead", Role.PDU_LEAD, country.home)
    _ended(country)
    _not_begun(country)
    make_user("Nora Neighbour", Role.PDU_LEAD, country.neighbour)
    gone = make_user("Gus Gone", Role.ACTION_OWNER, country.home)
    gone.is_active = False
    gone.save()
    assert access.members_of(country.home, TODAY) == {lead.pk: "Lee Lead"}
