"""Figures must have the shape of their unit: n of m cases, a decimal number, or a date."""

import re
from typing import assert_never

from tracker.domain.events import MeasureValue
from tracker.domain.rejection import CommandRejected
from tracker.domain.vocabulary import MeasureUnit

DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", re.ASCII)
MOST_CASES = 1_000_000_000


def in_unit(value: MeasureValue, unit: MeasureUnit, *, field: str) -> MeasureValue:
    """Return the figure in the form it is stored.

    Raises: CommandRejected (figure_not_in_unit).
    """
    match unit:
        case MeasureUnit.N_OF_M:
            return _cases(value, field=field)
        case MeasureUnit.NUMBER:
            return _number(value, field=field)
        case MeasureUnit.DATE:
            return _date(value, field=field)
        case _:
            assert_never(unit)


def in_any_unit(value: MeasureValue, *, field: str) -> MeasureValue:
    """Return a figure whose unit is told by the parts that are given.

    Raises: CommandRejected (figure_not_in_unit).
    """
    if value.on is not None:
        return in_unit(value, MeasureUnit.DATE, field=field)
    if value.number is not None:
        return in_unit(value, MeasureUnit.NUMBER, field=field)
    return in_unit(value, MeasureUnit.N_OF_M, field=field)


def _cases(value: MeasureValue, *, field: str) -> MeasureValue:
    n, m = value.n, value.m
    if n is None or m is None or value != MeasureValue(n=n, m=m):
        raise _refusal(
            "This is not a share of cases; give n out of m cases, and nothing else.", field
        )
    if not 0 <= n <= m or not 0 < m <= MOST_CASES:
        raise _refusal("No such share can be; give m as 1 or more, and n between 0 and m.", field)
    return value


def _number(value: MeasureValue, *, field: str) -> MeasureValue:
    number = None if value.number is None else value.number.strip()
    if number is None or value != MeasureValue(number=value.number):
        raise _refusal("This is not a number; give one number, and nothing else.", field)
    if not DECIMAL.fullmatch(number):
        raise _refusal("This number cannot be read; write it in digits, like 12 or 12.5.", field)
    return MeasureValue(number=number)


def _date(value: MeasureValue, *, field: str) -> MeasureValue:
    if value.on is None or value != MeasureValue(on=value.on):
        raise _refusal("This is not a date; give one date, and nothing else.", field)
    return value


def _refusal(sentence: str, field: str) -> CommandRejected:
    return CommandRejected(sentence, code="figure_not_in_unit", field=field)
