"""Reads the tables of a Word document, row by row, as a stream.

What was deleted under tracked changes is left out and what was inserted is read, as Word shows it
with all changes accepted. A cell that was merged downwards gives its text to each of its rows.
"""

from typing import TYPE_CHECKING

from tracker.documents.packages import LINKS, Package, local
from tracker.documents.refusal import DAMAGED, DocumentRefused, Limits
from tracker.documents.tables import Counting, Row, Table, Unreadable, Value, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

NOT_READ = {"del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr", "tbl"}
LAST_SPAN = 1_000
AUTOMATIC = Unreadable(
    "", "is numbered by Word itself, so its number cannot be read; type the number into it"
)


def read_word(package: Package, limits: Limits) -> tuple[Table, ...]:
    """Return the tables of a document, nested ones too, in order. Raises: DocumentRefused."""
    counting = Counting(limits)
    found: list[_OpenTable] = []
    open_tables: list[_OpenTable] = []
    for event, element in package.walk(package.main_part()):
        tag = local(element.tag)
        if tag == "tbl" and event == "start":
            open_tables.append(_OpenTable())
            found.append(open_tables[-1])
        elif tag == "tbl":
            open_tables.pop()
        elif tag == "tr" and event == "end" and open_tables:
            open_tables[-1].take(element, counting)
            element.clear()
        elif tag == "instrText" and event == "end":
            _refuse_data_exchange(element)
        elif tag == "p" and event == "end" and not open_tables:
            element.clear()
    tables = (Table(f"Table {n}", tuple(table.rows)) for n, table in enumerate(found, start=1))
    return tuple(table for table in tables if table.rows)


class _OpenTable:
    """A table while its rows are read; remembers what merged cells held."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._number = 0
        self._above: dict[int, Value] = {}

    def take(self, element: "Element", counting: Counting) -> None:
        self._number += 1
        values: list[Value] = [None] * _skipped(element)
        for cell in _cells(element):
            width, merge = _shape(cell)
            at = len(values)
            value = self._above.get(at) if merge == "continue" else _value(cell)
            self._above[at] = value
            values += [value, *[None] * (width - 1)]
            counting.check_width(len(values))
        row = counting.row(self._number, values)
        if row is not None:
            self.rows.append(row)


def _refuse_data_exchange(element: "Element") -> None:
    words = (element.text or "").upper().split()
    if words and words[0] in {"DDE", "DDEAUTO"}:
        raise DocumentRefused(LINKS)


def _cells(element: "Element") -> "Iterator[Element]":
    """Give the cells of a row, those within content controls and insertions included."""
    for child in element:
        tag = local(child.tag)
        if tag == "tc":
            yield child
        elif tag not in NOT_READ:
            yield from _cells(child)


def _skipped(element: "Element") -> int:
    """Return how many columns the row leaves out before its first cell."""
    before = (each for each in _properties(element, "trPr") if local(each.tag) == "gridBefore")
    return next(map(_count, before), 0)


def _shape(cell: "Element") -> tuple[int, str]:
    """Return over how many columns a cell goes, and "continue" if it goes on from above."""
    width, merge = 1, ""
    for child in _properties(cell, "tcPr"):
        match local(child.tag):
            case "gridSpan":
                width = max(_count(child), 1)
            case "vMerge":
                merge = _attribute(child) or "continue"
    return width, merge


def _properties(element: "Element", tag: str) -> "Iterator[Element]":
    """Give the properties of a row or a cell, which stand in a child of that tag."""
    for child in element:
        if local(child.tag) == tag:
            yield from child


def _count(element: "Element") -> int:
    shown = _attribute(element)
    if not (shown.isascii() and shown.isdigit()) or int(shown) > LAST_SPAN:
        raise DocumentRefused(DAMAGED)
    return int(shown)


def _attribute(element: "Element") -> str:
    return next((value for name, value in element.items() if local(name) == "val"), "")


def _value(cell: "Element") -> Value:
    text = tidy("\n".join(_paragraphs(cell)))
    if text is None and any(local(element.tag) == "numPr" for element in cell.iter()):
        return AUTOMATIC
    return text


def _paragraphs(element: "Element") -> "Iterator[str]":
    for child in element:
        tag = local(child.tag)
        if tag == "p":
            yield "".join(_runs(child))
        elif tag not in NOT_READ:
            yield from _paragraphs(child)


def _runs(element: "Element") -> "Iterator[str]":
    for child in element:
        match local(child.tag):
            case "t":
                yield child.text or ""
            case "tab":
                yield "\t"
            case "br" | "cr":
                yield "\n"
            case "noBreakHyphen":
                yield "-"
            case tag if tag not in NOT_READ:
                yield from _runs(child)
