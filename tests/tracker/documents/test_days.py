"""Days as people write them, and what is no day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.documents import Unreadable, Value, as_text
from tracker.documents.days import DayUnclear, read_day

DAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    "written",
    [
        "31 March 2026",
        "31st  march, 2026",
        "Tuesday 31 March 2026",
        "31-Mar-26",
        "31 Mar. 2026",
        "31/03/2026",
        "31/3/26",
        "31.03.2026",
        "2026-03-31",
        "2026-03-31 00:00:00",
        "31 Mawrth 2026",
        DAY,
    ],
)
def test_one_day_is_understood_in_many_forms(written: Value) -> None:
    assert read_day(written) == DAY


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (
            "March 2026",
            "names a month and no day; give the day that is meant, for example 31 March",
        ),
        ("End of February 2027", "for example 28 February 2027"),
        ("Q1 2026", "is no date"),
        ("Spring 2026", "is no date"),
        ("Completed", "“Completed” is no date"),
        ("03/31/2026", "read with the day before the month"),
        ("31 February 2026", "no day of the calendar"),
        ("Monday 31 March 2026", "does not fall on that day"),
        ("31/03/2026 and 30/06/2026", "is no date"),
        ("0 March 0000", "no day of the calendar"),
        (46112, "is a number"),
        (Unreadable("#REF!", "shows an error"), "The cell shows an error."),
    ],
)
def test_what_is_no_one_day_is_told_and_never_guessed(written: Value, why: str) -> None:
    with pytest.raises(DayUnclear, match=why):
        read_day(written)


def test_an_empty_cell_holds_no_day() -> None:
    assert read_day(None) is None


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_that_is_written_here_is_read_again(day: date) -> None:
    assert read_day(as_text(day)) == read_day(day.isoformat()) == day
    assert read_day(f"{day:%d/%m/%Y}") == read_day(f"{day:%d-%b-%y}") == day


@given(st.text(max_size=30) | st.from_regex(r"[0-9 /.\-a-z]{1,20}", fullmatch=True))
def test_any_text_is_a_day_or_unclear(text: str) -> None:
    try:
        day = read_day(text)
    except DayUnclear:
        return
    assert isinstance(day, date)
