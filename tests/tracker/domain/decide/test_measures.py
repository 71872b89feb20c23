from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.tracker.domain import facts as f
from tests.tracker.domain.scenario import NEW, TODAY, given
from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.events import MeasureValue
from tracker.domain.rejection import NotPermitted
from tracker.domain.vocabulary import Better, FigureSource, MeasureUnit, Role

TOMORROW = TODAY + timedelta(days=1)
DEFINE = c.DefineMeasure(wording="sickness days", better=Better.LESS, unit=MeasureUnit.NUMBER)
RECORD = c.RecordMeasureFigure(
    measure_id=f.MEASURE,
    value=MeasureValue(n=18, m=40),
    period_from=date(2026, 7, 1),
    period_to=date(2026, 7, 31),
    source=FigureSource.DIP_SAMPLE,
)

FITTING = [
    (MeasureUnit.N_OF_M, MeasureValue(n=0, m=1)),
    (MeasureUnit.N_OF_M, MeasureValue(n=40, m=40)),
    (MeasureUnit.NUMBER, MeasureValue(number="12.5")),
    (MeasureUnit.NUMBER, MeasureValue(number="-3")),
    (MeasureUnit.DATE, MeasureValue(on=date(2027, 1, 1))),
]
UNFITTING = [
    (MeasureUnit.N_OF_M, MeasureValue()),
    (MeasureUnit.N_OF_M, MeasureValue(n=3)),
    (MeasureUnit.N_OF_M, MeasureValue(m=3)),
    (MeasureUnit.N_OF_M, MeasureValue(n=0, m=0)),
    (MeasureUnit.N_OF_M, MeasureValue(n=5, m=4)),
    (MeasureUnit.N_OF_M, MeasureValue(n=-1, m=4)),
    (MeasureUnit.N_OF_M, MeasureValue(n=1, m=10**10)),
    (MeasureUnit.N_OF_M, MeasureValue(n=1, m=4, number="0.25")),
    (MeasureUnit.N_OF_M, MeasureValue(number="5")),
    (MeasureUnit.NUMBER, MeasureValue()),
    (MeasureUnit.NUMBER, MeasureValue(number="twelve")),
    (MeasureUnit.NUMBER, MeasureValue(number="1e9")),
    (MeasureUnit.NUMBER, MeasureValue(number="NaN")),
    (MeasureUnit.NUMBER, MeasureValue(number="1,5")),
    (MeasureUnit.NUMBER, MeasureValue(number="٣")),
    (MeasureUnit.NUMBER, MeasureValue(number="")),
    (MeasureUnit.NUMBER, MeasureValue(number="5", n=5)),
    (MeasureUnit.NUMBER, MeasureValue(n=1, m=4)),
    (MeasureUnit.DATE, MeasureValue()),
    (MeasureUnit.DATE, MeasureValue(number="2027")),
    (MeasureUnit.DATE, MeasureValue(on=date(2027, 1, 1), n=1)),
]


def test_a_measure_may_have_neither_baseline_nor_target() -> None:
    given(*f.AGREED).when(DEFINE).then(
        e.MeasureDefined(
            occurred_on=TODAY,
            measure_id=NEW,
            better=Better.LESS,
            unit=MeasureUnit.NUMBER,
            baseline=None,
            baseline_lines=None,
            target=None,
            target_on=None,
            wording="sickness days",
        )
    )


@pytest.mark.parametrize(("unit", "value"), FITTING)
def test_baseline_target_and_figures_fit_the_unit(unit: MeasureUnit, value: MeasureValue) -> None:
    define = replace(DEFINE, unit=unit, baseline=value, target=value)
    (defined,) = given(*f.AGREED).when(define).accepted()
    assert isinstance(defined, e.MeasureDefined)
    assert (defined.baseline, defined.target) == (value, value)
    record = replace(RECORD, measure_id=NEW, value=value)
    (recorded,) = given(*f.AGREED, defined).when(record).accepted()
    assert isinstance(recorded, e.MeasureFigureRecorded)
    assert recorded.value == value


@pytest.mark.parametrize(("unit", "value"), UNFITTING)
def test_nothing_else_is_taken_for_a_figure(unit: MeasureUnit, value: MeasureValue) -> None:
    for field in ("baseline", "target"):
        command = c.DefineMeasure(
            wording="x",
            better=Better.MORE,
            unit=unit,
            baseline=value if field == "baseline" else None,
            target=value if field == "target" else None,
        )
        given(*f.AGREED).when(command).rejected("figure_not_in_unit", field=field)
    measure = replace(f.measured, unit=unit)
    record = replace(RECORD, value=value)
    given(*f.AGREED, measure).when(record).rejected("figure_not_in_unit", field="value")


