"""What the words of an event are made of: a title, labelled lines, and names to look up."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

FILE = "File"
HASH_OF_FILE = "SHA-256"
HASH_OF_ADDRESS = "SHA-256 of the address"
"""Of a link only the address is known: its hash says nothing of the document behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One labelled line. `text` is None where free text was deleted by a redaction."""

    label: str
    text: str | None

    @property
    def is_file(self) -> bool:
        return self.label == FILE

    @property
    def is_hash(self) -> bool:
        return self.label in (HASH_OF_FILE, HASH_OF_ADDRESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A short title in plain words, and what was said."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """How things that events cite by id are called.

    Those of the stream itself read None where their words were deleted. `recommendations` and
    `findings` hold only what the reader may see; what is missing is not named.
    """

    actions: Mapping[UUID, str | None] = field(default_factory=dict)
    measures: Mapping[UUID, str | None] = field(default_factory=dict)
    blockers: Mapping[UUID, str | None] = field(default_factory=dict)
    escalations: Mapping[UUID, str | None] = field(default_factory=dict)
    evidence: Mapping[UUID, str | None] = field(default_factory=dict)
    links: frozenset[UUID] = frozenset()
    """Which of the evidence are links."""
    judgements: Mapping[str, str] = field(default_factory=dict)
    themes: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[int, str] = field(default_factory=dict)
    providers: Mapping[int, str] = field(default_factory=dict)
    inspections: Mapping[int, str] = field(default_factory=dict)
    recommendations: Mapping[int, str] = field(default_factory=dict)


def worded(title: str, *lines: tuple[str, str | None]) -> Wording:
    """Return the wording, leaving out lines in which nothing was said."""
    return Wording(title=title, lines=tuple(_said(lines)))


def listed(values: Iterable[str]) -> str:
    """Return the values as one text, one a line."""
    return "\n".join(values)


def _said(lines: Iterable[tuple[str, str | None]]) -> Iterator[Line]:
    for label, text in lines:
        if text != "":
            yield Line(label=label, text=text)
