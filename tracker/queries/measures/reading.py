"""Measures with all their figures: of one recommendation from its timeline, of many from the rows.

Which recommendations somebody may read is settled by whoever asks.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from inspections.govuk_dates import govuk_date
from inspections.models import Inspection, Recommendation
from tracker.domain import events as e
from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import Better, FigureSource, MeasureUnit
from tracker.models import MeasureFigure, MeasureProgress
from tracker.queries.figures import figure_in_words, lines_in_words, target_in_words
from tracker.queries.labels import REDACTED, label
from tracker.queries.measures.targets import Verdict, shortfall, verdict_on
from tracker.queries.timeline import TimelineEntry

IN_ORDER = (FigureSource.HMIP, FigureSource.DIP_SAMPLE, FigureSource.REGIONAL_ASSURANCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure and whose it is. `is_replaced` where the same source gave it anew for its period:
    a figure that was mistyped is put right by recording it once more.
    """

    value: MeasureValue
    source: FigureSource
    period_from: date
    period_to: date
    note: str
    recorded_by: str
    recorded_at: datetime
    is_replaced: bool = False
    verdict: Verdict | None = None

    @property
    def words(self) -> str:
        return figure_in_words(self.value)

    @property
    def whose(self) -> str:
        return label(self.source)

    @property
    def place(self) -> tuple[FigureSource, date, date]:
        """Return what the figure speaks for: one source has one figure for one period."""
        return (self.source, self.period_from, self.period_to)

    @property
    def period(self) -> str:
        if self.period_from == self.period_to:
            return govuk_date(self.period_to)
        return f"{govuk_date(self.period_from)} to {govuk_date(self.period_to)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What is measured; `figures` from the earliest period to the latest.

    `baseline_on` is the day to which the report's own figure belongs: the fieldwork's, or else the
    publication's.
    """

    measure_id: UUID
    recommendation_id: int
    wording: str
    better: Better
    unit: MeasureUnit
    baseline: MeasureValue | None
    baseline_lines: tuple[int, int] | None
    baseline_on: date | None
    target: MeasureValue | None
    target_on: date | None
    figures: tuple[Figure, ...] = ()

    @property
    def name(self) -> str:
        return self.wording or REDACTED

    @property
    def standing(self) -> Sequence[Figure]:
        """Return the figures that hold, the replaced ones left out."""
        return [each for each in self.figures if not each.is_replaced]

    @property
    def latest(self) -> Sequence[Figure]:
        """Return the latest figure of each source that gave one, the Inspectorate's first."""
        by_source = {each.source: each for each in self.standing}
        return [by_source[source] for source in IN_ORDER if source in by_source]

    @property
    def distance_to_target(self) -> float:
        """Return how far the latest figure of all is from the target: 0 where there is none, or it
        is reached; for shares from 0 to 1, for numbers in parts of the larger of the two.
        """
        if not self.standing or self.target is None:
            return 0.0
        return shortfall(self.standing[-1].value, self.target, self.better)

    @property
    def baseline_words(self) -> str:
        return figure_in_words(self.baseline) if self.baseline else ""

    @property
    def baseline_from(self) -> str:
        """Say where the baseline comes from."""
        if self.baseline_lines is None:
            return "Given when the measure was defined; no line of the report is named"
        return f"{label(FigureSource.HMIP)}, report, {lines_in_words(self.baseline_lines)}"

    @property
    def in_a_line(self) -> str:
        """Return what is measured with its figures, each by whose it is."""
        told = [("baseline", self.baseline_words)]
        told += [(f"{each.whose}, latest,", each.words) for each in self.latest]
        told.append(("target", self.target_words))
        known = "; ".join(f"{name} {words}" for name, words in told if words)
        return f"{self.name}: {known}" if known else self.name

    @property
    def target_words(self) -> str:
        words = target_in_words(self.target) if self.target else ""
        return f"{words} by {govuk_date(self.target_on)}" if words and self.target_on else words


