"""What a laid-out draft consists of: sections of parts of values, each asked for in its shape."""

from dataclasses import dataclass
from enum import Enum, auto

from inspections.report_import.source_lines import Excerpt

BODIES_APART = "; "
"""What stands between the names of several addressees."""


class Shape(Enum):
    """How a value is asked for."""

    LINE = auto()
    TEXT = auto()
    DATE = auto()
    MONTH = auto()
    COUNT = auto()
    RATING = auto()
    PROVIDER = auto()
    REGION = auto()
    BODIES = auto()
    MANY_BODIES = auto()
    KIND_OF_FINDING = auto()
    STANDARD = auto()


@dataclass(frozen=True, slots=True)
class Entry:
    """One value; `value` is written as a person writes it, "" where there is none.

    The path of a recommendation says its place, which changes when one before it goes; `key` stays.
    """

    path: str
    label: str
    shape: Shape
    value: str = ""
    excerpts: tuple[Excerpt, ...] = ()
    hint: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Values that belong together; `leaves_out` is the path of what can be left out."""

    title: str
    entries: tuple[Entry, ...]
    leaves_out: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    parts: tuple[Part, ...]
