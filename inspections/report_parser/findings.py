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
    for section in _sections(lines):
        kind = kind_titled(section[0]) or kind
        for item in join_continuations(section):
            if item[0].mark is Mark.BULLET:
                text = " ".join(line.text for line in item)
                yield Finding(kind, text, item[0].number)


def _sections(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Cut before each heading, so that none can run on from the bullet above it."""
    start = 0
    for place, line in enumerate(lines):
        if place > start and kind_titled(line):
            yield lines[start:place]
            start = place
    if lines:
        yield lines[start:]
