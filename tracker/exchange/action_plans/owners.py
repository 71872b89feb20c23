"""Finds whom a cell names among a provider's people. Pure; nobody is guessed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.exchange.action_plans.texts import alike

MOST_NAMED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who could own an action: one of the provider's people, unless `has_left`."""

    id: int
    name: str
    email: str = ""
    has_left: bool = False


def named_in(text: str, people: Iterable[Person]) -> frozenset[int]:
    """Return the ids of those whose name or address stands in the text as a whole.

    Of two of one name, the address decides where it is given.
    """
    people = list(people)
    written = alike(text).casefold()
    by_address = {each.id for each in people if _stands_in(each.email.casefold(), written)}
    by_name = set()
    # The longer names first: "Mary Ann Lee" does not name Ann Lee.
    for name in sorted({alike(each.name).casefold() for each in people}, key=len, reverse=True):
        if _stands_in(name, written):
            by_name |= {each.id for each in people if alike(each.name).casefold() == name}
            written = written.replace(name, " ; ")
    return frozenset(by_name & by_address or by_name or by_address)


def why_nobody(text: str, people: Mapping[int, Person], provider: str) -> str:
    """Return the sentence for an owner who is not found, naming some who would be."""
    names = [each.name for each in people.values() if not each.has_left]
    if not names:
        return f"{provider} has nobody here yet who could own an action; ask for a member first."
    listed = ", ".join(names[:MOST_NAMED]) + (" and others" if len(names) > MOST_NAMED else "")
    if not text.strip():
        return f"Nobody is named as the responsible owner; write one of these: {listed}."
    return f"The responsible owner is not one of {provider}’s people; write one of these: {listed}."


def _stands_in(name: str, text: str) -> bool:
    return bool(name) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
