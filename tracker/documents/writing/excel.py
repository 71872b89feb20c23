"""An Excel workbook, row by row: titles that stay in sight, real days, text that is text."""

import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from tracker.documents.formulas import guarded
from tracker.documents.tables import Unreadable, Value, as_text
from tracker.documents.writing.sheets import Column, Sheet

LONGEST_TEXT = 32_767
LONGEST_NAME = 31
DAY_FORMAT = "dd/mm/yyyy"
NOT_IN_A_NAME = re.compile(r"[\\/*?:\[\]]|[\x00-\x1f]")
NEEDS_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""Characters that XML does not allow, and what reads like the escape of one."""


class TextTooLong(Exception):  # noqa: N818 - an expected refusal
    """Excel holds no text of this length, and cutting it off would lose words."""


def write_excel(sheet: Sheet) -> bytes:
    """Return the table as a workbook of one sheet. Raises: TextTooLong."""
    from openpyxl import Workbook  # noqa: PLC0415 -- heavy, and needed nowhere else

    # First, for a workbook that is left half written complains for as long as it is remembered.
    rows = [[_storable(value) for value in row] for row in sheet.rows]
    book = Workbook(write_only=True)
    page = book.create_sheet(_name(sheet.title))
    _set_up(page, sheet.columns)
    page.append([_title(page, column) for column in sheet.columns])
    for row in rows:
        page.append([_cell(page, value) for value in row])
    book.properties.title = sheet.title
    book.properties.creator = ""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _storable(value: Value) -> Value:
    if not isinstance(value, str | Unreadable):
        return value
    written = NEEDS_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", as_text(value))
    if len(written) > LONGEST_TEXT:
        raise TextTooLong(f"A text of {len(written):,} characters does not fit a cell of Excel.")
    return written


def _name(title: str) -> str:
    return NOT_IN_A_NAME.sub(" ", title)[:LONGEST_NAME].strip(" '") or "Sheet"


def _set_up(page: Any, columns: Sequence[Column]) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = column.width
        page.column_dimensions[letter].hidden = column.hidden
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _title(page: Any, column: Column) -> Any:
    from openpyxl.styles import Font  # noqa: PLC0415

    cell = _text_cell(page, column.title)
    cell.font = Font(bold=True)
    return cell


def _cell(page: Any, value: Value) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    match value:
        case None:
            return None
        case str():
            return _text_cell(page, value)
        case date():
            cell = WriteOnlyCell(page, datetime(value.year, value.month, value.day))  # noqa: DTZ001
            cell.number_format = DAY_FORMAT
            return _at_the_top(cell)
        case int() | float():
            return _at_the_top(WriteOnlyCell(page, value))
        case Unreadable():
            return _text_cell(page, value.shown)


def _text_cell(page: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"  # openpyxl takes what begins with "=" for a formula
    if guarded(text) != text:
        cell.quotePrefix = True  # nor does Excel, once somebody has edited it
    return _at_the_top(cell)


def _at_the_top(cell: Any) -> Any:
    cell.alignment = _top()
    return cell


@cache
def _top() -> Any:
    """One for all cells: each new one costs as much as the cell itself."""
    from openpyxl.styles import Alignment  # noqa: PLC0415

    return Alignment(wrap_text=True, vertical="top")
