"""How an address is declared: to whom it opens, what it is about, and what all others are told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from tests.permissions.people import (
    ANONYMOUS,
    EVERYBODY,
    FORMER,
    NOBODY,
    SIGNED_IN,
    TOKENS,
    Canary,
)

OWN, FOREIGN, DRAFT, EMBARGOED, MISSING = "own", "foreign", "draft", "embargoed", "missing"
VARIANTS = (OWN, FOREIGN, DRAFT, EMBARGOED, MISSING)


class Frame(Enum):
    """What stands before a door: who does not even get to it, and the status they get."""

    OPEN = (NOBODY, 0)
    PAGES = (TOKENS | {ANONYMOUS}, 302)
    ADMIN = (TOKENS | {ANONYMOUS, FORMER}, 302)
    API = (frozenset({ANONYMOUS}), 401)

    def __init__(self, turned_away: frozenset[str], status: int) -> None:
        self.turned_away = turned_away
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What one address answers to GET.

    `about` is the kind of thing its arguments name (see `things.AUDIENCES`); to whoever may not
    see that thing, the door answers as if it were missing. `answers` are the statuses that those
    it opens for may get, `others` is what the rest of the people inside the frame get. `tells`
    are canaries that the door is there to tell those it opens for, or `tells_to` among them;
    `shows_unreleased` says that it shows unreleased reports to those who may read them.
    """

    frame: Frame
    opens_for: frozenset[str] = EVERYBODY
    answers: tuple[int, ...] = (200,)
    others: int = 403
    about: str = ""
    fixed: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    tells: frozenset[Canary] = frozenset()
    tells_to: frozenset[str] = EVERYBODY
    shows_unreleased: bool = False

    @property
    def is_list(self) -> bool:
        return not self.about and self.frame is not Frame.OPEN

    def __str__(self) -> str:
        return " ".join(map(str, self.fixed.values()))


def page(**declared: Any) -> Door:
    """Return a page for reading, open to whoever is signed in."""
    return Door(frame=Frame.PAGES, opens_for=SIGNED_IN, **declared)


def api(**declared: Any) -> Door:
    """Return an address of the API, open to whoever is signed in or sends a token."""
    return Door(frame=Frame.API, opens_for=SIGNED_IN | TOKENS, **declared)


def desk(opens_for: frozenset[str], **declared: Any) -> Door:
    """Return an address within the admin."""
    return Door(frame=Frame.ADMIN, opens_for=opens_for, **declared)
