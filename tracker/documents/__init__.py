"""Tables out of Word, Excel and CSV files, and into them; hostile files are refused.

What lives here: the formats. What must not: Django, the domain, or any idea of what a column means.
`opening.read_tables` reads, `writing.write_document` writes, `headings` finds the row of titles,
`days.read_day` understands a day as people write it.
"""

from tracker.documents.opening import read_tables
from tracker.documents.packages import unpacked_size
from tracker.documents.refusal import LIMITS, DocumentRefused, Limits
from tracker.documents.tables import Row, Table, Unreadable, Value, as_text

__all__ = [
    "LIMITS",
    "DocumentRefused",
    "Limits",
    "Row",
    "Table",
    "Unreadable",
    "Value",
    "as_text",
    "read_tables",
    "unpacked_size",
]
