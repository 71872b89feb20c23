"""The key questions of a standard and the percentages answered "Yes".

What lives here: reading the little table between a standard's wording and its findings. What must
not: bands and ratings; a percentage that cannot be read is None, never a number near it.

Question and percentage are glued in the published text ("…other people safe?28%"), parted by a
line end in a copy of the page, and either may be wrapped.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from inspections.report_parser.lines import Line, Mark
from inspections.report_parser.parsed import KeyQuestion

_TABLE_HEAD = re.compile(
    r"(?:Key questions?)? ?(?:Percentage(?: of)? ?[‘’'\"“”]?Yes[‘’'\"“”]?)?", re.IGNORECASE
)
_INTRODUCTION = re.compile(r"Our rating", re.IGNORECASE)
_PERCENT = re.compile(r"([0-9]{1,3}) ?(?:%|per cent)\.?")
_ENDING_IN_PERCENT = re.compile(r"\A(.*[^0-9 ]) ?([0-9]{1,3}) ?%")
_LONGEST_VALUE = 20
_HIGHEST_PERCENT = 100


def begins_key_questions(line: Line) -> bool:
    """Say whether a standard's wording is over and its key questions begin with this line."""
    is_head = line.text != "" and _TABLE_HEAD.fullmatch(line.text) is not None
    return is_head or "?" in line.text or _INTRODUCTION.match(line.text) is not None


def read_key_questions(lines: Sequence[Line]) -> tuple[KeyQuestion, ...]:
    """Read the questions in their order, each with its percentage or None."""
    reading = _Reading()
    unmarked = [line for line in lines if line.mark is Mark.NONE]
    questions = [question for line in unmarked for question in reading.take(line)]
    return (*questions, *reading.finish())


@dataclass(slots=True)
class _Reading:
    """The lines of a question so far, and the question that still waits for its percentage."""

    pieces: list[Line] = field(default_factory=list)
    waiting: tuple[str, int] | None = None

    def take(self, line: Line) -> Iterator[KeyQuestion]:
        if _TABLE_HEAD.fullmatch(line.text):
            self.pieces.clear()
        elif self.waiting and "?" not in line.text and len(line.text) <= _LONGEST_VALUE:
            yield self._answer(line.text)
        else:
            yield from self.finish()
            self.pieces.append(line)
            yield from self._end_question()

    def finish(self) -> Iterator[KeyQuestion]:
        if self.waiting:
            yield self._answer("")

    def _answer(self, value: str) -> KeyQuestion:
        text, number = self.waiting or ("", 0)
        self.waiting = None
        return KeyQuestion(text, read_percent(value), number)

    def _end_question(self) -> Iterator[KeyQuestion]:
        text = " ".join(piece.text for piece in self.pieces)
        question, mark, value = text.rpartition("?")
        if not mark and (ending := _ENDING_IN_PERCENT.fullmatch(text)):
            question, value = ending[1], f"{ending[2]}%"
        elif not mark:
            return
        self.waiting = (question + mark, self.pieces[0].number)
        self.pieces.clear()
        # Digits alone are a footnote mark; the percentage is on the next line.
        if value.strip() and not value.strip().isdigit():
            yield self._answer(value)


def read_percent(value: str) -> int | None:
    """Read "28%" or "28 per cent"; anything else, or more than 100, is unreadable."""
    match = _PERCENT.fullmatch(value.strip())
    percent = int(match[1]) if match else None
    return percent if percent is not None and percent <= _HIGHEST_PERCENT else None
