"""The numbered recommendations and the bodies they are addressed to.

What lives here: the groups under "X should:", and each recommendation's number and wording. What
must not: footnotes, which look exactly like recommendations and stand in other sections or end in
an arrow.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from inspections.report_parser.lines import Line, Mark, join_continuations
from inspections.report_parser.notation import without_footnote_marks
from inspections.report_parser.parsed import LineSpan, Recommendation

_SHOULD = re.compile(r"\A(.{2,160}?) should(?: ?:|$| [^:]{1,60}:$)")


@dataclass(slots=True)
class _Item:
    number: int | None
    addressed_to: str | None
    group: int
    lines: list[Line]


@dataclass(slots=True)
class _Reading:
    """The group and the items read so far."""

    addressed_to: str | None = None
    group: int = 1
    items: list[_Item] = field(default_factory=list)
    after_prose: bool = True

    def take(self, lines: Sequence[Line]) -> None:
        first = lines[0]
        match first.mark:
            case Mark.NUMBER:
                self._begin(first.ordinal, lines)
            case Mark.BULLET if self._is_part_of_numbered_item():
                self.items[-1].lines.extend(lines)
            case Mark.BULLET:
                self._begin(None, lines)
            case Mark.NONE:
                self._address(first)
            case Mark.FOOTNOTE:
                self.after_prose = True

    def _begin(self, number: int | None, lines: Sequence[Line]) -> None:
        self.items.append(_Item(number, self.addressed_to, self.group, list(lines)))
        self.after_prose = False

    def _is_part_of_numbered_item(self) -> bool:
        return not self.after_prose and self.items[-1].number is not None

    def _address(self, line: Line) -> None:
        self.after_prose = True
        if addressee := _SHOULD.match(line.text):
            self.group += 1 if self.items else 0
            self.addressed_to = addressee[1].rstrip(" ,")


def read_recommendations(
    lines: Sequence[Line], footnotes: Collection[int]
) -> list[tuple[Recommendation, LineSpan]]:
    """Read the recommendations with the lines of each, in their order.

    A bullet within a numbered recommendation is part of its wording; a bullet anywhere else is a
    recommendation that the report gave no number.
    """
    reading = _Reading()
    for group in join_continuations(lines, stands_alone=_is_address):
        reading.take(group)
    return [_finish(item, footnotes) for item in reading.items]


def _is_address(line: Line) -> bool:
    """Tell "X should:" after an item from that item's own words, wrapped after "should"."""
    return line.text.endswith(":") and _SHOULD.match(line.text) is not None


def _finish(item: _Item, footnotes: Collection[int]) -> tuple[Recommendation, LineSpan]:
    text = " ".join(line.text for line in item.lines)
    recommendation = Recommendation(
        number=item.number,
        addressed_to=item.addressed_to,
        text=without_footnote_marks(text, footnotes),
        line=item.lines[0].number,
        group=item.group,
    )
    return recommendation, (item.lines[0].number, item.lines[-1].number)
