"""Asks at a door, and looks through the answer: its status, its words, what was written."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.conf import settings
from django.db import connection
from django.test import Client

from tests.permissions.addresses import addresses
from tests.permissions.door import Door
from tests.permissions.people import UNRELEASED, Canary, known_to
from tests.permissions.things import AUDIENCES
from tests.permissions.world import World

CSRF_TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value|"csrfToken":)\s*=?\s*"[^"]+"')
NOTHING: frozenset[Canary] = frozenset()
WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE", "TRUNCATE")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, headers and body in one text, without what differs at every asking."""

    status: int
    text: str

    def canaries(self) -> set[Canary]:
        return {each for each in Canary if each in self.text}


def ask(client: Client, path: str, method: str = "GET", **sent: Any) -> Answer:
    """Send the request; the client forgets it afterwards, so that no answer colours the next.

    The path itself is taken out of the answer, for a refusal may name it.
    """
    kept = copy(client.cookies)
    response: Any = client.generic(method, path, **sent)
    client.cookies = kept
    body = b"".join(response.streaming_content) if response.streaming else response.content
    response.cookies.pop(settings.CSRF_COOKIE_NAME, None)
    text = f"{response.headers!r}\n{response.cookies!r}\n{opened(body)}"
    text = CSRF_TOKEN.sub("", text.replace(path.partition("?")[0], "/the/path/"))
    return Answer(response.status_code, text)


def opened(body: bytes) -> str:
    """Return what was answered as text; of a Word or Excel file, every part of it.

    Packed, no canary in it would be heard.
    """
    if not body.startswith(b"PK"):
        return body.decode(errors="replace")
    with ZipFile(BytesIO(body)) as packed:
        return "\n".join(packed.read(name).decode(errors="replace") for name in packed.namelist())


def path_to(key: str, door: Door, variant: str, world: World) -> str:
    """Return the address, with the id of that variant of the thing it is about."""
    address = addresses()[key]
    arguments = dict(door.fixed)
    if door.about:
        (name,) = set(address.parameters) - set(arguments)
        arguments[name] = world.things[door.about][variant]
    query = "&".join(f"{name}={value}" for name, value in door.query.items())
    return address.path(arguments) + (f"?{query}" if query else "")


def variants(door: Door) -> tuple[str, ...]:
    """Return the variants of the thing that the door is about; one where it is about none."""
    return tuple(AUDIENCES[door.about]) if door.about else ("",)


def expected(door: Door, person: str, variant: str) -> tuple[int, ...]:
    """Return the statuses that the declaration allows."""
    if person in door.frame.turned_away:
        return (door.frame.status,)
    if door.about and person not in AUDIENCES[door.about][variant]:
        return (404,)
    return door.answers if person in door.opens_for else (door.others,)


def hidden_from(person: str, door: Door) -> set[Canary]:
    """Return the canaries that the person must not meet at this door."""
    told = door.tells if person in door.opens_for & door.tells_to else NOTHING
    unreleased = UNRELEASED.get(person, NOTHING) if door.shows_unreleased else NOTHING
    return set(Canary) - known_to(person) - told - unreleased


@contextmanager
def writes() -> Iterator[list[str]]:
    """Collect the statements that write."""
    seen: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        if sql.lstrip().upper().startswith(WRITING):
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen
