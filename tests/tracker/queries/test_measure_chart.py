"""The picture of a measure: every mark within the plot, in order, and told apart without colour."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import isfinite
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import Better, FigureSource, MeasureUnit
from tracker.queries.measures import Chart, Figure, Measure, chart_of

DAY = date(2025, 9, 8)
DAYS = st.dates(date(2015, 1, 1), date(2035, 1, 1))
SHARES = st.integers(1, 10**9).flatmap(
    lambda m: st.builds(MeasureValue, n=st.integers(0, m), m=st.just(m))
)
NUMBERS = st.from_regex(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", fullmatch=True).map(
    lambda text: MeasureValue(number=text)
)


def figure(
    value: MeasureValue,
    on: date = DAY,
    source: FigureSource = FigureSource.DIP_SAMPLE,
    *,
    is_replaced: bool = False,
) -> Figure:
    return Figure(
        value=value,
        source=source,
        period_from=on,
        period_to=on,
        note="",
        recorded_by="Lena Lead",
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
        is_replaced=is_replaced,
        verdict=None,
    )


def measure(
    *figures: Figure,
    unit: MeasureUnit = MeasureUnit.N_OF_M,
    baseline: MeasureValue | None = None,
    target: MeasureValue | None = None,
) -> Measure:
    return Measure(
        measure_id=UUID(int=1),
        recommendation_id=1,
        wording="Effective management oversight",
        better=Better.MORE,
        unit=unit,
        baseline=baseline,
        baseline_lines=(140, 140),
        baseline_on=DAY,
        target=target,
        target_on=None,
        figures=figures,
    )


def drawn(asked: Measure) -> Chart:
    chart = chart_of(asked)
    assert chart is not None
    return chart


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    unit, values = draw(
        st.sampled_from([(MeasureUnit.N_OF_M, SHARES), (MeasureUnit.NUMBER, NUMBERS)])
    )
    given_figures = draw(
        st.lists(
            st.builds(figure, values, DAYS, st.sampled_from(FigureSource)), min_size=1, max_size=12
        )
    )
    return measure(
        *given_figures,
        unit=unit,
        baseline=draw(st.none() | values),
        target=draw(st.none() | values),
    )


@given(measures())
def test_every_mark_whisker_and_word_lies_within_the_picture(asked: Measure) -> None:
    chart = drawn(asked)
    for line in chart.lines:
        for mark in line.marks:
            assert chart.left <= mark.x <= chart.right
            for y in (mark.y, mark.low, mark.high):
                assert y is None or (isfinite(y) and 13.9 <= y <= chart.bottom + 0.1)
    assert chart.target_y is None or 13.9 <= chart.target_y <= chart.bottom + 0.1
    for word in (*chart.ticks, *chart.days, *chart.names):
        assert 0 <= word.x <= chart.width
        assert 0 <= word.y <= chart.height


@given(measures())
def test_marks_keep_the_order_of_their_days_and_of_their_figures(asked: Measure) -> None:
    chart = drawn(asked)
    for line in chart.lines:
        assert [mark.x for mark in line.marks] == sorted(mark.x for mark in line.marks)
        for mark in line.marks:
            if mark.low is not None and mark.high is not None:
                assert mark.high - 0.01 <= mark.y <= mark.low + 0.01, "up is more"
    drawn_marks = sum(len(line.marks) for line in chart.lines)
    assert drawn_marks == len(asked.figures) + (asked.baseline is not None)


@given(measures())
def test_the_names_beside_the_marks_never_touch(asked: Measure) -> None:
    places = [word.y for word in drawn(asked).names]
    assert all(later - earlier >= 13.9 for earlier, later in pairwise(places))


@given(measures())
def test_the_scale_holds_a_few_different_steps_and_starts_at_nought(asked: Measure) -> None:
    ticks = drawn(asked).ticks
    assert 2 <= len(ticks) <= 8
    assert len({tick.text for tick in ticks}) == len(ticks)
    assert {"0", "0%"} & {tick.text for tick in ticks}


def test_each_source_has_a_shape_and_a_name_of_its_own() -> None:
    value = MeasureValue(n=9, m=20)
    chart = drawn(measure(*(figure(value, DAY, source) for source in FigureSource)))
    shapes = {line.marks[0].shape.partition(" ")[2] for line in chart.lines}
    assert len(shapes) == 3
    assert [line.name for line in chart.lines] == ["HMIP", "Provider", "Region"]


def test_the_baseline_begins_the_line_of_the_inspectorate_alone() -> None:
    baseline = MeasureValue(n=13, m=54)
    own = figure(MeasureValue(n=9, m=20), DAY + timedelta(days=90))
    chart = drawn(measure(own, baseline=baseline))
    assert [(line.code, len(line.marks)) for line in chart.lines] == [
        ("hmip", 1),
        ("dip_sample", 1),
    ]


def test_a_replaced_figure_is_not_drawn() -> None:
    wrong = figure(MeasureValue(n=19, m=20), is_replaced=True)
    right = figure(MeasureValue(n=9, m=20))
    (line,) = drawn(measure(wrong, right)).lines
    assert len(line.marks) == 1


def test_the_words_say_what_the_picture_shows() -> None:
    first, last = (
        figure(MeasureValue(n=n, m=20), DAY + timedelta(days=days))
        for n, days in ((9, 30), (14, 90))
    )
    chart = drawn(measure(first, last, target=MeasureValue(n=16, m=20)))
    assert chart.title == "Effective management oversight: figures over time"
    assert chart.description == (
        "Provider: 9 of 20 (45%, 95% interval 26% to 66%), then 14 of 20 (70%, 95% interval 48% to"
        " 85%). Target: 16 of 20 (80%). Every figure is in the table."
    )


@pytest.mark.parametrize(
    "empty",
    [
        measure(baseline=MeasureValue(n=13, m=54), target=MeasureValue(n=16, m=20)),
        measure(figure(MeasureValue(on=DAY)), unit=MeasureUnit.DATE),
    ],
)
def test_without_a_figure_or_for_days_there_is_no_picture(empty: Measure) -> None:
    assert chart_of(empty) is None
