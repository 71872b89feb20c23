"""Reads a CSV file as the programs of the world write it: encodings, separators, quoting.

Every value is text; what guards a text against being taken for a formula is taken off again.
"""

import csv
import io
import re
from collections import Counter

from tracker.documents.formulas import unguarded
from tracker.documents.refusal import DocumentRefused, Limits
from tracker.documents.tables import Counting, Row, Table, tidy

SEPARATORS = (",", ";", "\t", "|")
SAMPLE_ROWS = 30
WIDEST = 16_384
"""Excel's own; a row of empty cells that is wider is not looked through."""
BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")
NOT_TEXT = (
    "The file is not text, although its name says CSV; save the table as CSV (UTF-8) or as an Excel"
    " workbook (.xlsx), then upload that."
)


def read_delimited(content: bytes, limits: Limits) -> tuple[Table, ...]:
    """Return the one table of a CSV file; none if it is blank. Raises: DocumentRefused."""
    text = _decoded(content)
    declared, text = _declared_separator(text)
    separator = declared or _likeliest_separator(text)
    rows = _rows(text, separator, Counting(limits), after=1 if declared else 0)
    return (Table("", tuple(rows)),) if rows else ()


def _decoded(content: bytes) -> str:
    """Try what leaves no doubt first; Windows-1252 is what is left over.

    Raises: DocumentRefused.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in content:
        encodings = ["utf-16-le" if content[1:2] == b"\x00" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "windows-1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not BINARY.search(text):
            return text
    raise DocumentRefused(NOT_TEXT)


def _declared_separator(text: str) -> tuple[str | None, str]:
    """Excel lets the first line say it: sep=;"""
    line, _, rest = text.partition("\n")
    line = line.strip("\r")
    if line.lower().startswith("sep=") and line[4:] in SEPARATORS:
        return line[4:], rest
    return None, text


def _likeliest_separator(text: str) -> str:
    """Choose the separator that makes the most rows of one width, and of two the wider."""
    return max(SEPARATORS, key=lambda separator: _agreement(text, separator))


def _agreement(text: str, separator: str) -> tuple[int, int]:
    widths: Counter[int] = Counter()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for _ in range(SAMPLE_ROWS):
            row = next(reader, None)
            if row is None:
                break
            widths[len(row)] += len(row) > 1
    except csv.Error:
        pass
    width, rows = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return (rows, width) if rows else (0, 0)


def _rows(text: str, separator: str, counting: Counting, *, after: int) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    try:
        for number, values in enumerate(reader, start=after + 1):
            counting.check_width(len(values) if len(values) > WIDEST else 0)
            row = counting.row(number, [tidy(unguarded(value)) for value in values])
            if row is not None:
                rows.append(row)
    except csv.Error as error:
        raise DocumentRefused(
            f"The quotation marks of line {reader.line_num:,} do not match; open the file in Excel,"
            " save it as CSV again, then upload it."
        ) from error
    return rows
