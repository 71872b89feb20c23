"""Rules of measures and figures: the unit's shape, the period, and whose figure it is."""

from datetime import date
from typing import assert_never
from uuid import UUID

from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.circumstances import Circumstances
from tracker.domain.decide.days import past_or_today, today_or_later
from tracker.domain.decide.figures import in_unit
from tracker.domain.decide.words import needed, optional
from tracker.domain.rejection import CommandRejected, NotPermitted
from tracker.domain.roles import figure_sources
from tracker.domain.state import RecommendationState
from tracker.domain.vocabulary import FigureSource, MeasureUnit


def decide_measure(
    command: c.MeasureCommand, state: RecommendationState, circumstances: Circumstances
) -> tuple[e.Event, ...]:
    match command:
        case c.DefineMeasure():
            return (_define(command, circumstances),)
        case c.RecordMeasureFigure():
            return (_record_figure(command, state, circumstances),)
        case _:
            assert_never(command)


def _define(command: c.DefineMeasure, circumstances: Circumstances) -> e.MeasureDefined:
    """Baseline and target are in the unit; a baseline may cite its lines in the report."""
    baseline, target = command.baseline, command.target
    _require_baseline_lines_fit(command)
    return e.MeasureDefined(
        occurred_on=circumstances.today,
        measure_id=circumstances.new_id,
        better=command.better,
        unit=command.unit,
        baseline=baseline and in_unit(baseline, command.unit, field="baseline"),
        baseline_lines=command.baseline_lines,
        target=target and in_unit(target, command.unit, field="target"),
        target_on=_target_on(command, circumstances),
        wording=needed(command.wording, field="wording", what="what is measured"),
    )


def _target_on(command: c.DefineMeasure, circumstances: Circumstances) -> date | None:
    if command.target_on is None:
        return None
    if command.target is None:
        raise CommandRejected(
            "A date is given but no target to reach by it; give the target, or leave the date out.",
            code="target_missing",
            field="target",
        )
    return today_or_later(command.target_on, today=circumstances.today, field="target_on")


def _require_baseline_lines_fit(command: c.DefineMeasure) -> None:
    if command.baseline_lines is None:
        return
    first, last = command.baseline_lines
    if command.baseline is None or not 1 <= first <= last:
        raise CommandRejected(
            "The lines do not fit; give a baseline with the first and last line of the report that"
            " state it.",
            code="baseline_lines_misfit",
            field="baseline_lines",
        )


def _record_figure(
    command: c.RecordMeasureFigure, state: RecommendationState, circumstances: Circumstances
) -> e.MeasureFigureRecorded:
    """A figure is true on the last day of its period."""
    unit = _unit(state, command.measure_id)
    _require_source(command.source, circumstances)
    period_to = past_or_today(command.period_to, today=circumstances.today, field="period_to")
    period_from = past_or_today(command.period_from, today=circumstances.today, field="period_from")
    if period_from > period_to:
        raise CommandRejected(
            "The period ends before it begins; give its first day, then its last.",
            code="period_reversed",
            field="period_from",
        )
    return e.MeasureFigureRecorded(
        occurred_on=period_to,
        measure_id=command.measure_id,
        value=in_unit(command.value, unit, field="value"),
        period_from=period_from,
        period_to=period_to,
        source=command.source,
        note=optional(command.note, field="note"),
    )


def _unit(state: RecommendationState, measure_id: UUID) -> MeasureUnit:
    if (unit := state.measures.get(measure_id)) is None:
        raise CommandRejected(
            "This recommendation has no such measure; define it first, or choose one it has.",
            code="measure_unknown",
            field="measure_id",
        )
    return unit


def _require_source(source: FigureSource, circumstances: Circumstances) -> None:
    """The provider's, the region's and the Inspectorate's figures never share a name."""
    sources = figure_sources(
        role=circumstances.role, addressed_to_region=circumstances.addressed_to_region
    )
    if source not in sources:
        named = " or ".join(allowed.value.replace("_", " ") for allowed in sorted(sources))
        raise NotPermitted(
            f"In your role you cannot record this kind of figure; record it as {named}.",
            code="source_not_yours",
            field="source",
        )
