"""Every address asked by everybody: the declared status, no canary, nothing written.

What is not somebody's is answered byte for byte as what is missing.
"""

from collections.abc import Iterator

import pytest

from tests.permissions.asking import (
    Answer,
    ask,
    expected,
    hidden_from,
    path_to,
    variants,
    writes,
)
from tests.permissions.declared import every_door
from tests.permissions.door import MISSING, Door
from tests.permissions.people import EVERYBODY
from tests.permissions.things import AUDIENCES
from tests.permissions.world import World

pytestmark = pytest.mark.django_db
EVERY_DOOR = [pytest.param(key, door, id=f"{key} {door}".strip()) for key, door in every_door()]


@pytest.mark.parametrize(("key", "door"), EVERY_DOOR)
def test_everybody_is_answered_as_declared_and_sees_no_canary(
    world: World, key: str, door: Door
) -> None:
    found = [fault for person in sorted(EVERYBODY) for fault in faults(key, door, person, world)]
    assert found == []


def faults(key: str, door: Door, person: str, world: World) -> Iterator[str]:
    """Yield what is wrong with the answers to one person, in words."""
    answers = {}
    for variant in variants(door):
        path = path_to(key, door, variant, world)
        with writes() as written:
            answer = answers[variant] = ask(world.clients[person], path)
        named = f"{person}, GET {path} {variant}:"
        if answer.status not in (allowed := expected(door, person, variant)):
            yield f"{named} answered {answer.status}, declared {allowed}"
        if seen := answer.canaries() & hidden_from(person, door):
            yield f"{named} canaries seen: {', '.join(sorted(seen))}"
        if written:
            yield f"{named} wrote {written[0]}"
    for variant in telltales(door, person, answers):
        yield f"{person}, GET {key}: what is {variant} is not answered like what is missing"


def telltales(door: Door, person: str, answers: dict[str, Answer]) -> Iterator[str]:
    """Yield the variants that the person may not see and yet can tell from what is missing."""
    for variant, audience in AUDIENCES.get(door.about, {}).items():
        if person not in audience and answers[variant] != answers[MISSING]:
            yield variant
