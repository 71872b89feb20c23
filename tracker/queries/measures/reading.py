"""The measures of recommendations with all their figures, from the read models; two queries.

Which recommendations somebody may read is settled by whoever asks.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from inspections.govuk_dates import govuk_date
from inspections.models import Inspection
from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import Better, FigureSource, MeasureUnit
from tracker.models import MeasureFigure, MeasureProgress
from tracker.queries.figures import figure_in_words, lines_in_words, target_in_words
from tracker.queries.labels import REDACTED, label
from tracker.queries.measures.targets import Verdict, verdict_on

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
    is_replaced: bool
    verdict: Verdict | None

    @property
    def words(self) -> str:
        return figure_in_words(self.value)

    @property
    def whose(self) -> str:
        return label(self.source)

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
    figures: tuple[Figure, ...]

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
    def baseline_words(self) -> str:
        return figure_in_words(self.baseline) if self.baseline else ""

    @property
    def baseline_from(self) -> str:
        """Say where the baseline comes from."""
        if self.baseline_lines is None:
            return "Given when the measure was defined; no line of the report is named"
        return f"{label(FigureSource.HMIP)}, report, {lines_in_words(self.baseline_lines)}"

    @property
    def target_words(self) -> str:
        words = target_in_words(self.target) if self.target else ""
        return f"{words} by {govuk_date(self.target_on)}" if words and self.target_on else words


def measures_by_recommendation(ids: Collection[int]) -> Mapping[int, Sequence[Measure]]:
    """Return the measures of each of the recommendations, in the order they were defined."""
    rows = MeasureProgress.objects.filter(recommendation__in=ids)
    in_order = rows.select_related("recommendation__inspection").order_by("defined_version", "pk")
    return read_measures(list(in_order))


def read_measures(rows: Collection[MeasureProgress]) -> Mapping[int, Sequence[Measure]]:
    """Return the measures of these rows by recommendation; they come with their inspections."""
    figures: dict[UUID, list[MeasureFigure]] = defaultdict(list)
    if rows:
        recorded = MeasureFigure.objects.filter(measure_id__in=[each.pk for each in rows])
        for figure in recorded.order_by("period_to", "recorded_version", "pk"):
            figures[figure.measure_id].append(figure)
    found: dict[int, list[Measure]] = defaultdict(list)
    for row in rows:
        found[row.recommendation_id].append(_measure(row, figures[row.pk]))
    return found


def _measure(row: MeasureProgress, figures: Sequence[MeasureFigure]) -> Measure:
    better, target = Better(row.better), _value(row.target)
    last = {_place(each): each.pk for each in figures}
    return Measure(
        measure_id=row.pk,
        recommendation_id=row.recommendation_id,
        wording=row.wording,
        better=better,
        unit=MeasureUnit(row.unit),
        baseline=_value(row.baseline),
        baseline_lines=tuple(row.baseline_lines) if row.baseline_lines else None,
        baseline_on=_day_of(row.recommendation.inspection),
        target=target,
        target_on=row.target_on,
        figures=tuple(
            _figure(each, target, better, is_replaced=last[_place(each)] != each.pk)
            for each in figures
        ),
    )


def _place(figure: MeasureFigure) -> tuple[Any, ...]:
    """Return what a figure speaks for: one source has one figure for one period."""
    return (figure.source, figure.period_from, figure.period_to)


def _figure(
    row: MeasureFigure, target: MeasureValue | None, better: Better, *, is_replaced: bool
) -> Figure:
    value = msgspec.convert(row.value, MeasureValue)
    return Figure(
        value=value,
        source=FigureSource(row.source),
        period_from=row.period_from,
        period_to=row.period_to,
        note=row.note,
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
        is_replaced=is_replaced,
        verdict=verdict_on(value, target, better),
    )


def _day_of(inspection: Inspection) -> date | None:
    return inspection.fieldwork_starts_on or inspection.published_on


def _value(stored: Any) -> MeasureValue | None:
    return msgspec.convert(stored, MeasureValue) if stored else None
