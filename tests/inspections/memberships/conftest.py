"""A region with two units, a unit elsewhere, and one person in each role that matters."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User

from inspections.models import Membership, Provider
from tests.world import PASSWORD, make_provider, make_user

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
Role = Membership.Role


@dataclass(frozen=True)
class Land:
    """Who is where."""

    region: Provider
    home: Provider
    neighbour: Provider
    abroad: Provider
    lead: User
    regional: User
    administrator: User
    operator: User
    newcomer: User


@pytest.fixture
def land(db: None) -> Land:
    region = make_provider("Northmarch", kind=Provider.Kind.REGION)
    elsewhere = make_provider("Southmarch", kind=Provider.Kind.REGION)
    home = make_provider("Home PDU", region=region)
    return Land(
        region=region,
        home=home,
        neighbour=make_provider("Neighbour PDU", region=region),
        abroad=make_provider("Abroad PDU", region=elsewhere),
        lead=make_user("Lena Lead", Role.PDU_LEAD, home),
        regional=make_user("Rhys Region", Role.REGIONAL_LEAD, region),
        administrator=make_user("Hal Administrator", Role.HMIP_ADMINISTRATOR),
        operator=User.objects.create_superuser("operator", "o@tracker.example", PASSWORD),
        newcomer=make_user("Nora New"),
    )


def held_by(user: User) -> Membership:
    """Return the only membership of the person."""
    return Membership.objects.get(user=user)


def day(text: str) -> date:
    """Read a day, as in 2026-12-01."""
    return date.fromisoformat(text)
