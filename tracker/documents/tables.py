"""What is read out of a document: tables of rows of values, numbered as people see them.

Text comes trimmed, with plain line breaks; a cell with nothing visible in it is None.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from tracker.documents.refusal import DocumentRefused, Limits


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell whose value cannot be known; `why` completes "The cell …"."""

    shown: str
    why: str


Value: TypeAlias = str | int | float | date | Unreadable | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not blank; `number` counts from 1, blank rows and headings included."""

    number: int
    cells: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`name` is the sheet's in a workbook, "Table 2" in a Word document, "" in a CSV file."""

    name: str
    rows: tuple[Row, ...]


LINE_BREAK = re.compile(r"\r\n?|[\v\f]")


def tidy(text: str) -> str | None:
    """Return the text trimmed, with plain line breaks; None where nothing is left."""
    return LINE_BREAK.sub("\n", text).strip() or None


def as_text(value: Value) -> str:
    """Write a value as people would: a date as 31 March 2026, a whole number without a point."""
    match value:
        case None:
            return ""
        case Unreadable():
            return value.shown
        case date():
            return f"{value.day} {value:%B} {value.year}"
        case float():
            return f"{value:.15g}"
        case _:
            return str(value)


class Counting:
    """Adds up what a document holds, and refuses one that holds too much."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._rows = self._cells = 0

    def row(self, number: int, cells: Iterable[Value]) -> Row | None:
        """Return the row, without the empty cells at its end; None if all are empty.

        Raises: DocumentRefused.
        """
        values = list(cells)
        while values and values[-1] is None:
            values.pop()
        if not values:
            return None
        self._rows += 1
        self._cells += len(values)
        if self._rows > self._limits.rows or self._cells > self._limits.cells:
            raise DocumentRefused(
                f"The file has more than {self._limits.rows:,} rows or too many cells; split it"
                " into several files, then upload them one by one."
            )
        self.check_width(len(values))
        return Row(number, tuple(values))

    def check_width(self, columns: int) -> None:
        """Raises: DocumentRefused."""
        if columns > self._limits.columns:
            raise DocumentRefused(
                f"A row of the file has more than {self._limits.columns} columns; keep the columns"
                " of the form alone, then upload it again."
            )
