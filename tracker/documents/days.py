"""Understands a day as people write it in a table, and never makes one up.

Days are read as they are written in England and Wales: the day before the month. What names a month
only, a quarter, or no day at all is told in a sentence.
"""

import re
from calendar import monthrange
from datetime import date

from tracker.documents.tables import Unreadable, Value, as_text

ENGLISH = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WELSH = (
    *("ionawr", "chwefror", "mawrth", "ebrill", "mai", "mehefin"),
    *("gorffennaf", "awst", "medi", "hydref", "tachwedd", "rhagfyr"),
)
SHORTENED = {"sept": 9, "tach": 11, "rhag": 12}
SHORT = 3
MONTHS = (
    {name[:SHORT]: number for number, name in enumerate(ENGLISH, start=1)}
    | {name: number for names in (WELSH, ENGLISH) for number, name in enumerate(names, start=1)}
    | SHORTENED
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CENTURY = 2000
LONG_YEAR = 4
LONGEST = 60
SHOWN = 30
"""Why a row was refused is kept, the file is not: little of it is repeated."""

WEEKDAY = r"(?:(?P<weekday>[a-z]+day),? +)?"
DAY_MONTH_YEAR = re.compile(
    WEEKDAY
    + r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[ \-./]*(?P<month>[a-z]+)\.?,?[ \-./]*(?P<year>\d{4}|\d{2})"
)
FIGURES = re.compile(r"(?P<day>\d{1,2})([/.\-])(?P<month>\d{1,2})\2(?P<year>\d{4}|\d{2})")
YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[t ]00:00(?::00(?:\.0+)?)?)?"
)
MONTH_ONLY = re.compile(r"(?:[a-z]+ )*?(?P<month>[a-z]+)\.?,?[ \-/]*(?P<year>\d{4})")


class DayUnclear(Exception):  # noqa: N818 - an expected refusal
    """What stands there is no one day; the sentence says why and what to type instead."""


def read_day(value: Value) -> date | None:
    """Return the day that a cell holds; None if the cell is empty.

    Raises: DayUnclear.
    """
    match value:
        case None | date():
            return value
        case Unreadable():
            raise DayUnclear(f"The cell {value.why}.")
        case int() | float():
            raise DayUnclear(
                f"{as_text(value)} is a number and no date; type the date in words, for example"
                " 31 March 2027."
            )
        case _:
            return _read(value)


def _read(text: str) -> date:
    written = " ".join(text.lower().split())
    for pattern in (YEAR_FIRST, FIGURES, DAY_MONTH_YEAR) if len(written) <= LONGEST else ():
        match = pattern.fullmatch(written)
        if match is not None:
            return _day(match, text)
    raise DayUnclear(_why_not(written, text))


def _day(match: re.Match[str], text: str) -> date:
    parts = match.groupdict()
    month = MONTHS.get(parts["month"]) or _figure(parts["month"])
    year = int(parts["year"]) + (0 if len(parts["year"]) == LONG_YEAR else CENTURY)
    try:
        day = date(year, month, int(parts["day"]))
    except ValueError as error:
        raise DayUnclear(
            f"“{_short(text)}” is no day of the calendar, read with the day before the month;"
            " correct it, for example to 31 March 2027."
        ) from error
    weekday = parts.get("weekday")
    if weekday and weekday != WEEKDAYS[day.weekday()]:
        raise DayUnclear(
            f"“{_short(text)}” does not fall on that day of the week; correct one or the other."
        )
    return day


def _figure(month: str) -> int:
    return int(month) if month.isdigit() else 0


def _why_not(written: str, text: str) -> str:
    match = MONTH_ONLY.fullmatch(written[:LONGEST])
    month = MONTHS.get(match["month"]) if match else None
    if match is None or month is None:
        return f"“{_short(text)}” is no date; give a day, for example 31 March 2027."
    year = int(match["year"])
    last = date(year, month, monthrange(year, month)[1]) if year else date(CENTURY, 1, 31)
    return (
        f"“{_short(text)}” names a month and no day; give the day that is meant, for example"
        f" {as_text(last)}."
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"
