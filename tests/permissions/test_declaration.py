"""Every address is declared, every declaration has an address, and the canaries sing."""

import pytest

from tests.permissions.addresses import addresses
from tests.permissions.asking import Answer, ask, opened
from tests.permissions.declared import DOORS
from tests.permissions.door import FOREIGN
from tests.permissions.people import Canary
from tests.permissions.world import World
from tracker.domain.vocabulary import Role
from tracker.exchange import files
from tracker.models import EventPayload, ExchangeJob


def test_every_address_is_declared() -> None:
    missing = [
        f'"{each.key}": (…,),  # {each.route}, arguments: {", ".join(each.parameters) or "none"}'
        for key, each in addresses().items()
        if key not in DOORS
    ]
    assert missing == [], "declare in tests/permissions/declared/:\n" + "\n".join(missing)


def test_nothing_is_declared_that_is_gone() -> None:
    assert sorted(set(DOORS) - set(addresses())) == []


def test_every_argument_of_an_address_is_filled_in() -> None:
    for key, doors in DOORS.items():
        for door in doors:
            left = set(addresses()[key].parameters) - set(door.fixed)
            assert len(left) == bool(door.about), (key, door)


@pytest.mark.django_db
def test_every_text_of_the_foreign_unit_holds_a_canary(world: World) -> None:
    foreign = world.things["recommendation"][FOREIGN]
    texts = EventPayload.objects.filter(event__recommendation=foreign, body__contains=":")
    assert texts.count() > 15
    canaries = (Canary.FOREIGN_NAME, Canary.FOREIGN_TEXT)
    silent = [each.body for each in texts if not any(word in each.body for word in canaries)]
    assert silent == []


@pytest.mark.django_db
def test_whoever_may_read_the_foreign_unit_meets_its_canary(world: World) -> None:
    path = f"/recommendations/{world.things['recommendation'][FOREIGN]}/"
    answer = ask(world.clients[Role.INSPECTOR], path)
    assert {Canary.FOREIGN_NAME, Canary.FOREIGN_TEXT} <= answer.canaries()


@pytest.mark.django_db
def test_a_canary_is_heard_in_a_file_that_is_packed(world: World) -> None:
    foreign = ExchangeJob.objects.get(pk=world.things["export"][FOREIGN])
    packed = files.read(foreign.stored_as)
    assert Canary.FOREIGN_NAME.encode() not in packed
    assert {Canary.FOREIGN_NAME, Canary.FOREIGN_TEXT} <= Answer(200, opened(packed)).canaries()
