"""The sheet in every format, with texts that programs like to change: what comes back is known."""

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

import docx
import pytest
import xlsxwriter

from tests.tracker.exchange.conftest import plan
from tests.tracker.exchange.sheets import (
    HAPPENED_ON,
    UPDATE,
    Line,
    clock,
    csv_file,
    exported,
    reasons,
    update,
    uploaded,
    verdicts,
    workbook,
)
from tests.tracker.story import Story
from tracker.documents import as_text, read_tables
from tracker.exchange import files, working
from tracker.models import ExchangeJob

pytestmark = pytest.mark.django_db
ESCAPED = "_x0041_"
"""Excel escapes this where it stands as text; openpyxl, writing it, does not."""
UNRULY = (
    "=1+1",
    "'quoted, and “curly”",
    "''=HYPERLINK(\"http://a.example\")",
    "-5 cases a month",
    "@team: train them",
    "Two lines\nand  two   spaces; a, comma",
    "Gwella’r gwasanaeth i’r cyhoedd: ŵ ŷ â",
    f"{ESCAPED} is no escape",
    "1/2",
    "0012",
    "x" * 3000,
)


@pytest.fixture
def unruly(story: Story) -> Story:
    for description in UNRULY:
        plan(story, 1, description)
    return story


def lines_of(job: ExchangeJob) -> list[Line]:
    """Return the rows of an export as texts, by title."""
    (table,) = read_tables(job.file_name, files.read(job.stored_as))
    titles, *rows = ([as_text(cell) for cell in row.cells] for row in table.rows)
    return [dict(zip(titles, row, strict=False)) for row in rows]


def by_xlsxwriter(lines: Sequence[Line]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, cells in enumerate([list(lines[0]), *(line.values() for line in lines)]):
        for column, value in enumerate(cells):
            sheet.write_string(number, column, str(value or ""))
    book.close()
    return out.getvalue()


def by_word(lines: Sequence[Line]) -> bytes:
    document = docx.Document()
    document.add_heading("November")
    table = document.add_table(rows=0, cols=len(lines[0]))
    for cells in [list(lines[0]), *(line.values() for line in lines)]:
        row = table.add_row()
        for cell, value in zip(row.cells, cells, strict=True):
            cell.text = str(value or "")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def by_excel_in_german(lines: Sequence[Line]) -> bytes:
    """Excel writes the separator of the country, and its own encoding."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(lines[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode("utf-16")


WRITERS: dict[str, tuple[str, Callable[[Sequence[Line]], bytes]]] = {
    "openpyxl": ("sheet.xlsx", workbook),
    "XlsxWriter": ("sheet.xlsx", by_xlsxwriter),
    "csv": ("sheet.csv", csv_file),
    "csv with semicolons": ("sheet.csv", by_excel_in_german),
    "python-docx": ("sheet.docx", by_word),
}


def read(person: Any, content: bytes, name: str) -> ExchangeJob:
    job = uploaded(person, content, name=name)
    working.work_on(job.pk, clock())
    job.refresh_from_db()
    assert job.state == ExchangeJob.State.PREVIEWED, job.reason
    return job


@pytest.mark.parametrize("file_format", ["xlsx", "csv"])
def test_what_was_exported_and_brought_back_untouched_has_nothing_to_do(
    unruly: Story, file_format: str
) -> None:
    job = exported(unruly.lead, file_format=file_format)
    back = read(unruly.lead, files.read(job.stored_as), job.file_name)
    assert verdicts(back) == ["nothing"] * (3 + len(UNRULY))


@pytest.mark.parametrize("program", WRITERS)
def test_a_sheet_saved_by_any_program_is_known_row_by_row(unruly: Story, program: str) -> None:
    lines = lines_of(exported(unruly.lead, file_format="csv"))
    lines = [line for line in lines if ESCAPED not in line["Action"]]
    filled = [update(line, on="3 November 2026") for line in lines]
    assert {UPDATE, HAPPENED_ON} <= set(filled[0])
    name, write = WRITERS[program]
    back = read(unruly.lead, write(filled), name)
    assert list(zip(verdicts(back), reasons(back), strict=True)) == [("ready", "")] * len(lines)
