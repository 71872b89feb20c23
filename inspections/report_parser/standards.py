"""The standards: title, wording, rating, key questions and findings of each.

What lives here: reading a standard's block in the body of a report and laying the ratings table's
word beside it. What must not: judging whether the two agree; `cross_checks` does.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from inspections.ratings import Rating
from inspections.report_parser.findings import begins_findings, read_findings
from inspections.report_parser.key_questions import begins_key_questions, read_key_questions
from inspections.report_parser.lines import Found, Line, join_lines
from inspections.report_parser.notation import RATING, read_rating, without_footnote_marks
from inspections.report_parser.outline import Block
from inspections.report_parser.parsed import Standard
from inspections.report_parser.ratings_table import TableRow

_NAME = re.compile(rf"\A(.*?)[ :–-]{{0,3}}(?:Rating)?[ :]{{0,2}}({RATING})?")
_WORDING = re.compile(rf"\A(.*?) ?(?:Rating:? ?)?[‘'\"]?({RATING})[’'\"]?\.?")
_COLUMN_TITLES = {"rating", "standard"}


@dataclass(frozen=True, slots=True)
class ReadStandard:
    """A standard, and where its wording and its rating stand."""

    standard: Standard
    wording: Found[str] | None
    rating: Found[Rating] | None


@dataclass(frozen=True, slots=True)
class _Head:
    name: str | None
    wording: Found[str] | None
    rating: Found[Rating] | None


def read_standards(
    blocks: Sequence[Block], rows: dict[str, TableRow], footnotes: Collection[int]
) -> tuple[ReadStandard, ...]:
    """Read every standard of the body, and those of which only the ratings table knows."""
    read = {block.code or "": _read_standard(block, rows, footnotes) for block in blocks}
    for code, row in rows.items():
        read.setdefault(code, _from_table_alone(row))
    return tuple(read[code] for code in sorted(read))


def _from_table_alone(row: TableRow) -> ReadStandard:
    rating = row.rating.value if row.rating else None
    standard = Standard(row.code, row.name or None, None, rating, rating, (), (), row.line)
    return ReadStandard(standard, None, row.rating)


def _read_standard(
    block: Block, rows: dict[str, TableRow], footnotes: Collection[int]
) -> ReadStandard:
    head, questions, findings = _part(block.lines)
    first = _read_head(head, footnotes)
    code, row = block.code or "", rows.get(block.code or "")
    standard = Standard(
        code=code,
        name=first.name or (row.name if row else None),
        wording=first.wording.value if first.wording else None,
        rating=first.rating.value if first.rating else None,
        table_rating=row.rating.value if row and row.rating else None,
        key_questions=read_key_questions(questions),
        findings=read_findings(findings),
        line=block.title.number if block.title else 0,
    )
    return ReadStandard(standard, first.wording, first.rating)


def _part(lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line], Sequence[Line]]:
    """Part a standard's lines into title and wording, key questions, findings."""
    places = range(len(lines))
    findings = next((place for place in places if begins_findings(lines[place])), len(lines))
    questions = next(
        (place for place in places[:findings] if begins_key_questions(lines[place])), findings
    )
    return lines[:questions], lines[questions:findings], lines[findings:]


def _read_head(lines: Sequence[Line], footnotes: Collection[int]) -> _Head:
    """Read the title's rest ("LeadershipRating") and the wording with its glued rating."""
    if not lines:
        return _Head(None, None, None)
    title = _NAME.fullmatch(lines[0].text)
    name = without_footnote_marks(title[1], footnotes) if title else None
    rest = [line for line in lines[1:] if line.text.casefold() not in _COLUMN_TITLES]
    if rest and read_rating(rest[0].text):
        rest = [*rest[1:], rest[0]]  # some pages put the rating before the wording
    wording, rating = _read_wording(rest, footnotes)
    if rating is None and title and title[2] and (value := read_rating(title[2])):
        rating = Found(value, (lines[0].number, lines[0].number))
    return _Head(name or None, wording, rating)


def _read_wording(
    lines: Sequence[Line], footnotes: Collection[int]
) -> tuple[Found[str] | None, Found[Rating] | None]:
    passage = join_lines(lines)
    match = _WORDING.fullmatch(passage.text)
    text = match[1] if match else passage.text
    rating = read_rating(match[2]) if match else None
    wording = without_footnote_marks(text, footnotes).strip()
    return (
        Found(wording, passage.lines_of(0, len(text))) if wording else None,
        Found(rating, passage.lines_of(*match.span(2))) if match and rating else None,
    )
