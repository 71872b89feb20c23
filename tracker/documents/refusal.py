"""The one way in which a file is refused, and how much of one is read."""

from dataclasses import dataclass


class DocumentRefused(Exception):  # noqa: N818 - an expected refusal
    """A file that is not read; the one sentence says what is wrong with it and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a file may hold. Whoever wants other figures than these hands them over."""

    content_bytes: int = 10 * 1024 * 1024
    unpacked_bytes: int = 32 * 1024 * 1024
    parts: int = 1_000
    """Files within a Word or Excel file: pictures count, so a few hundred are nothing unusual."""
    ratio: int = 300
    """How much a part may shrink when packed; said of parts above `small_part_bytes` alone."""
    small_part_bytes: int = 4 * 1024 * 1024
    elements: int = 750_000
    attributes: int = 3_000_000
    token_bytes: int = 4 * 1024 * 1024
    """Of one tag with its attributes, or one comment; a drawing in Word may take a megabyte."""
    depth: int = 200
    rows: int = 20_000
    columns: int = 100
    cells: int = 500_000


LIMITS = Limits()
BOMB = (
    "The file would unpack to far more than a document holds; copy its table into a new document,"
    " then upload that."
)
DAMAGED = (
    "The file is damaged and cannot be read; open it in the program that made it, save it again,"
    " then upload the new copy."
)
