"""Every address sent to by those who may not: refused, and nothing is written.

Without a token against forgery nobody may; with one, nobody may touch what is not theirs, and
nobody may use a door that is not open to their role.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME

from tests.permissions.asking import ask, hidden_from, path_to, variants, writes
from tests.permissions.declared import DOORS, every_door
from tests.permissions.declared.accounts import ACCOUNTS
from tests.permissions.door import FOREIGN, OWN, Door, Frame
from tests.permissions.people import (
    ANONYMOUS,
    EVERYBODY,
    FORMER,
    NOBODY,
    OPERATOR,
    SIGNED_IN,
    TOKEN,
    TOKENS,
)
from tests.permissions.things import AUDIENCES
from tests.permissions.world import NO_SUCH_ID, World
from tracker.domain.vocabulary import Role

pytestmark = pytest.mark.django_db
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
REFUSED = (401, 403, 404, 405)
FORM = "application/x-www-form-urlencoded"
TYPED = {
    "response": "agreed",
    "text": "forged",
    "wording": "forged",
    "name": "forged",
    "reason": "forged",
    "username": "forged",
    "is_superuser": "on",
    "expected_version": "1",
    "idempotency_key": "00000000-0000-4000-8000-000000000000",
    "acting_role": "pdu_lead",
    "_save": "Save",
    "confirm": "yes",
    "post": "yes",
}
ONE_OF_EACH_VIEW = (
    ANONYMOUS,
    Role.PDU_LEAD,
    Role.REGIONAL_LEAD,
    Role.INSPECTOR,
    OPERATOR,
    FORMER,
    TOKEN,
)
"""People who see the same are asked for by one of them; reading is asked of all."""
ABOUT_A_THING = [(key, door) for key, door in every_door() if door.about]
NOT_OF_ACCOUNTS = [(key, door) for key, door in every_door() if key not in ACCOUNTS]


def send(method: str, client: Any, path: str, frame: Frame) -> tuple[Any, list[str]]:
    """Send what somebody might type into any form; return the answer and what was written."""
    kind = "application/json" if frame is Frame.API else FORM
    data = "{}" if frame is Frame.API else urlencode(TYPED)
    with writes() as written:
        answer = ask(client, path, method, data=data, content_type=kind)
    return answer, written


@pytest.mark.parametrize(("key", "door"), list(every_door()), ids=str)
def test_without_a_token_against_forgery_nothing_is_carried_out(
    world: World, key: str, door: Door
) -> None:
    path = path_to(key, door, variants(door)[0], world)
    for person in (
        ANONYMOUS,
        Role.PDU_LEAD,
        Role.LEAD_INSPECTOR,
        Role.HMIP_ADMINISTRATOR,
        OPERATOR,
    ):
        for method in UNSAFE:
            answer, written = send(method, world.clients_held_to_csrf[person], path, door.frame)
            assert answer.status in {401, 403, 405}, (person, method, path, answer.status)
            assert written == [], (person, method, path)


@pytest.mark.parametrize(("key", "door"), ABOUT_A_THING, ids=str)
def test_nobody_changes_or_discovers_what_is_not_theirs(world: World, key: str, door: Door) -> None:
    for person in ONE_OF_EACH_VIEW:
        for method in UNSAFE if person == Role.PDU_LEAD else ("POST",):
            paths = {each: path_to(key, door, each, world) for each in others_things(door, person)}
            answers = {}
            for variant, path in paths.items():
                answer, written = send(method, world.clients[person], path, door.frame)
                answers[variant] = answer
                assert answer.status in refusals(door, person), (person, method, variant, answer)
                assert written == [], (person, method, variant)
            assert len(set(answers.values())) == 1, (person, method, answers)


def others_things(door: Door, person: str) -> Iterator[str]:
    """Yield the variants that the person may not see, what is missing among them."""
    for variant, audience in AUDIENCES[door.about].items():
        if person not in audience:
            yield variant


def refusals(door: Door, person: str) -> set[int]:
    """Return the statuses that say no to the person."""
    return {*REFUSED, door.frame.status} if person in door.frame.turned_away else set(REFUSED)


@pytest.mark.parametrize(("key", "door"), NOT_OF_ACCOUNTS, ids=str)
def test_a_door_that_is_not_open_to_a_role_takes_nothing_from_it(
    world: World, key: str, door: Door
) -> None:
    path = path_to(key, door, OWN if door.about else "", world)
    tokens = TOKENS if door.frame is not Frame.API else NOBODY  # a token opens no page
    for person in sorted(EVERYBODY - door.opens_for - tokens):
        answer, written = send("POST", world.clients[person], path, door.frame)
        named = (person, path, answer.status)
        assert answer.status in refusals(door, person) | set(door.answers) - {200}, named
        assert written == [], named


LISTS = [key for key in DOORS if key.startswith("admin:") and key.endswith("_changelist")]


@pytest.mark.parametrize("key", LISTS)
def test_no_action_of_a_list_reaches_what_is_not_theirs(world: World, key: str) -> None:
    door, *_ = DOORS[key]
    model = key.removeprefix("admin:").removesuffix("_changelist")
    (model_admin,) = (
        each
        for each in admin.site._registry.values()
        if f"{each.opts.app_label}_{each.opts.model_name}" == model
    )
    names = {"delete_selected", *map(_name, model_admin.actions or ())}
    foreign = {things[FOREIGN] for things in world.things.values() if FOREIGN in things}
    for person in sorted(SIGNED_IN):
        for name in sorted(names):
            data = {
                "action": name,
                ACTION_CHECKBOX_NAME: [*foreign, NO_SUCH_ID],
                "select_across": "1",
                **TYPED,
            }
            with writes() as written:
                answer = ask(
                    world.clients[person],
                    path_to(key, door, "", world),
                    "POST",
                    data=urlencode(data, doseq=True),
                    content_type=FORM,
                )
            assert answer.canaries() & hidden_from(person, door) == set(), (person, name)
            assert written == [], (person, name)


def _name(action: Any) -> str:
    """Return the name of an action, which a model's admin lists as a name or a function."""
    return action if isinstance(action, str) else str(action.__name__)
