"""What is written: a title, columns with their titles and widths, and rows of values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.documents.tables import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`width` is in characters; a column that is `hidden` in Excel is there all the same."""

    title: str
    width: int = 20
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """`rows` are gone through once; each has one value per column."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]

    @property
    def titles(self) -> list[str]:
        return [column.title for column in self.columns]
