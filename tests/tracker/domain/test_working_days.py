from datetime import date

import pytest

from tracker.domain.working_days import (
    is_quiet,
    months_after,
    working_day_after,
    working_day_before,
)

EASTER_2026 = frozenset({date(2026, 4, 3), date(2026, 4, 6)})


@pytest.mark.parametrize(
    ("day", "quiet"),
    [
        (date(2026, 4, 2), False),
        (date(2026, 4, 3), True),
        (date(2026, 4, 4), True),
        (date(2026, 4, 7), False),
    ],
)
def test_weekends_and_bank_holidays_are_quiet(day: date, quiet: bool) -> None:  # noqa: FBT001
    assert is_quiet(day, EASTER_2026) is quiet


def test_over_easter_the_working_days_lie_five_days_apart() -> None:
    sunday = date(2026, 4, 5)
    assert working_day_before(sunday, EASTER_2026) == date(2026, 4, 2)
    assert working_day_after(sunday, EASTER_2026) == date(2026, 4, 7)


def test_a_working_day_stays_where_it_is() -> None:
    thursday = date(2026, 4, 2)
    assert working_day_before(thursday, EASTER_2026) == thursday
    assert working_day_after(thursday, EASTER_2026) == thursday


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 15), 12, date(2027, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 8, 31), 18, date(2028, 2, 29)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_last_of_the_month(
    day: date, months: int, later: date
) -> None:
    assert months_after(day, months) == later
