"""A Word document on its side: a heading and one table, whose titles each page repeats."""

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tracker.documents.tables import as_text
from tracker.documents.writing.sheets import Column, Sheet

if TYPE_CHECKING:
    from docx.document import Document

NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
REPLACEMENT = "\ufffd"
A4_LONG, A4_SHORT, MARGIN = 297, 210, 20
"""In millimetres."""
TWIPS_OF_A_MILLIMETRE = 1440 / 25.4
SMALL = "18"
"""Nine points, in half points: seven columns fit a page."""


def write_word(sheet: Sheet) -> bytes:
    """Return the table as a document."""
    import docx.shared  # noqa: PLC0415 -- heavy, and needed nowhere else

    document = docx.Document()
    _set_up(document, sheet.title)
    document.add_heading(_storable(sheet.title), level=1)
    made = document.add_table(rows=0, cols=len(sheet.columns), style="Table Grid")
    table, widths = made._tbl, _widths(sheet.columns)  # noqa: SLF001 -- see _append
    for column, width in zip(made.columns, widths, strict=True):
        column.width = docx.shared.Twips(width)
    _append(table, sheet.titles, widths, is_title=True)
    for row in sheet.rows:
        _append(table, [as_text(value) for value in row], widths)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: "Document", title: str) -> None:
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(A4_LONG), Mm(A4_SHORT)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin = section.bottom_margin = Mm(MARGIN)
    document.core_properties.title = _storable(title)[:255]
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.language = "en-GB"


def _widths(columns: Sequence[Column]) -> Sequence[int]:
    """Return widths in twentieths of a point, in proportion, together as wide as the page."""
    whole = (A4_LONG - 2 * MARGIN) * TWIPS_OF_A_MILLIMETRE
    total = sum(column.width for column in columns)
    return [int(whole * column.width / total) for column in columns]


def _append(
    table: Any, texts: Sequence[str], widths: Sequence[int], *, is_title: bool = False
) -> None:
    """Append a row of cells; python-docx goes through the whole table for each cell it finds."""
    from docx.oxml import OxmlElement  # noqa: PLC0415

    row = OxmlElement("w:tr")
    if is_title:
        _within(_within(row, "w:trPr"), "w:tblHeader")
    for text, width in zip(texts, widths, strict=True):
        cell = _within(row, "w:tc")
        _within(_within(cell, "w:tcPr"), "w:tcW", type="dxa", w=str(width))
        run = _within(_within(cell, "w:p"), "w:r")
        style = _within(run, "w:rPr")
        if is_title:
            _within(style, "w:b")
        _within(style, "w:sz", val=SMALL)
        _write(run, text)
    table.append(row)


def _write(run: Any, text: str) -> None:
    for at, line in enumerate(_storable(text).split("\n")):
        if at:
            _within(run, "w:br")
        written = _within(run, "w:t")
        written.text = line
        written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _within(parent: Any, tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    child = OxmlElement(tag)
    for name, value in attributes.items():
        child.set(qn(f"w:{name}"), value)
    parent.append(child)
    return child


def _storable(text: str) -> str:
    return NOT_IN_XML.sub(REPLACEMENT, text)
