"""Files as the real programs' own libraries write them, and what can be done to them."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import docx
import openpyxl
import xlsxwriter

from tracker.documents import Value
from tracker.documents.formats import Format
from tracker.documents.writing import Column, Sheet, write_document


def excel_by_openpyxl(rows: Sequence[Sequence[Any]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    return saved(book.save)


def excel_by_xlsxwriter(rows: Sequence[Sequence[Any]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Plan")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return out.getvalue()


def word_by_docx(rows: Sequence[Sequence[str]]) -> bytes:
    document = docx.Document()
    document.add_paragraph("Action plan")
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return saved(document.save)


def saved(save: Callable[[Any], Any]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def written(
    rows: Sequence[Sequence[Value]], to: Format, titles: Sequence[str] | None = None
) -> bytes:
    titles = titles or [f"Column {n}" for n in range(len(rows[0]))]
    columns = [Column(title=title) for title in titles]
    return write_document(Sheet(title="A plan", columns=columns, rows=rows), to=to)


def repacked(
    content: bytes,
    *,
    changed: Mapping[str, bytes] | None = None,
    replaced: Sequence[tuple[bytes, bytes]] = (),
) -> bytes:
    """Pack an Office file anew, with other parts, or with other words in all of them."""
    parts = dict(changed or {})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = parts.pop(name, archive.read(name))
            for old, new in replaced:
                part = part.replace(old, new)
            parts[name] = part
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()
