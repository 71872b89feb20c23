"""Reads the visible sheets of an Excel workbook, cell by cell, as a stream.

Formulas are never computed: what counts is the result that Excel stored beside them. Where none is
stored, or an error is, the cell says so. How a number becomes a day is in `excel_days`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tracker.documents.excel_days import DayStyles, day_of
from tracker.documents.packages import Package, local
from tracker.documents.refusal import BOMB, DAMAGED, DocumentRefused, Limits
from tracker.documents.tables import Counting, Row, Table, Unreadable, Value, tidy

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
LAST_ROW = 1_048_576
WHOLE = 10**15
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How Excel writes a character that XML does not allow, and its own escape."""
NOT_COMPUTED = Unreadable(
    "", "holds a formula without its result; open the workbook in Excel, save it, then upload it"
)
ERROR = "shows an error of the workbook; mend its formula or type the value"


def read_excel(package: Package, limits: Limits) -> tuple[Table, ...]:
    """Return the visible sheets of a workbook that hold anything. Raises: DocumentRefused."""
    try:
        tables = tuple(_Workbook(package, limits).tables())
    except (ValueError, IndexError, OverflowError) as error:
        raise DocumentRefused(DAMAGED) from error
    return tuple(table for table in tables if table.rows)


class _Workbook:
    """What the sheets of one workbook share: texts, styles, and the day its days count from."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self._package = package
        self._limits = limits
        self._counting = Counting(limits)
        self._main = package.main_part()
        self._targets = package.relationships(self._main)
        self._texts = list(self._shared_texts())
        self._days = DayStyles(package, self._part("styles"))
        self._from_1904 = False

    def tables(self) -> Iterator[Table]:
        sheets = []
        for element in self._package.ended(self._main):
            match local(element.tag):
                case "workbookPr":
                    self._from_1904 = element.get("date1904", "0") in {"1", "true"}
                case "sheet" if element.get("state", "visible") == "visible":
                    sheets.append((element.get("name", ""), _relationship_id(element)))
        for name, relationship in sheets:
            kind, part = self._targets.get(relationship, ("", ""))
            if kind == "worksheet":
                yield Table(name, self._rows(part))

    def _part(self, kind: str) -> str | None:
        return next((part for known, part in self._targets.values() if known == kind), None)

    def _shared_texts(self) -> Iterator[str]:
        part = self._part("sharedStrings")
        if part is None or part not in self._package:
            return
        for element in self._package.ended(part):
            if local(element.tag) == "si":
                yield _text_of(element)
                element.clear()

    def _rows(self, part: str) -> tuple[Row, ...]:
        rows: dict[int, Row] = {}
        merged: list[str] = []
        number = 0
        for element in self._package.ended(part):
            match local(element.tag):
                case "row":
                    number = int(element.get("r", number + 1))
                    row = self._row(number, element)
                    if row is not None:
                        rows[number] = row
                    element.clear()
                case "mergeCell":
                    merged.append(element.get("ref", ""))
        _fill_merged(rows, merged, most=self._limits.cells)
        return tuple(rows.values())

    def _row(self, number: int, element: "Element") -> Row | None:
        if not 1 <= number <= LAST_ROW:
            raise ValueError(number)
        values: dict[int, Value] = {}
        column = 0
        for cell in element:
            if local(cell.tag) != "c":
                continue
            reference = cell.get("r")
            column = _split(reference)[0] if reference else column + 1
            value = self._value(cell)
            if value is not None:
                self._counting.check_width(column)
                values[column] = value
        last = max(values, default=0)
        return self._counting.row(number, [values.get(n) for n in range(1, last + 1)])

    def _value(self, cell: "Element") -> Value:
        found = {local(child.tag): child for child in cell}
        shown = (found["v"].text or "") if "v" in found else ""
        kind = cell.get("t", "n")
        is_empty_text = kind == "str" and "v" in found
        if "f" in found and not shown and not is_empty_text:
            return NOT_COMPUTED
        if kind in {"n", ""}:
            return self._number(shown, _index(cell.get("s", "0")))
        if kind == "e":
            return Unreadable(shown, ERROR)
        return tidy(self._text(kind, shown, found.get("is")))

    def _text(self, kind: str, shown: str, inline: "Element | None") -> str:
        match kind:
            case "s":
                return self._texts[_index(shown)] if shown else ""
            case "inlineStr":
                return "" if inline is None else _text_of(inline)
            case "b":
                return {"1": "TRUE", "0": "FALSE"}.get(shown.strip(), "")
            case "d":
                return shown.partition("T")[0]
            case _:
                return _unescaped(shown)

    def _number(self, shown: str, style: int) -> Value:
        if not shown.strip():
            return None
        number = float(shown)
        if style in self._days:
            return day_of(number, from_1904=self._from_1904)
        is_whole = number == int(number) and abs(number) < WHOLE
        return int(number) if is_whole else number


def _relationship_id(element: "Element") -> str:
    return next((value for name, value in element.items() if name.endswith("}id")), "")


def _index(shown: str) -> int:
    number = int(shown)
    if number < 0:
        raise ValueError(number)
    return number


def _split(reference: str) -> tuple[int, int]:
    """Return the column and the row of a reference such as AB12, counted from 1."""
    match = REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(match[2])


def _text_of(element: "Element") -> str:
    """Join the runs of a text; how it is pronounced (rPh) is no part of it."""
    runs = []
    for child in element:
        if local(child.tag) == "t":
            runs.append(child.text or "")
        elif local(child.tag) == "r":
            runs += [run.text or "" for run in child if local(run.tag) == "t"]
    return _unescaped("".join(runs))


def _unescaped(text: str) -> str:
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _fill_merged(rows: dict[int, Row], merged: list[str], most: int) -> None:
    """Give the rows of cells that were merged downwards the value that people see beside them."""
    numbers = sorted(rows)
    for reference in merged:
        first, _, last = reference.partition(":")
        (column, top), (_, bottom) = _split(first), _split(last or first)
        value = _cell(rows.get(top), column)
        below = numbers[bisect_right(numbers, top) : bisect_right(numbers, bottom)]
        most -= len(below)
        if most < 0:
            raise DocumentRefused(BOMB)
        for number in below if value is not None else ():
            if _cell(rows[number], column) is None:
                rows[number] = _with_cell(rows[number], column, value)


def _cell(row: Row | None, column: int) -> Value:
    return row.cells[column - 1] if row is not None and column <= len(row.cells) else None


def _with_cell(row: Row, column: int, value: Value) -> Row:
    cells = [*row.cells, *[None] * (column - len(row.cells))]
    cells[column - 1] = value
    return Row(row.number, tuple(cells))
