"""CSV as Excel opens it without asking: UTF-8 with its mark, every value quoted, nothing computed.

Days are written 2027-03-31, which every country's Excel reads alike.
"""

import csv
import io
from datetime import date

from tracker.documents.formulas import guarded
from tracker.documents.tables import Value, as_text
from tracker.documents.writing.sheets import Sheet

MARK = "\ufeff"


def write_delimited(sheet: Sheet) -> bytes:
    """Return the table as a CSV file."""
    out = io.StringIO(newline="")
    out.write(MARK)
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(sheet.titles)
    for row in sheet.rows:
        writer.writerow([_written(value) for value in row])
    return out.getvalue().encode()


def _written(value: Value) -> str:
    match value:
        case date():
            return value.isoformat()
        case str():
            return guarded(value)
        case _:
            return as_text(value)
