"""Figures in words: a share of cases never stands without its n and its interval. Pure."""

from math import sqrt

from inspections.govuk_dates import govuk_date
from tracker.domain.events import MeasureValue

Z_95 = 1.959964
"""The standard normal deviate that leaves 2.5 % on either side."""


def interval_of(n: int, m: int) -> tuple[float, float]:
    """Return the 95 % interval of a share of `n` of `m` cases, from 0 to 1.

    Wilson's score interval: it stays within 0 to 1 and is fair to the small samples that
    inspections draw. E. B. Wilson, Journal of the American Statistical Association 22 (1927).
    """
    share, square = n / m, Z_95**2
    middle = (share + square / (2 * m)) / (1 + square / m)
    reach = Z_95 * sqrt(share * (1 - share) / m + square / (4 * m * m)) / (1 + square / m)
    # At the ends the sums are exact, but their floating point is not.
    return (middle - reach if n else 0.0), (middle + reach if n < m else 1.0)


def wilson_interval(n: int, m: int) -> tuple[int, int]:
    """Return the same interval in whole per cent."""
    low, high = interval_of(n, m)
    return round(100 * low), round(100 * high)


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


def lines_in_words(lines: tuple[int, int] | None) -> str:
    """Return "line 140" or "lines 140 to 142" of a report; "" where none are named."""
    if lines is None:
        return ""
    first, last = lines
    return f"line {first}" if first == last else f"lines {first} to {last}"