def test_a_number_is_trimmed() -> None:
    command = replace(DEFINE, baseline=MeasureValue(number=" 7 "))
    (defined,) = given(*f.AGREED).when(command).accepted()
    assert isinstance(defined, e.MeasureDefined)
    assert defined.baseline == MeasureValue(number="7")


@pytest.mark.parametrize("lines", [(0, 4), (5, 4)])
def test_a_baseline_cites_lines_of_the_report(lines: tuple[int, int]) -> None:
    command = replace(DEFINE, baseline=MeasureValue(number="7"), baseline_lines=lines)
    given(*f.AGREED).when(command).rejected("baseline_lines_misfit", field="baseline_lines")


def test_lines_without_a_baseline_say_nothing() -> None:
    command = replace(DEFINE, baseline_lines=(4, 5))
    given(*f.AGREED).when(command).rejected("baseline_lines_misfit", field="baseline_lines")


def test_a_target_date_needs_a_target_and_lies_ahead() -> None:
    aimless = replace(DEFINE, target_on=TOMORROW)
    given(*f.AGREED).when(aimless).rejected("target_missing", field="target")
    past = replace(DEFINE, target=MeasureValue(number="7"), target_on=date(2026, 8, 1))
    given(*f.AGREED).when(past).rejected("date_in_past", field="target_on")


def test_a_figure_is_true_on_the_last_day_of_its_period() -> None:
    given(*f.MEASURED).when(RECORD).then(
        e.MeasureFigureRecorded(
            occurred_on=date(2026, 7, 31),
            measure_id=f.MEASURE,
            value=MeasureValue(n=18, m=40),
            period_from=date(2026, 7, 1),
            period_to=date(2026, 7, 31),
            source=FigureSource.DIP_SAMPLE,
            note="",
        )
    )


def test_a_figure_belongs_to_a_measure() -> None:
    given(*f.AGREED).when(RECORD).rejected("measure_unknown", field="measure_id")


def test_a_period_ends_after_it_begins_and_not_in_the_future() -> None:
    turned = replace(RECORD, period_from=date(2026, 8, 1))
    given(*f.MEASURED).when(turned).rejected("period_reversed", field="period_from")
    coming = replace(RECORD, period_to=TOMORROW)
    given(*f.MEASURED).when(coming).rejected("date_in_future", field="period_to")
    one_day = replace(RECORD, period_from=date(2026, 7, 31))
    given(*f.MEASURED).when(one_day).accepted()


@pytest.mark.parametrize(
    ("role", "source"),
    [
        (Role.PDU_LEAD, FigureSource.HMIP),
        (Role.PDU_LEAD, FigureSource.REGIONAL_ASSURANCE),
        (Role.DELEGATE, FigureSource.HMIP),
        (Role.REGIONAL_LEAD, FigureSource.DIP_SAMPLE),
        (Role.REGIONAL_LEAD, FigureSource.HMIP),
        (Role.INSPECTOR, FigureSource.DIP_SAMPLE),
        (Role.LEAD_INSPECTOR, FigureSource.REGIONAL_ASSURANCE),
    ],
)
def test_nobody_records_figures_under_another_name(role: Role, source: FigureSource) -> None:
    outcome = given(*f.MEASURED).when(replace(RECORD, source=source), role=role)
    assert isinstance(outcome.rejected("source_not_yours", field="source"), NotPermitted)


@pytest.mark.parametrize(
    ("role", "source", "to_region"),
    [
        (Role.ACTION_OWNER, FigureSource.DIP_SAMPLE, False),
        (Role.REGIONAL_LEAD, FigureSource.REGIONAL_ASSURANCE, False),
        (Role.REGIONAL_LEAD, FigureSource.DIP_SAMPLE, True),
        (Role.INSPECTOR, FigureSource.HMIP, False),
    ],
)
def test_each_records_figures_under_their_own_name(
    *, role: Role, source: FigureSource, to_region: bool
) -> None:
    command = replace(RECORD, source=source)
    given(*f.MEASURED).when(command, role=role, addressed_to_region=to_region).accepted()
