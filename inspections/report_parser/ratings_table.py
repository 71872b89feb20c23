"""The ratings table near the front of a report.

What lives here: fieldwork month, score, overall rating and the table's word on each standard.
What must not: the body's ratings, and any comparison of the two.

Its columns are glued in the published text ("Fieldwork started September 2025Score 4/21") and
stand on lines of their own in a copy of the page, so the table is read as one running text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from inspections.ratings import Rating
from inspections.report_parser.lines import Found, Line, Passage, join_lines
from inspections.report_parser.notation import (
    CODE,
    MONTH,
    RATING,
    read_code,
    read_month,
    read_rating,
)

_FIELDWORK = re.compile(rf"Fieldwork started:? ?(?:[0-9]{{1,2}} )?({MONTH}) ([0-9]{{4}})")
_SCORE = re.compile(r"Score:? ?([0-9]{1,3}) ?(?:/|out of) ?([0-9]{1,3})(?![0-9])")
_OVERALL = re.compile(rf"Overall rating:? ?[‘'\"]?({RATING})", re.IGNORECASE)
_ROW_CODE = re.compile(rf"(?<![A-Za-z0-9.,/]){CODE.pattern}(?=[A-Z])")
_ROW_RATING = re.compile(rf"[ :–-]{{0,3}}({RATING})")
_LONGEST_ROW = 150


@dataclass(frozen=True, slots=True)
class TableRow:
    code: str
    name: str
    rating: Found[Rating] | None
    line: int


@dataclass(frozen=True, slots=True)
class RatingsTable:
    fieldwork_month: Found[str] | None
    score: Found[int] | None
    score_max: Found[int] | None
    overall_rating: Found[Rating] | None
    rows: dict[str, TableRow]


def read_ratings_table(lines: Sequence[Line]) -> RatingsTable:
    """Read the table from the lines under "Ratings"."""
    passage = join_lines(lines)
    score = _SCORE.search(passage.text)
    return RatingsTable(
        fieldwork_month=_read_fieldwork_month(passage),
        score=Found(int(score[1]), passage.lines_of_match(score)) if score else None,
        score_max=Found(int(score[2]), passage.lines_of_match(score)) if score else None,
        overall_rating=_read_overall_rating(passage),
        rows=_read_rows(passage),
    )


def _read_fieldwork_month(passage: Passage) -> Found[str] | None:
    match = _FIELDWORK.search(passage.text)
    return Found(read_month(match[1], match[2]), passage.lines_of_match(match)) if match else None


def _read_overall_rating(passage: Passage) -> Found[Rating] | None:
    match = _OVERALL.search(passage.text)
    rating = read_rating(match[1]) if match else None
    return Found(rating, passage.lines_of_match(match)) if match and rating else None


def _read_rows(passage: Passage) -> dict[str, TableRow]:
    """Cut the text at its codes; a row runs to the next code, the first row of a code counts."""
    codes = list(_ROW_CODE.finditer(passage.text))
    ends = [*(code.start() for code in codes[1:]), len(passage.text)]
    rows: dict[str, TableRow] = {}
    for code, end in zip(codes, ends, strict=False):
        row = _read_row(passage, code, min(end, code.end() + _LONGEST_ROW))
        rows.setdefault(row.code, row)
    return rows


def _read_row(passage: Passage, code: re.Match[str], end: int) -> TableRow:
    rating = _ROW_RATING.search(passage.text, code.end(), end)
    line, _ = passage.lines_of_match(code)
    if rating is None:
        return TableRow(read_code(code), passage.text[code.end() : end].strip(), None, line)
    value = read_rating(rating[1])
    lines = (line, passage.lines_of_match(rating)[1])
    name = passage.text[code.end() : rating.start()].strip()
    return TableRow(read_code(code), name, Found(value, lines) if value else None, line)
