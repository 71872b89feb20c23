"""Whether a target is met is said no more surely than the number of cases allows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import Better
from tracker.queries.measures import Verdict, verdict_on

EIGHTY = MeasureValue(n=80, m=100)
FIFTH = MeasureValue(n=1, m=5)
SHARES = st.integers(1, 500).flatmap(
    lambda m: st.builds(MeasureValue, n=st.integers(0, m), m=st.just(m))
)


@pytest.mark.parametrize(
    ("n", "m", "verdict"),
    [
        (9, 20, Verdict.NOT_MET),  # 26 to 66 per cent: 80 lies above it all
        (15, 20, Verdict.MISSED_UNSURE),
        (17, 20, Verdict.REACHED_UNSURE),
        (20, 20, Verdict.MET),  # 84 to 100 per cent
        (1, 1, Verdict.REACHED_UNSURE),
        (0, 1, Verdict.NOT_MET),
        (900, 1000, Verdict.MET),
    ],
)
def test_a_share_is_compared_by_its_whole_interval(n: int, m: int, verdict: Verdict) -> None:
    assert verdict_on(MeasureValue(n=n, m=m), EIGHTY, Better.MORE) is verdict


@pytest.mark.parametrize(
    ("n", "m", "verdict"),
    [
        (12, 20, Verdict.NOT_MET),
        (5, 20, Verdict.MISSED_UNSURE),
        (3, 20, Verdict.REACHED_UNSURE),
        (0, 20, Verdict.MET),
    ],
)
def test_where_less_is_better_it_is_the_other_way_round(n: int, m: int, verdict: Verdict) -> None:
    assert verdict_on(MeasureValue(n=n, m=m), FIFTH, Better.LESS) is verdict


@given(value=SHARES, target=SHARES)
def test_turning_a_measure_round_does_not_change_what_is_said_of_it(
    value: MeasureValue, target: MeasureValue
) -> None:
    assert verdict_on(value, target, Better.MORE) is verdict_on(
        _turned(value), _turned(target), Better.LESS
    )


def _turned(value: MeasureValue) -> MeasureValue:
    assert value.n is not None
    assert value.m is not None
    return MeasureValue(n=value.m - value.n, m=value.m)


@pytest.mark.parametrize(
    ("number", "better", "verdict"),
    [
        ("11", Better.LESS, Verdict.MET),
        ("12.0", Better.LESS, Verdict.MET),
        ("12.5", Better.LESS, Verdict.NOT_MET),
        ("12.5", Better.MORE, Verdict.MET),
    ],
)
def test_numbers_are_compared_as_they_stand(number: str, better: Better, verdict: Verdict) -> None:
    assert verdict_on(MeasureValue(number=number), MeasureValue(number="12"), better) is verdict


def test_days_are_compared_as_they_stand() -> None:
    early, late = MeasureValue(on=date(2026, 3, 1)), MeasureValue(on=date(2026, 4, 1))
    assert verdict_on(early, late, Better.LESS) is Verdict.MET
    assert verdict_on(late, early, Better.LESS) is Verdict.NOT_MET


def test_without_a_target_nothing_is_said() -> None:
    assert verdict_on(EIGHTY, None, Better.MORE) is None
    assert verdict_on(MeasureValue(number="3"), EIGHTY, Better.MORE) is None