def measures_in(
    entries: Iterable[TimelineEntry], recommendation: Recommendation
) -> Sequence[Measure]:
    """Return the measures that a timeline, newest first, tells of; no query of its own."""
    found: dict[UUID, Measure] = {}
    figures: dict[UUID, list[Figure]] = defaultdict(list)
    for entry in reversed(list(entries)):
        event = entry.recorded.event
        if isinstance(event, e.MeasureDefined):
            found[event.measure_id] = _defined(event, recommendation)
        elif isinstance(event, e.MeasureFigureRecorded):
            figures[event.measure_id].append(_recorded(event, entry))
    return [with_figures(measure, figures[pk]) for pk, measure in found.items()]


def read_measures(rows: Iterable[MeasureProgress]) -> Sequence[Measure]:
    """Return the measures of these rows, which come with their inspections; one query."""
    figures: dict[UUID, list[Figure]] = defaultdict(list)
    rows = list(rows)
    if rows:
        recorded = MeasureFigure.objects.filter(measure__in=rows)
        for figure in recorded.order_by("recorded_version", "pk"):
            figures[figure.measure_id].append(_stored_figure(figure))
    return [with_figures(_stored(row), figures[row.pk]) for row in rows]


def with_their_measures(
    figures: Iterable[MeasureFigure],
) -> Sequence[tuple[Measure, Recommendation]]:
    """Return the measures of these figures and their recommendations, which come with them."""
    rows: dict[UUID, MeasureProgress] = {}
    of_each: dict[UUID, list[Figure]] = defaultdict(list)
    for figure in figures:
        rows[figure.measure_id] = figure.measure
        of_each[figure.measure_id].append(_stored_figure(figure))
    return [
        (with_figures(_stored(row), of_each[pk]), row.recommendation) for pk, row in rows.items()
    ]


def with_figures(measure: Measure, figures: Iterable[Figure]) -> Measure:
    """Return the measure with these figures, which come in the order they were recorded."""
    in_order = sorted(figures, key=lambda each: each.period_to)
    last = {each.place: each for each in in_order}
    return replace(
        measure,
        figures=tuple(
            replace(
                each,
                is_replaced=last[each.place] is not each,
                verdict=verdict_on(each.value, measure.target, measure.better),
            )
            for each in in_order
        ),
    )


def _defined(event: e.MeasureDefined, recommendation: Recommendation) -> Measure:
    return Measure(
        measure_id=event.measure_id,
        recommendation_id=recommendation.pk,
        wording=event.wording or "",
        better=event.better,
        unit=event.unit,
        baseline=event.baseline,
        baseline_lines=event.baseline_lines,
        baseline_on=_day_of(recommendation.inspection),
        target=event.target,
        target_on=event.target_on,
    )


def _recorded(event: e.MeasureFigureRecorded, entry: TimelineEntry) -> Figure:
    return Figure(
        value=event.value,
        source=event.source,
        period_from=event.period_from,
        period_to=event.period_to,
        note=REDACTED if event.note is None else event.note,
        recorded_by=entry.by.name,
        recorded_at=entry.recorded_at,
    )


def _stored(row: MeasureProgress) -> Measure:
    return Measure(
        measure_id=row.pk,
        recommendation_id=row.recommendation_id,
        wording=row.wording,
        better=Better(row.better),
        unit=MeasureUnit(row.unit),
        baseline=_value(row.baseline),
        baseline_lines=tuple(row.baseline_lines) if row.baseline_lines else None,
        baseline_on=_day_of(row.recommendation.inspection),
        target=_value(row.target),
        target_on=row.target_on,
    )


def _stored_figure(row: MeasureFigure) -> Figure:
    return Figure(
        value=msgspec.convert(row.value, MeasureValue),
        source=FigureSource(row.source),
        period_from=row.period_from,
        period_to=row.period_to,
        note=row.note,
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
    )


def _day_of(inspection: Inspection) -> date | None:
    return inspection.fieldwork_starts_on or inspection.published_on


def _value(stored: Any) -> MeasureValue | None:
    return msgspec.convert(stored, MeasureValue) if stored else None
