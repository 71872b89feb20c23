"""What can be asked in an address: searches, orders, filters, pages, lookups, shortcuts.

A question about what is hidden is answered as any other question that finds nothing: whoever
asks letter by letter learns nothing.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import models

from tests.permissions.asking import Answer, ask, expected, hidden_from, path_to, variants, writes
from tests.permissions.declared import DOORS, every_door
from tests.permissions.declared.accounts import ACCOUNTS
from tests.permissions.door import FOREIGN, OWN, Door, Frame
from tests.permissions.people import (
    OPERATOR,
    TOKEN,
    Canary,
)
from tests.permissions.world import World
from tracker.domain.vocabulary import Role

pytestmark = pytest.mark.django_db
CURIOUS = (Role.PDU_LEAD, Role.INSPECTOR, OPERATOR, TOKEN)
"""One of each view; the rest are asked when reading."""
QUESTIONS = (
    "e=1",
    "q=a",
    "q=%27",
    "o=-1.2",
    "p=9",
    "all=",
    "_popup=1",
    "_to_field=password",
    "format=json",
    "state__exact=draft",
    "unit=1",
)
LISTS = [
    (key, door)
    for key, door in every_door()
    if not door.about
    and door.frame is not Frame.OPEN
    and key not in ACCOUNTS
    and not key.endswith(("_add", "_invite", "_bulk", "jsi18n"))
]


def curious(door: Door) -> Iterator[str]:
    return (each for each in CURIOUS if each not in door.frame.turned_away)


@pytest.mark.parametrize(("key", "door"), LISTS, ids=str)
def test_no_question_in_the_address_brings_a_canary_out(world: World, key: str, door: Door) -> None:
    path = path_to(key, door, "", world)
    for person in curious(door):
        for question in QUESTIONS:
            with writes() as written:
                answer = ask(world.clients[person], f"{path}?{question}")
            assert answer.status < 500, (person, question)
            assert answer.canaries() & hidden_from(person, door) == set(), (person, question)
            assert written == [], (person, question)


@pytest.mark.parametrize(("key", "door"), LISTS, ids=str)
def test_a_search_for_what_is_hidden_finds_what_a_search_for_nonsense_finds(
    world: World, key: str, door: Door
) -> None:
    path = path_to(key, door, "", world)
    for person in curious(door):
        for word in sorted(hidden_from(person, door)):
            found, nothing = asked_in_two_ways(world, person, f"{path}?q=", word)
            assert found == nothing, (person, word)


def asked_in_two_ways(
    world: World, person: str, question: str, word: Canary
) -> tuple[Answer, Answer]:
    """Ask about the beginning of a hidden word, and about letters that begin nothing."""
    part, nonsense = word[:-1], "z" * (len(word) - 1)
    answers = [ask(world.clients[person], f"{question}{each}") for each in (part, nonsense)]
    texts = [
        answer.text.replace(each, "…")
        for answer, each in zip(answers, (part, nonsense), strict=True)
    ]
    statuses = [answer.status for answer in answers]
    return Answer(statuses[0], texts[0]), Answer(statuses[1], texts[1])


REGISTERED: list[type[models.Model]] = sorted(
    admin.site._registry, key=lambda model: str(model._meta)
)


def text_lookups(model: type[models.Model]) -> Iterator[str]:
    """Yield the lookups of every text of the model, and of all it points to or is pointed to by."""
    for field in model._meta.get_fields():
        if isinstance(field, models.CharField | models.TextField):
            yield field.name
        elif field.related_model:
            related: Any = field.related_model
            name = field.name
            yield from (
                f"{name}__{each.name}"
                for each in related._meta.get_fields()
                if isinstance(each, models.CharField | models.TextField)
            )


@pytest.mark.parametrize("model", REGISTERED)
def test_no_lookup_in_the_address_tells_one_letter_of_what_is_hidden(
    world: World, model: type[models.Model]
) -> None:
    label = f"{model._meta.app_label}_{model._meta.model_name}"
    door, *_ = DOORS[f"admin:{label}_changelist"]
    path = path_to(f"admin:{label}_changelist", door, "", world)
    for lookup in text_lookups(model):
        question = f"{path}?{lookup}__startswith="
        found, nothing = asked_in_two_ways(world, Role.PDU_LEAD, question, Canary.FOREIGN_NAME)
        assert found == nothing, lookup


@pytest.mark.parametrize("person", [Role.PDU_LEAD, OPERATOR])
def test_the_shortcut_to_any_object_is_closed_for_every_kind_of_object(
    world: World, person: str
) -> None:
    for kind in ContentType.objects.all():
        things = world.things.get(kind.model, world.things["recommendation"])
        for variant in {OWN, FOREIGN} & set(things):
            answer = ask(world.clients[person], f"/admin/r/{kind.pk}/{things[variant]}/")
            assert answer.status == 404, (kind, variant)


@pytest.mark.parametrize(("key", "door"), list(every_door()), ids=str)
def test_asking_for_the_head_or_the_options_tells_no_more_than_reading(
    world: World, key: str, door: Door
) -> None:
    for variant in set(variants(door)) & {"", OWN, FOREIGN}:
        path = path_to(key, door, variant, world)
        for method in ("HEAD", "OPTIONS"):
            answer = ask(world.clients[Role.PDU_LEAD], path, method)
            assert answer.status < 500, (method, path)
            assert answer.canaries() & hidden_from(Role.PDU_LEAD, door) == set(), (method, path)
            if method == "HEAD":
                assert answer.status in expected(door, Role.PDU_LEAD, variant), path
