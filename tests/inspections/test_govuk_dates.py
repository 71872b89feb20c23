"""Dates and times as the MOJ style guide writes them."""

from datetime import UTC, date, datetime

import pytest

from inspections.govuk_dates import govuk_date, govuk_datetime, govuk_month, govuk_time


def test_a_day_is_written_without_leading_zero_or_comma() -> None:
    assert govuk_date(date(2025, 1, 14)) == "14 January 2025"
    assert govuk_date(date(2026, 6, 4)) == "4 June 2026"
    assert govuk_month(date(2027, 3, 31)) == "March 2027"


@pytest.mark.parametrize(
    ("hour", "minute", "written"),
    [
        (0, 0, "midnight"),
        (0, 5, "12:05am"),
        (9, 0, "9am"),
        (9, 32, "9:32am"),
        (12, 0, "midday"),
        (12, 1, "12:01pm"),
        (17, 30, "5:30pm"),
        (23, 59, "11:59pm"),
    ],
)
def test_a_time_is_written_on_the_twelve_hour_clock(hour: int, minute: int, written: str) -> None:
    in_winter = datetime(2026, 1, 14, hour, minute, tzinfo=UTC)

    assert govuk_time(in_winter) == written


def test_an_instant_is_written_in_london_time() -> None:
    assert govuk_datetime(datetime(2026, 6, 4, 8, 32, tzinfo=UTC)) == "4 June 2026 at 9:32am"


def test_an_instant_falls_on_its_day_in_london() -> None:
    just_before_midnight_utc = datetime(2026, 6, 4, 23, 30, tzinfo=UTC)

    assert govuk_date(just_before_midnight_utc) == "5 June 2026"


@pytest.mark.parametrize(
    ("utc", "written"),
    [
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), "28 March 2027 at 12:59am"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "28 March 2027 at 2am"),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "31 October 2027 at 1:30am"),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "31 October 2027 at 1:30am"),
    ],
)
def test_both_clock_changes_are_followed(utc: datetime, written: str) -> None:
    assert govuk_datetime(utc) == written


def test_what_is_absent_is_written_as_nothing() -> None:
    assert govuk_date(None) == govuk_month(None) == govuk_time(None) == govuk_datetime(None) == ""
