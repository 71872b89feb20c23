"""The lines of a report, and passages of them read as one running text.

What lives here: cutting the source text into numbered lines, telling list marks from text, and the
way back from a place in a passage to its lines. What must not: any knowledge of what the lines say,
the form's "(Back to top)" and the arrow of a footnote excepted, for they are marks too.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Generic, TypeVar

from inspections.report_parser.parsed import LineSpan

T_co = TypeVar("T_co", covariant=True)

_LINE_END = re.compile(r"\r\n|\r|\n")
_ROUND_BULLET = re.compile(r"[•▪◦‣●○■] ?")
# A dash or star opens an item only in a text that has no round bullet: in a wrapped line it may
# be the dash of a sentence.
_ANY_BULLET = re.compile(r"[·*–—-] |[•▪◦‣●○■] ?")
_ORDINAL = re.compile(r"([0-9]{1,3}) ?[.)](?![0-9]) ?")
_BACK_TO_TOP = re.compile(r" ?\(? ?Back to top ?\)?$", re.IGNORECASE)
_FOOTNOTE_ARROW = "↩"


class Mark(Enum):
    """What a line begins with, or is."""

    NONE = auto()
    BULLET = auto()
    NUMBER = auto()
    FOOTNOTE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank: `text` without its mark and with single plain spaces."""

    number: int
    text: str
    mark: Mark = Mark.NONE
    ordinal: int | None = None
    after_blank: bool = False
    back_to_top: bool = False


@dataclass(frozen=True, slots=True)
class Found(Generic[T_co]):
    """A value and the lines it came from."""

    value: T_co
    lines: LineSpan


def normalise_spaces(text: str) -> str:
    """Turn every run of spaces, no-break ones included, into one plain space; trim the ends."""
    return " ".join(text.split())


def split_lines(text: str) -> list[str]:
    """Cut at the line ends of Windows, Unix and old Macs, and at nothing else.

    `str.splitlines` also cuts at form feeds and U+2028, which would shift every line number.
    """
    return _LINE_END.split(text)


def read_lines(text: str) -> tuple[Line, ...]:
    """Read the lines that are not blank, numbered from 1 as they stand in the source."""
    lines: list[Line] = []
    bullet = _ROUND_BULLET if _ROUND_BULLET.search(text) else _ANY_BULLET
    after_blank = False
    for number, raw in enumerate(split_lines(text), start=1):
        plain = normalise_spaces(raw)
        if plain:
            line = _read_line(number, plain, bullet, after_blank=after_blank)
            lines[-1:] = _take_bare_mark(lines[-1:], line)
        after_blank = not plain
    return tuple(line for line in lines if line.text)


def _take_bare_mark(before: list[Line], line: Line) -> list[Line]:
    """Give a mark that stands alone on its line to the text on the next; some copies part them."""
    bare = before and not before[0].text and before[0].mark is not Mark.NONE
    if bare and line.mark is Mark.NONE:
        return [replace(line, mark=before[0].mark, ordinal=before[0].ordinal)]
    return [*before, line]


def _read_line(number: int, plain: str, bullet: re.Pattern[str], *, after_blank: bool) -> Line:
    text = _BACK_TO_TOP.sub("", plain)
    back_to_top = text != plain
    if _FOOTNOTE_ARROW in text:
        ordinal = _ORDINAL.match(text)
        value = int(ordinal[1]) if ordinal else None
        return Line(number, text, Mark.FOOTNOTE, value, after_blank)
    if mark := bullet.match(text):
        return Line(number, text[mark.end() :], Mark.BULLET, None, after_blank)
    if ordinal := _ORDINAL.match(text):
        rest = text[ordinal.end() :]
        return Line(number, rest, Mark.NUMBER, int(ordinal[1]), after_blank, back_to_top)
    return Line(number, text, Mark.NONE, None, after_blank, back_to_top)


@dataclass(frozen=True, slots=True)
class Passage:
    """Several lines as one running text, joined by single spaces, that remembers its lines."""

    text: str
    starts: tuple[int, ...]
    numbers: tuple[int, ...]

    def lines_of(self, start: int, end: int) -> LineSpan:
        """Give the first and last source line of the text from `start` up to `end`."""
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, max(start, end - 1)) - 1
        return self.numbers[first], self.numbers[last]

    def lines_of_match(self, match: re.Match[str]) -> LineSpan:
        """Give the first and last source line of a match in the running text."""
        return self.lines_of(*match.span())


def join_lines(lines: Iterable[Line]) -> Passage:
    """Join lines into one passage."""
    texts: list[str] = []
    starts: list[int] = []
    numbers: list[int] = []
    at = 0
    for line in lines:
        texts.append(line.text)
        starts.append(at)
        numbers.append(line.number)
        at += len(line.text) + 1
    return Passage(" ".join(texts), tuple(starts), tuple(numbers))


def join_continuations(
    lines: Iterable[Line], *, stands_alone: Callable[[Line], bool]
) -> list[tuple[Line, ...]]:
    """Group each line with the ones that run on from it: unmarked and with no blank line between.

    Published texts keep a list item on one line; a copy that was wrapped does not. Only an item
    runs on, and never into a line that stands alone, such as a heading.
    """
    groups: list[list[Line]] = []
    for line in lines:
        may_run_on = line.mark is Mark.NONE and not line.after_blank and not stands_alone(line)
        if groups and may_run_on and groups[-1][0].mark in {Mark.BULLET, Mark.NUMBER}:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [tuple(group) for group in groups]
