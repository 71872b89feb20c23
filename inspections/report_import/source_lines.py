"""The lines of a report's source that a value came from, with their numbers."""

from collections.abc import Iterator
from dataclasses import dataclass

from inspections.models import ReportSource

AROUND = 1  # lines shown before and after the one that an issue names
MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Numbered lines of the source; `caption` tells two places of one value apart."""

    lines: tuple[tuple[int, str], ...]
    caption: str = ""


class SourceLines:
    """One source, cut into lines once."""

    def __init__(self, source: ReportSource | None) -> None:
        self._spans = source.lines if source else {}
        self._lines = source.text.split("\n") if source else []

    def all(self) -> tuple[tuple[int, str], ...]:
        """Return every line that holds something, with its number."""
        numbered = enumerate(self._lines, start=1)
        return tuple((number, text.strip()) for number, text in numbered if text.strip())

    def of(self, path: str, caption: str = "") -> Iterator[Excerpt]:
        """Yield the lines that the value at the path came from, or the part it belongs to."""
        span = self.span_of(path) or self.span_of(path.rpartition(".")[0])
        if span:
            yield Excerpt(self._between(*span), caption)

    def span_of(self, path: str) -> tuple[int, int] | None:
        """Return the first and last line of the value at the path; None where none are known."""
        span = self._spans.get(path)
        return (span[0], span[1]) if span else None

    def around(self, line: int) -> Excerpt:
        """Return the line and those beside it that hold something."""
        written = [
            number
            for number, text in enumerate(self._lines, start=1)
            if text.strip() or number == line
        ]
        if line not in written:
            return Excerpt(())
        at = written.index(line)
        near = written[max(0, at - AROUND) : at + AROUND + 1]
        return Excerpt(tuple((number, self._lines[number - 1].strip()) for number in near))

    def _between(self, first: int, last: int) -> tuple[tuple[int, str], ...]:
        last = min(last, first + MOST_LINES - 1, len(self._lines))
        numbered = ((number, self._lines[number - 1].strip()) for number in range(first, last + 1))
        return tuple((number, text) for number, text in numbered if text)
