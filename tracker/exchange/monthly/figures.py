"""Understands a figure as people type it into a cell, and never makes one up. Pure.

Excel makes a date of 9/20 and a fraction of 45%, so a share is written "9 of 20".
"""

import re
from datetime import date
from typing import assert_never

from tracker.documents import Unreadable, Value, as_text
from tracker.documents.days import DayUnclear, read_day
from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import MeasureUnit

SHARE = re.compile(r"([0-9]{1,10})\s*(?:of|out of|o|allan o)\s*([0-9]{1,10})", re.IGNORECASE)
THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
NO_SHARE = "This measure counts cases; write the figure as 9 of 20."
MADE_A_DATE = (
    "This measure counts cases, and Excel has made a date of the figure; write it as 9 of 20."
)


class FigureUnclear(Exception):  # noqa: N818 - said of one row, which stops no other
    """What stands there is no such figure; the sentence says what to type instead."""


def read_figure(value: Value, unit: MeasureUnit) -> MeasureValue:
    """Return the figure that a cell holds, in the unit of its measure. Raises: FigureUnclear."""
    if isinstance(value, Unreadable):
        raise FigureUnclear(f"The cell of the figure {value.why}.")
    match unit:
        case MeasureUnit.N_OF_M:
            return _share(value)
        case MeasureUnit.NUMBER:
            return MeasureValue(number=_number(value))
        case MeasureUnit.DATE:
            return _day(value)
        case _:
            assert_never(unit)


def _share(value: Value) -> MeasureValue:
    match = SHARE.fullmatch(" ".join(value.split())) if isinstance(value, str) else None
    if match is None:
        raise FigureUnclear(MADE_A_DATE if isinstance(value, date) else NO_SHARE)
    return MeasureValue(n=int(match[1]), m=int(match[2]))


def _number(value: Value) -> str:
    if isinstance(value, date):
        raise FigureUnclear("This measure is a number; type it in digits, like 12 or 12.5.")
    text = as_text(value).strip()
    return text.replace(",", "") if THOUSANDS.fullmatch(text) else text


def _day(value: Value) -> MeasureValue:
    try:
        day = read_day(value)
    except DayUnclear as unclear:
        raise FigureUnclear(f"This measure is a date. {unclear}") from unclear
    if day is None:
        raise FigureUnclear("This measure is a date; type it, for example 31 March 2027.")
    return MeasureValue(on=day)
