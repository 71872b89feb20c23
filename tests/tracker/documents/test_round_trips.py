"""What other programs' libraries write is read, and what is written here is read as it was."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracker.documents.files import (
    excel_by_openpyxl,
    excel_by_xlsxwriter,
    word_by_docx,
    written,
)
from tracker.documents import Value, as_text, read_tables
from tracker.documents.formats import Format
from tracker.documents.tables import tidy
from tracker.documents.writing.excel import TextTooLong
from tracker.documents.writing.word import NOT_IN_XML

TEXTS = [
    "Ymgysylltu â phobl: ŵ ŷ",
    'say "no", twice',
    "one\ntwo\n\nfour",
    "a;b,c\td",
    "=1+1",
    "x" * 9_000,
]


@pytest.mark.parametrize("make", [excel_by_openpyxl, excel_by_xlsxwriter])
def test_workbooks_of_other_libraries_keep_texts_numbers_and_days(make: Any) -> None:
    texts = [text for text in TEXTS if not text.startswith("=")]
    content = make([[*texts, 7, 2.5, date(2026, 3, 31), True, None, "end"]])
    (table,) = read_tables("plan.xlsx", content)
    expected = (*texts, 7, 2.5, date(2026, 3, 31), "TRUE", None, "end")
    assert [row.cells for row in table.rows] == [expected]


def test_documents_of_another_library_keep_texts_with_their_lines() -> None:
    (table,) = read_tables("plan.docx", word_by_docx([TEXTS, ["second", *[""] * 5]]))
    assert [row.cells for row in table.rows] == [tuple(TEXTS), ("second",)]


@pytest.mark.parametrize("to", list(Format))
def test_days_and_numbers_are_written_so_that_people_and_programs_read_them(to: Format) -> None:
    (table,) = read_tables(f"plan.{to}", written([[date(2026, 3, 1), 12, 0.5]], to))
    shown = {
        Format.EXCEL: (date(2026, 3, 1), 12, 0.5),
        Format.WORD: ("1 March 2026", "12", "0.5"),
        Format.CSV: ("2026-03-01", "12", "0.5"),
    }
    assert table.rows[1].cells == shown[to]


ANY_TEXT = st.text(
    st.characters(exclude_categories=["Cs"]).filter(lambda sign: not NOT_IN_XML.search(sign)),
    max_size=60,
)
"""Control characters are refused on their way into the log, so no file has to hold them."""
AWKWARD = st.sampled_from(
    [
        "=1+1",
        "'=1",
        "''",
        "'tis",
        "-5",
        "+44 20",
        "@lead",
        " =x",
        "_x0041_",
        "＝1",
        "\t=1",
        "a\r\nb",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(ANY_TEXT | AWKWARD, min_size=3, max_size=3), min_size=1, max_size=3))
def test_every_text_that_the_log_can_hold_comes_back_as_it_was(rows: list[list[str]]) -> None:
    expected = [tuple(tidy(text) for text in row) for row in rows]
    for to in Format:
        (table,) = read_tables(f"plan.{to}", written([[*row, "end"] for row in rows], to))
        assert [row.cells[:-1] for row in table.rows[1:]] == expected


def test_a_text_that_excel_cannot_hold_is_never_cut_off() -> None:
    with pytest.raises(TextTooLong, match="32,768 characters"):
        written([["x" * 32_768]], Format.EXCEL)


def test_five_thousand_rows_go_out_and_come_in() -> None:
    rows: list[list[Value]] = [
        [n, f"Recommendation {n}", date(2026, 1, 1)] for n in range(1, 5_001)
    ]
    for to in Format:
        (table,) = read_tables(f"plan.{to}", written(rows, to))
        assert len(table.rows) == 5_001
        assert as_text(table.rows[-1].cells[1]) == "Recommendation 5000"
        assert table.rows[-1].number == 5_001
