"""Figures in words: never a share without its cases and its interval."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.events import MeasureValue
from tracker.queries.figures import (
    figure_in_words,
    target_in_words,
    wilson_interval,
)


@pytest.mark.parametrize(
    ("n", "m", "expected"),
    [(0, 10, (0, 28)), (10, 10, (72, 100)), (9, 20, (26, 66)), (50, 100, (40, 60))],
)
def test_the_interval_is_wilsons(n: int, m: int, expected: tuple[int, int]) -> None:
    assert wilson_interval(n, m) == expected


@given(st.integers(1, 10_000).flatmap(lambda m: st.tuples(st.integers(0, m), st.just(m))))
def test_the_share_lies_in_its_interval_and_the_interval_within_all(case: tuple[int, int]) -> None:
    n, m = case
    low, high = wilson_interval(n, m)
    assert 0 <= low <= round(100 * n / m) <= high <= 100


def test_numbers_and_dates_stand_as_they_are() -> None:
    assert figure_in_words(MeasureValue(number="12.50")) == "12.50"
    assert figure_in_words(MeasureValue(on=date(2026, 3, 1))) == "1 March 2026"


def test_a_target_was_not_sampled_and_has_no_interval() -> None:
    assert target_in_words(MeasureValue(n=16, m=20)) == "16 of 20 (80%)"
