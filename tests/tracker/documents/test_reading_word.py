"""What people do in tables of Word documents, and what is read of it."""

import docx
import pytest

from tests.tracker.documents.files import repacked, saved, word_by_docx
from tracker.documents import Table, Unreadable, Value, read_tables

ROWS = [["No", "Action"], ["1", "a"], ["", "b"], ["2", "c"]]
WORD = word_by_docx(ROWS)


def cells(content: bytes) -> list[tuple[Value, ...]]:
    return [row.cells for row in read_tables("plan.docx", content)[0].rows]


def changed(old: str, new: str) -> bytes:
    return repacked(WORD, replaced=[(old.encode(), new.encode())])


def test_every_table_is_read_in_order_and_rows_are_numbered_from_its_top() -> None:
    document = docx.Document()
    for text in ("first", "", "second"):
        document.add_table(rows=2, cols=1).rows[1].cells[0].text = text
    first, second = read_tables("plan.docx", saved(document.save))
    assert (first.name, second.name) == ("Table 1", "Table 3")
    assert [row.number for row in first.rows] == [2]


def test_a_document_without_a_table_has_none() -> None:
    document = docx.Document()
    document.add_paragraph("Our plan: train everybody by 31 March 2026.")
    assert read_tables("plan.docx", saved(document.save)) == ()


def test_merged_cells_give_each_row_and_keep_each_column() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    for at, row in enumerate([["No", "Action", "Due"], ["1", "a", "x"], ["", "b", "y"]]):
        for cell, text in zip(table.rows[at].cells, row, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(0, 0).merge(table.cell(0, 1))
    assert cells(saved(document.save)) == [
        ("No\nAction", None, "Due"),
        ("1", "a", "x"),
        ("1", "b", "y"),
    ]


def test_a_table_within_a_cell_is_a_table_of_its_own() -> None:
    document = docx.Document()
    outer = document.add_table(rows=1, cols=1).rows[0].cells[0]
    outer.text = "outer"
    outer.add_table(rows=1, cols=1).rows[0].cells[0].text = "inner"
    tables = read_tables("plan.docx", saved(document.save))
    assert [_only(table) for table in tables] == ["outer", "inner"]


def _only(table: Table) -> Value:
    ((value,),) = [row.cells for row in table.rows]
    return value


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("<w:r><w:t>x</w:t><w:tab/><w:t>y</w:t><w:br/><w:t>z</w:t></w:r>", "x\ty\nz"),
        ("<w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:t>kept</w:t></w:r>", "kept"),
        ("<w:ins><w:r><w:t>new</w:t></w:r></w:ins>", "new"),
        ("<w:moveFrom><w:r><w:t>old</w:t></w:r></w:moveFrom><w:r><w:t>kept</w:t></w:r>", "kept"),
        ("<w:sdt><w:sdtContent><w:r><w:t>Agreed</w:t></w:r></w:sdtContent></w:sdt>", "Agreed"),
        ("<w:hyperlink><w:r><w:t>a link</w:t></w:r></w:hyperlink>", "a link"),
        ("<w:r><w:instrText> DATE </w:instrText></w:r><w:r><w:t>today</w:t></w:r>", "today"),
    ],
)  # fmt: skip
def test_what_word_shows_is_read(markup: str, read: str) -> None:
    assert cells(changed("<w:r><w:t>a</w:t></w:r>", markup))[1] == ("1", read)


def test_a_cell_within_a_content_control_is_read() -> None:
    document = changed("<w:tc>", "<w:sdt><w:sdtContent><w:tc>")
    document = repacked(document, replaced=[(b"</w:tc>", b"</w:tc></w:sdtContent></w:sdt>")])
    assert cells(document) == cells(WORD)


def test_a_number_that_word_itself_counts_is_not_guessed() -> None:
    numbered = changed(
        "<w:r><w:t>1</w:t></w:r>", "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>"
    )
    value = cells(numbered)[1][0]
    assert isinstance(value, Unreadable)
    assert "numbered by Word itself" in value.why
