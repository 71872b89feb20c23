"""What is typed of an older inspection: when it was, and what it recommended."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.report_import.older import (
    NoRecommendation,
    NumberTwice,
    Period,
    PeriodNotOver,
    PeriodNotUnderstood,
    TooManyRecommendations,
    read_period,
    read_recommendations,
)
from inspections.report_import.refusals import ImportRefused

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "last_day", "known_to"),
    [
        ("2022", date(2022, 12, 31), "year"),
        (" May  2022 ", date(2022, 5, 31), "month"),
        ("feb 2024", date(2024, 2, 29), "month"),
        ("05/2022", date(2022, 5, 31), "month"),
        ("2022-05", date(2022, 5, 31), "month"),
        ("12 May 2022", date(2022, 5, 12), "day"),
        ("12/05/2022", date(2022, 5, 12), "day"),
        ("2022-05-12", date(2022, 5, 12), "day"),
    ],
)
def test_a_day_a_month_or_a_year_is_taken_for_what_it_is(
    text: str, last_day: date, known_to: str
) -> None:
    assert read_period(text, today=TODAY) == Period(last_day, known_to)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["", "soon", "0022", "22", "31 June 2022", "13/2022", "1822", "May", "٢٠٢٢"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(PeriodNotUnderstood):
        read_period(text, today=TODAY)


@pytest.mark.parametrize("text", ["2026", "November 2026", "27 November 2026", "2031"])
def test_what_is_not_over_is_refused(text: str) -> None:
    with pytest.raises(PeriodNotOver):
        read_period(text, today=TODAY)


def test_lines_keep_their_numbers_and_the_others_take_what_is_free() -> None:
    text = "4. Improve oversight.\n\n • Train all staff\n  2) Share  information \n"
    assert read_recommendations(text) == [
        (4, "Improve oversight."),
        (1, "Train all staff"),
        (2, "Share information"),
    ]


def test_a_number_within_a_sentence_is_none_of_the_recommendation() -> None:
    assert read_recommendations("12 cases of 54 were overseen") == [
        (1, "12 cases of 54 were overseen")
    ]


def test_nothing_and_doubled_numbers_are_refused() -> None:
    with pytest.raises(NoRecommendation):
        read_recommendations(" \n\t\n")
    with pytest.raises(TooManyRecommendations):
        read_recommendations("One\n" * 1_000)
    assert len(read_recommendations("One\n" * 999)) == 999
    with pytest.raises(NumberTwice):
        read_recommendations("1. One\n1. Other")


@given(st.text(max_size=40))
def test_any_words_are_a_period_or_refused(text: str) -> None:
    try:
        period = read_period(text, today=TODAY)
    except ImportRefused:
        return
    assert period.last_day <= TODAY


@given(st.text(alphabet=st.sampled_from("ab 019.):\n•-"), max_size=60))
def test_any_lines_are_numbered_each_once_or_refused(text: str) -> None:
    try:
        found = read_recommendations(text)
    except ImportRefused:
        return
    numbers = [number for number, _ in found]
    assert len(set(numbers)) == len(numbers)
    assert all(wording and number >= 1 for number, wording in found)
