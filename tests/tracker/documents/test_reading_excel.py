"""What people do in workbooks, and what is read of it."""

import io
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.tracker.documents.files import excel_by_openpyxl, repacked, saved
from tracker.documents import Row, Unreadable, Value, read_tables


def first_row(content: bytes) -> tuple[Value, ...]:
    return read_tables("plan.xlsx", content)[0].rows[0].cells


def workbook(cells: dict[str, Any]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for reference, value in cells.items():
        sheet[reference] = value
    return saved(book.save)


def test_rows_are_numbered_as_excel_numbers_them_and_blank_ones_are_left_out() -> None:
    (table,) = read_tables("plan.xlsx", workbook({"B2": "No", "B5": 1, "C5": "  ", "D7": "x"}))
    assert table.rows == (Row(2, (None, "No")), Row(5, (None, 1)), Row(7, (None, None, None, "x")))


def test_each_visible_sheet_that_holds_something_is_a_table() -> None:
    book = openpyxl.Workbook()
    for name in ("Plan", "Blank", "Old plan"):
        book.create_sheet(name)
    book["Plan"]["A1"] = "a"
    book["Old plan"]["A1"] = "b"
    book["Old plan"].sheet_state = "hidden"
    assert [table.name for table in read_tables("plan.xlsx", saved(book.save))] == ["Plan"]


def test_cells_merged_downwards_give_each_row_their_value() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["No", "Action"], [1, "a"], [None, "b"], [None, "c"], [2, "d"]):
        sheet.append(row)
    sheet.merge_cells("A2:A4")
    (table,) = read_tables("plan.xlsx", saved(book.save))
    assert [row.cells for row in table.rows[1:]] == [(1, "a"), (1, "b"), (1, "c"), (2, "d")]


def test_a_formula_counts_with_its_stored_result_and_says_so_where_it_has_none() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=6*7", value=42)
        sheet.write_formula("B1", '="a"&"b"', value="ab")
        sheet.write_formula("C1", "=1/0", value="#DIV/0!")
    number, text, error = first_row(out.getvalue())
    assert (number, text) == (42, "ab")
    assert isinstance(error, Unreadable)
    assert "error of the workbook" in error.why
    (nothing,) = first_row(excel_by_openpyxl([["=1+1"]]))
    assert isinstance(nothing, Unreadable)
    assert "formula without its result" in nothing.why


@pytest.mark.parametrize(
    ("pattern", "is_a_day"),
    [
        ("dd/mm/yyyy", True),
        ("[$-809]d mmmm yyyy;@", True),
        ("mmm-yy", True),
        ('0 "days"', False),
        ("0.00", False),
        ("[Red]0", False),
        ("hh:mm", False),
        ("General", False),
    ],
)
def test_a_number_is_a_day_when_it_is_shown_as_one(pattern: str, is_a_day: bool) -> None:  # noqa: FBT001
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write_number("A1", 46112, book.add_format({"num_format": pattern}))
    assert first_row(out.getvalue()) == ((date(2026, 3, 31) if is_a_day else 46112),)


def test_days_keep_their_date_whatever_the_time_of_day_and_the_epoch() -> None:
    morning = datetime(2026, 3, 31, 9, 30)  # noqa: DTZ001 -- Excel knows no time zones
    assert first_row(excel_by_openpyxl([[morning]])) == (date(2026, 3, 31),)
    out = io.BytesIO()
    options = {"date_1904": True, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(out, options) as book:
        book.add_worksheet().write_datetime("A1", date(2026, 3, 31))
    assert first_row(out.getvalue()) == (date(2026, 3, 31),)


def test_a_time_of_day_is_no_day() -> None:
    (value,) = first_row(excel_by_openpyxl([[time(9, 30)]]))
    assert not isinstance(value, date)


def test_text_in_several_fonts_and_in_escapes_is_one_text() -> None:
    rich = CellRichText("Train ", TextBlock(InlineFont(b=True), "every"), "body")
    assert first_row(workbook({"A1": rich})) == ("Train everybody",)
    escaped = repacked(
        workbook({"A1": "one|two"}), replaced=[(b"one|two", b"one_x000D_\ntwo_x005F_x")]
    )
    assert first_row(escaped) == ("one\ntwo_x",)
