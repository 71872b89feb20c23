"""Working days and calendar months; which days are quiet is told by whoever asks."""

from calendar import monthrange
from collections.abc import Set as AbstractSet
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY = 5


def is_quiet(day: date, bank_holidays: AbstractSet[date]) -> bool:
    """Say whether no mail is sent on `day`: a weekend or a bank holiday."""
    return day.weekday() >= SATURDAY or day in bank_holidays


def working_day_before(day: date, bank_holidays: AbstractSet[date]) -> date:
    """Return `day`, or the last working day before it when it is quiet."""
    while is_quiet(day, bank_holidays):
        day -= ONE_DAY
    return day


def working_day_after(day: date, bank_holidays: AbstractSet[date]) -> date:
    """Return `day`, or the first working day after it when it is quiet."""
    while is_quiet(day, bank_holidays):
        day += ONE_DAY
    return day


def months_after(day: date, months: int) -> date:
    """Return the same day `months` later, or the last day of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
