"""What people type for a figure and its measure is understood, or refused with what to type."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.documents import Unreadable
from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import MeasureUnit
from tracker.exchange.monthly.figures import FigureUnclear, read_figure
from tracker.exchange.monthly.measures import MeasureUnclear, meant, named
from tracker.models import MeasureProgress

N_OF_M, NUMBER, DATE = MeasureUnit.N_OF_M, MeasureUnit.NUMBER, MeasureUnit.DATE


@pytest.mark.parametrize("typed", ["9 of 20", "9 out of 20", " 9  OF 20 ", "9of20", "9 allan o 20"])
def test_a_share_is_so_many_of_so_many(typed: str) -> None:
    assert read_figure(typed, N_OF_M) == MeasureValue(n=9, m=20)


@pytest.mark.parametrize("typed", [0.45, 9, "9/20", "45%", "nine of twenty", "", "-1 of 3", "9 of"])
def test_what_might_be_a_share_is_not_guessed_at(typed: Any) -> None:
    with pytest.raises(FigureUnclear, match="write the figure as 9 of 20"):
        read_figure(typed, N_OF_M)


def test_a_share_of_which_excel_made_a_date_is_recognised() -> None:
    with pytest.raises(FigureUnclear, match="Excel has made a date of the figure"):
        read_figure(date(2020, 9, 1), N_OF_M)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [(12, "12"), (12.5, "12.5"), ("12.5", "12.5"), ("1,234", "1234"), ("-3", "-3"), ("1,5", "1,5")],
)
def test_a_number_is_taken_as_its_digits(typed: Any, stored: str) -> None:
    assert read_figure(typed, NUMBER) == MeasureValue(number=stored)


def test_a_date_is_a_day() -> None:
    assert read_figure("31/03/2027", DATE) == MeasureValue(on=date(2027, 3, 31))
    assert read_figure(date(2027, 3, 31), DATE) == MeasureValue(on=date(2027, 3, 31))
    for typed in ("March 2027", None, 45000):
        with pytest.raises(FigureUnclear, match="This measure is a date"):
            read_figure(typed, DATE)


def test_a_cell_that_cannot_be_read_says_why() -> None:
    for unit in MeasureUnit:
        with pytest.raises(FigureUnclear, match="shows an error"):
            read_figure(Unreadable("#REF!", "shows an error of the workbook"), unit)


values = st.one_of(
    st.none(),
    st.text(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.builds(Unreadable, st.text(), st.just("holds nothing")),
)


@given(values, st.sampled_from(MeasureUnit))
def test_any_cell_is_a_figure_or_refused_with_a_sentence(value: Any, unit: MeasureUnit) -> None:
    try:
        said: object = read_figure(value, unit)
    except FigureUnclear as unclear:
        said = str(unclear)
    assert isinstance(said, MeasureValue) or str(said).endswith(".")


def measures(*wordings: str) -> list[MeasureProgress]:
    return [MeasureProgress(wording=each, unit=N_OF_M) for each in wordings]


def test_the_only_measure_is_meant_wherever_nothing_else_is_named() -> None:
    (only,) = measures("Oversight effective")
    assert named([only]) == "Oversight effective"
    for cell in ("", "Oversight  effective", "oversight effective", "A"):
        assert meant([only], cell) is only
    with pytest.raises(MeasureUnclear, match="no measure of this recommendation"):
        meant([only], "Plans reviewed")


def test_of_several_measures_a_letter_says_which() -> None:
    both = measures("Oversight effective", "Plans reviewed")
    assert named(both) == "A: Oversight effective\nB: Plans reviewed"
    for cell in ("B", "b", "B:", "b.", "B: Plans reviewed", "plans reviewed"):
        assert meant(both, cell) is both[1], cell
    for cell in ("", named(both) or ""):
        with pytest.raises(MeasureUnclear, match="leave only the letter"):
            meant(both, cell)
    for cell in ("C", "Something else"):
        with pytest.raises(MeasureUnclear, match="no measure of this recommendation"):
            meant(both, cell)


def test_without_a_measure_there_is_no_figure() -> None:
    assert named([]) is None
    with pytest.raises(MeasureUnclear, match="has no measure"):
        meant([], "")
