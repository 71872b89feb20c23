"""The accounts of the demo data: one for each role and an operator, all with one password."""

from dataclasses import dataclass
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.models import User

from inspections.models import Membership, Provider
from tracker.domain.vocabulary import Role

REGION = "Example Region"
VALLEYS = "Example Valleys PDU"
COAST = "Example Coast PDU"


@dataclass(frozen=True, slots=True)
class Person:
    username: str
    first_name: str
    last_name: str
    role: Role | None
    at: str = ""
    on_behalf_of: str = ""


DEMO_USERS = (
    Person("lead", "Asha", "Morgan", Role.PDU_LEAD, VALLEYS),
    Person("owner", "Ben", "Hughes", Role.ACTION_OWNER, VALLEYS),
    Person("delegate", "Jamal", "Price", Role.DELEGATE, VALLEYS, on_behalf_of="lead"),
    Person("coast-lead", "Carys", "Bell", Role.PDU_LEAD, COAST),
    Person("coast-owner", "Dev", "Anand", Role.ACTION_OWNER, COAST),
    Person("regional", "Erin", "Walsh", Role.REGIONAL_LEAD, REGION),
    Person("coordinator", "Farid", "Khan", Role.HMPPS_COORDINATOR),
    Person("inspector", "Grace", "Okafor", Role.INSPECTOR),
    Person("lead-inspector", "Huw", "Parry", Role.LEAD_INSPECTOR),
    Person("hmip-admin", "Isla", "Reid", Role.HMIP_ADMINISTRATOR),
    Person("operator", "Kit", "Lloyd", None),
)
"""In this order, so that a lead is there before the delegate; an operator holds no role."""


def make_providers() -> dict[str, Provider]:
    """Return the invented region and its units by name."""
    region, _ = Provider.objects.get_or_create(
        name=REGION, kind=Provider.Kind.REGION, defaults={"is_demonstration": True}
    )
    providers = {REGION: region}
    for name in (VALLEYS, COAST):
        providers[name], _ = Provider.objects.get_or_create(
            name=name,
            kind=Provider.Kind.PDU,
            defaults={"region": region, "is_demonstration": True},
        )
    return providers


def make_people(*, providers: dict[str, Provider], password: str, today: date) -> dict[str, User]:
    """Return the demo users by name, each with a membership that covers the story."""
    people: dict[str, User] = {}
    for person in DEMO_USERS:
        user = _open_account(person, password)
        if person.role is not None:
            Membership.objects.create(
                user=user,
                provider=providers.get(person.at),
                role=person.role,
                starts_on=today - timedelta(days=1000),
                on_behalf_of=people.get(person.on_behalf_of),
            )
        people[person.username] = user
    return people


def _open_account(person: Person, password: str) -> User:
    user = User.objects.create_user(
        username=person.username,
        email=f"{person.username}@demonstration.example",
        password=password,
        first_name=person.first_name,
        last_name=person.last_name,
        is_superuser=person.role is None,
    )
    # A verified address lets them try a second factor.
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
