"""When a number in an Excel workbook is a day, and which one."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from tracker.documents.packages import Package, local
from tracker.documents.tables import Unreadable

BUILT_IN = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
"""Number formats of days that every Excel knows; 18 to 21 and 45 to 47 are times of day."""
NO_LETTERS_OF_DAYS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""What a format writes as it stands: quoted and escaped text, spacing, colours and conditions."""
DAY_LETTERS = re.compile(r"[dy]", re.IGNORECASE)
BEFORE_LEAP_DAY = 60
"""Excel believes in 29 February 1900, so the days before it are counted one further."""
LAST = 2_958_466


class DayStyles:
    """The cell styles of one workbook that show a number as a day."""

    def __init__(self, package: Package, part: str | None) -> None:
        known = part is not None and part in package
        self._styles = frozenset(_styles(package, part)) if known and part else frozenset()

    def __contains__(self, style: int) -> bool:
        return style in self._styles


def day_of(number: float, *, from_1904: bool) -> date | Unreadable:
    """Return the day that a number of days stands for; the time of day is left out.

    Raises: ValueError on a number that is none.
    """
    whole = int(number // 1)
    if not 1 <= whole < LAST:
        return Unreadable(f"{number:.15g}", "holds a number that is no date; type the date")
    if from_1904:
        return date(1904, 1, 1) + timedelta(days=whole)
    shift = 31 if whole < BEFORE_LEAP_DAY else 30
    return date(1899, 12, shift) + timedelta(days=whole)


def _styles(package: Package, part: str) -> Iterator[int]:
    custom: dict[int, str] = {}
    for element in package.ended(part):
        match local(element.tag):
            case "numFmt":
                custom[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
            case "cellXfs":
                for index, style in enumerate(element):
                    if _shows_a_day(int(style.get("numFmtId", "0")), custom):
                        yield index


def _shows_a_day(number: int, custom: dict[int, str]) -> bool:
    if number not in custom:
        return number in BUILT_IN
    return DAY_LETTERS.search(NO_LETTERS_OF_DAYS.sub("", custom[number])) is not None
