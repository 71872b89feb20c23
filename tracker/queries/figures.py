"""Figures in words: a share of cases never stands without its n and its interval. Pure."""

from collections.abc import Mapping
from math import sqrt
from typing import Any

import msgspec

from inspections.govuk_dates import govuk_date
from tracker.domain.events import MeasureValue

Z_95 = 1.959964
"""The standard normal deviate that leaves 2.5 % on either side."""


def wilson_interval(n: int, m: int) -> tuple[int, int]:
    """Return the 95 % interval of a share of `n` of `m` cases, in whole per cent.

    Wilson's score interval: it stays within 0 to 100 and is fair to the small samples that
    inspections draw. E. B. Wilson, Journal of the American Statistical Association 22 (1927).
    """
    share, square = n / m, Z_95**2
    middle = (share + square / (2 * m)) / (1 + square / m)
    reach = Z_95 * sqrt(share * (1 - share) / m + square / (4 * m * m)) / (1 + square / m)
    return round(100 * max(0.0, middle - reach)), round(100 * min(1.0, middle + reach))


def figure_in_words(value: MeasureValue) -> str:
    """Return "9 of 20 (45%, 95% interval 26% to 66%)", a number, or a date."""
    if not value.m or value.n is None:
        return target_in_words(value)
    low, high = wilson_interval(value.n, value.m)
    return f"{target_in_words(value)[:-1]}, 95% interval {low}% to {high}%)"


def target_in_words(value: MeasureValue) -> str:
    """Return "16 of 20 (80%)", a number, or a date: nothing was sampled, so no interval."""
    if value.on is not None:
        return govuk_date(value.on)
    if value.n is None or not value.m:
        return value.number or ""
    return f"{value.n} of {value.m} ({round(100 * value.n / value.m)}%)"


def stored_figure_in_words(value: Mapping[str, Any] | None) -> str:
    """Return the words for a figure as a read model stores it; "" where there is none."""
    return figure_in_words(msgspec.convert(value, MeasureValue)) if value else ""


def stored_target_in_words(value: Mapping[str, Any] | None) -> str:
    """Return the words for a target as a read model stores it; "" where there is none."""
    return target_in_words(msgspec.convert(value, MeasureValue)) if value else ""
