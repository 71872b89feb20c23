"""Finds the row of titles in a table and reads the rows below it by title instead of by place."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.documents.refusal import DocumentRefused
from tracker.documents.tables import Row, Table, Value, as_text

LOOKED_THROUGH = 30
"""A row of titles stands near the top: below a heading, a logo, a few lines of introduction."""
NO_WORD = re.compile(r"[^\w]+|_")
NUMBERED = re.compile(r"^[0-9]+ ")
IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A column that is looked for: its own title, and the others it goes by."""

    key: str
    title: str
    known_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadedRow:
    """A row by the keys of its headings; a heading that the table lacks is absent."""

    number: int
    values: Mapping[str, Value]

    def value(self, key: str) -> Value:
        return self.values.get(key)

    def text(self, key: str) -> str:
        return as_text(self.values.get(key))


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadedTable:
    """`unread` are the titles of columns that nobody asked for."""

    name: str
    keys: frozenset[str]
    unread: tuple[str, ...]
    rows: tuple[HeadedRow, ...]


def under_headings(
    table: Table, headings: Sequence[Heading], *, needed: frozenset[str]
) -> HeadedTable | None:
    """Return the rows below the first row that has every needed heading; None if none has.

    Raises: DocumentRefused if a heading stands there twice.
    """
    names = _names(headings)
    for at, row in enumerate(table.rows[:LOOKED_THROUGH]):
        keys = [_key(value, names) for value in row.cells]
        found = frozenset(key for key in keys if key)
        if needed <= found:
            _refuse_twice(keys, row)
            return HeadedTable(
                name=table.name,
                keys=found,
                unread=tuple(_unread(row, keys)),
                rows=tuple(_below(table.rows[at + 1 :], row, keys)),
            )
    return None


def _names(headings: Sequence[Heading]) -> dict[str, str]:
    return {
        _bare(name): heading.key
        for heading in headings
        for name in (heading.title, *heading.known_as)
    }


def _key(value: Value, names: Mapping[str, str]) -> str | None:
    """A title may be known without what is in brackets, or without the number before it."""
    if not isinstance(value, str):
        return None
    bare = _bare(value)
    forms = (bare, _bare(IN_BRACKETS.sub(" ", value)), NUMBERED.sub("", bare))
    return next((names[form] for form in forms if form in names), None)


def _bare(title: str) -> str:
    return " ".join(NO_WORD.sub(" ", title.casefold()).split())


def _refuse_twice(keys: Sequence[str | None], row: Row) -> None:
    for at, key in enumerate(keys):
        if key is not None and key in keys[:at]:
            raise DocumentRefused(
                f"The column “{as_text(row.cells[at])}” stands in row {row.number} twice, under"
                " this or another title; keep one of the two, then upload the file again."
            )


def _unread(row: Row, keys: Sequence[str | None]) -> Iterator[str]:
    for value, key in zip(row.cells, keys, strict=True):
        if key is None and value is not None:
            yield as_text(value)


def _below(rows: Sequence[Row], titles: Row, keys: Sequence[str | None]) -> Iterator[HeadedRow]:
    """Give the rows; titles that are repeated on each page are no row."""
    for row in rows:
        if row.cells == titles.cells:
            continue
        pairs = zip(keys, row.cells, strict=False)
        yield HeadedRow(number=row.number, values={key: value for key, value in pairs if key})
