"""How the reports write ratings, dates, figures, codes and footnote marks.

What lives here: the small patterns that several readers share, each with the function that turns
its match into a value. What must not: where in a report they are looked for. Patterns expect single
plain spaces; they use [0-9], since \\d would also accept other scripts' digits; and they stay
linear on hostile text: gaps are bounded, and what is open stands behind \\A.
"""

import re
from collections.abc import Collection
from datetime import date

from inspections.ratings import Rating

# "Requires improvement" first: in "Requires improvementGood" a one-word rating would win.
RATING = r"(?:Requires [Ii]mprovement|Inadequate|Outstanding|Good)"
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)"
)
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
DATE = rf"(?:[0-9]{{1,2}})(?:st|nd|rd|th)? (?:{MONTH}) (?:[0-9]{{4}})"
_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBER_WORD = (
    rf"(?:(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_UNITS)}))?|{'|'.join(_TEENS)}|{'|'.join(_UNITS)})"
)
GROUPED_FIGURE = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,3})"
FIGURE = rf"(?:{GROUPED_FIGURE}|[0-9]{{1,9}})"
COUNT = rf"(?:{FIGURE}|{_NUMBER_WORD})"

_LABELS = {rating.label.casefold(): rating for rating in Rating}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SMALL_NUMBERS = {word: number for number, word in enumerate(_UNITS + _TEENS, start=1)}
_WHOLE_TENS = {word: 10 * number for number, word in enumerate(_TENS, start=2)}

_DATE_IN_WORDS = re.compile(
    rf"(?<![0-9])([0-9]{{1,2}})(?:st|nd|rd|th)? ({MONTH}) ([0-9]{{4}})(?![0-9])", re.IGNORECASE
)
_DATE_ISO = re.compile(r"(?<![0-9])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
_DATE_SLASHED = re.compile(r"(?<![0-9])([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?![0-9])")

CODE = re.compile(r"(?:([A-Z])\.? ?)?([0-9]) ?\. ?([0-9])(?![0-9]) ?[.:]? ?")

_GLUED_MARK = re.compile(r"([a-z][.,;:)’”]?)\[?([0-9]{1,2})\]?(?![0-9A-Za-z%/]|[.,][0-9])")
_DETACHED_MARK = re.compile(r"(?<= )([0-9]{1,2})(?=[a-z]{3})")
_ORDINAL_ENDINGS = ("st", "nd", "rd", "th")


def read_rating(text: str) -> Rating | None:
    """Read a published label in any case, "Requires improvement"."""
    return _LABELS.get(text.strip("‘’'\" .").casefold())


def read_month(month: str, year: str) -> str:
    """Turn "September", "2025" into "2025-09"."""
    return f"{int(year):04d}-{month_number(month):02d}"


def month_number(month: str) -> int:
    """Count a month's English name, or its first three letters, from 1."""
    return _MONTHS.index(month[:3].casefold()) + 1


def read_date(text: str) -> date | None:
    """Read the first date of a text: "8 September 2025", "2025-09-08" or "08/09/2025" (day first).

    A day that the calendar does not have is not a date.
    """
    if words := _DATE_IN_WORDS.search(text):
        return _calendar_date(int(words[3]), month_number(words[2]), int(words[1]))
    if iso := _DATE_ISO.search(text):
        return _calendar_date(int(iso[1]), int(iso[2]), int(iso[3]))
    if slashed := _DATE_SLASHED.search(text):
        return _calendar_date(int(slashed[3]), int(slashed[2]), int(slashed[1]))
    return None


def _calendar_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_count(text: str) -> int:
    """Read a match of COUNT: "601,686", "47" or "twenty-six"."""
    if text[0].isdigit():
        return int(text.replace(",", ""))
    tens, _, unit = text.casefold().partition("-")
    return _WHOLE_TENS.get(tens, 0) + _SMALL_NUMBERS.get(unit or tens, 0)


def read_code(match: re.Match[str]) -> str:
    """Give a standard's code without its moving dots: "P 2.3"."""
    letter, group, member = match.groups()
    return f"{letter} {group}.{member}" if letter else f"{group}.{member}"


def without_footnote_marks(text: str, footnotes: Collection[int]) -> str:
    """Take the marks of the report's own footnotes out of a recommendation or a heading's text.

    Only a number that the report has a footnote for, glued to the word before or after it; every
    other digit is a figure and stays ("FTR48", "Level 2", "12th", "3SC").
    """

    def drop_glued(match: re.Match[str]) -> str:
        return match[1] if int(match[2]) in footnotes else match[0]

    def drop_detached(match: re.Match[str]) -> str:
        is_ordinal = text.startswith(_ORDINAL_ENDINGS, match.end())
        return "" if int(match[1]) in footnotes and not is_ordinal else match[0]

    if not footnotes:
        return text
    return _GLUED_MARK.sub(drop_glued, _DETACHED_MARK.sub(drop_detached, text))
