"""Writes one table as a Word document, an Excel workbook or a CSV file, all with the same cells.

What is written here and read by `read_tables` is the same values again: text, days and numbers. No
text is ever a formula, whatever it begins with.
"""

from tracker.documents.formats import Format
from tracker.documents.writing.delimited import write_delimited
from tracker.documents.writing.excel import write_excel
from tracker.documents.writing.sheets import Column, Sheet
from tracker.documents.writing.word import write_word

WRITERS = {Format.EXCEL: write_excel, Format.WORD: write_word, Format.CSV: write_delimited}

__all__ = ["Column", "Format", "Sheet", "write_document"]


def write_document(sheet: Sheet, *, to: Format) -> bytes:
    """Return the file; rows are taken one by one, so that they may be made as they are needed."""
    return WRITERS[to](sheet)
