"""The bullets under a standard or under "Diversity and inclusion".

What lives here: strengths, areas for improvement and plain findings, each with its text as it
stands. What must not: the lines before the first bullet or heading; those belong to the reader
that asks.
"""

import re
from collections.abc import Iterator, Sequence

from inspections.report_parser.lines import Line, Mark, join_continuations
from inspections.report_parser.parsed import Finding, FindingKind

_KIND_TITLE = re.compile(r"(?:(Strengths?)|Areas? (?:for|of) improvement) ?:?", re.IGNORECASE)


def kind_titled(line: Line) -> FindingKind | None:
    """Say which kind of finding a line is the heading of, if it is one."""
    match = _KIND_TITLE.fullmatch(line.text) if line.mark is Mark.NONE else None
    if match is None:
        return None
    return FindingKind.STRENGTH if match[1] else FindingKind.AREA_FOR_IMPROVEMENT


def begins_findings(line: Line) -> bool:
    """Say whether the findings begin with this line."""
    return line.mark is Mark.BULLET or kind_titled(line) is not None


def read_findings(lines: Sequence[Line]) -> tuple[Finding, ...]:
    """Read every bullet, of the kind of the heading above it; without one it is a plain finding."""
    return tuple(_findings(lines))


def _findings(lines: Sequence[Line]) -> Iterator[Finding]:
    kind = FindingKind.FINDING
    for item in join_continuations(lines, stands_alone=_is_kind_title):
        kind = kind_titled(item[0]) or kind
        if item[0].mark is Mark.BULLET:
            yield Finding(kind, " ".join(line.text for line in item), item[0].number)


def _is_kind_title(line: Line) -> bool:
    return kind_titled(line) is not None
