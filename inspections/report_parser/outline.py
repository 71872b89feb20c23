"""The outline of a report: which lines belong to which section and which standard.

What lives here: the published section titles and the cut at them. What must not: reading what
stands inside a section.

Section titles and standards stand twice in a report, in the ratings table and over their body. A
body title carries "(Back to top)" in the published text, but not in every form of the page, so
the table is also known by its place: it is what follows "Ratings", each title and code once. A
table of contents is a run of titles with nothing between them and leaves only empty sections
behind.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto

from inspections.report_parser.findings import kind_titled
from inspections.report_parser.lines import Line, Mark
from inspections.report_parser.notation import CODE, read_code


class Section(Enum):
    HEADER = auto()
    FOREWORD = auto()
    RATINGS = auto()
    RECOMMENDATIONS = auto()
    BACKGROUND = auto()
    ORGANISATION = auto()
    DELIVERY = auto()
    DIVERSITY = auto()
    STANDARD = auto()
    FURTHER_INFORMATION = auto()
    FOOTNOTES = auto()
    OTHER = auto()


_TITLES = {
    "foreword": Section.FOREWORD,
    "ratings": Section.RATINGS,
    "recommendations": Section.RECOMMENDATIONS,
    "background": Section.BACKGROUND,
    "organisational arrangements and activity": Section.ORGANISATION,
    "organisational delivery": Section.ORGANISATION,
    "service delivery": Section.DELIVERY,
    "diversity and inclusion": Section.DIVERSITY,
    "further information": Section.FURTHER_INFORMATION,
    "footnotes": Section.FOOTNOTES,
}
_LONGEST_STANDARD_TITLE = 90
_STANDARD_NAME = re.compile(r"(?:[A-Z][^.?!]*)?")


@dataclass(frozen=True, slots=True)
class Block:
    """A title and the lines under it, up to the next title; a STANDARD also has its code.

    A standard's `lines` begin with what follows the code on the title's own line, if anything does.
    """

    section: Section
    title: Line | None
    code: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    blocks: tuple[Block, ...]

    def lines(self, section: Section) -> tuple[Line, ...]:
        """Give the lines of every block of a section, in their order."""
        return tuple(
            line for block in self.blocks if block.section is section for line in block.lines
        )

    def title_line(self, section: Section) -> int | None:
        """Give the line of the title that a section's text stands under, or None without one."""
        blocks = [block for block in self.blocks if block.section is section and block.title]
        fullest = max(blocks, key=lambda block: len(block.lines), default=None)
        return fullest.title.number if fullest and fullest.title else None

    def has(self, section: Section) -> bool:
        """Say whether the section stands in the report, with or without text."""
        return any(block.section is section for block in self.blocks)

    def standards(self) -> tuple[Block, ...]:
        """Give one block for each standard, in their order: the fullest if a code comes twice."""
        fullest: dict[str, tuple[int, Block]] = {}
        for place, block in enumerate(self.blocks):
            if block.code is None:
                continue
            known = fullest.get(block.code)
            if known is None or len(block.lines) > len(known[1].lines):
                fullest[block.code] = (place, block)
        return tuple(block for _, block in sorted(fullest.values(), key=lambda found: found[0]))

    def front(self) -> tuple[Line, ...]:
        """Give the lines before the ratings: title, publication date, foreword."""
        ratings = self.title_line(Section.RATINGS)
        lines = (line for block in self.blocks for line in block.lines)
        return tuple(line for line in lines if ratings is None or line.number < ratings)


def outline(lines: Iterable[Line]) -> Outline:
    """Cut the lines of a report at its section titles and standards."""
    cutter = _Cutter()
    for line in lines:
        cutter.take(line)
    return cutter.finish()


@dataclass(slots=True)
class _Cutter:
    """The block being filled, and what the ratings table has shown so far."""

    section: Section = Section.HEADER
    title: Line | None = None
    code: str | None = None
    filling: list[Line] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    table_titles: set[Section] = field(default_factory=set)
    table_codes: set[str] = field(default_factory=set)

    def take(self, line: Line) -> None:
        section = _section_titled(line)
        if section is not None and not self._is_table_title(section, line):
            self._open(section, line)
        elif (found := self._standard_titled(line)) is not None:
            code, rest = found
            self._open(Section.STANDARD, line, code)
            self.filling.extend([rest] if rest.text else [])
        elif line.back_to_top and kind_titled(line) is None:
            self._open(Section.OTHER, line)
        else:
            self.filling.append(line)

    def finish(self) -> Outline:
        self._end_block()
        return Outline(tuple(self.blocks))

    def _open(self, section: Section, line: Line, code: str | None = None) -> None:
        self._end_block()
        if section is Section.RATINGS:
            self.table_titles.clear()
            self.table_codes.clear()
        self.section, self.title, self.code, self.filling = section, line, code, []

    def _end_block(self) -> None:
        self.blocks.append(Block(self.section, self.title, self.code, tuple(self.filling)))

    def _is_table_title(self, section: Section, line: Line) -> bool:
        """Say whether a title is a row of the ratings table: inside it, for the first time."""
        groups = {Section.ORGANISATION, Section.DELIVERY}
        if self.section is not Section.RATINGS or section not in groups or line.back_to_top:
            return False
        first_time = section not in self.table_titles
        self.table_titles.add(section)
        return first_time

    def _standard_titled(self, line: Line) -> tuple[str, Line] | None:
        """Read a standard's title over its body, "P 1.1. LeadershipRating": code and rest."""
        match = CODE.match(line.text) if line.mark is Mark.NONE else None
        if match is None or len(line.text) > _LONGEST_STANDARD_TITLE:
            return None
        code, name = read_code(match), line.text[match.end() :]
        if not _STANDARD_NAME.fullmatch(name) or not self._is_body_code(code):
            return None
        return code, Line(line.number, name)

    def _is_body_code(self, code: str) -> bool:
        if self.section is Section.RATINGS and code not in self.table_codes:
            self.table_codes.add(code)
            return False
        # A bare "1.1" is a code only where the ratings table has it.
        return code[0].isalpha() or code in self.table_codes


def _section_titled(line: Line) -> Section | None:
    if line.mark not in {Mark.NONE, Mark.NUMBER}:
        return None
    title = line.text.lstrip("0123456789.) ").rstrip(" :.").casefold()
    if line.back_to_top and title.startswith("foreword"):
        return Section.FOREWORD
    return _TITLES.get(title)
