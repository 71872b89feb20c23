"""What is measured, and the figures."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

from tracker.domain.events.values import MeasureValue
from tracker.domain.vocabulary import Better, FigureSource, MeasureUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class DefineMeasure:
    wording: str
    better: Better
    unit: MeasureUnit
    baseline: MeasureValue | None = None
    baseline_lines: tuple[int, int] | None = None
    target: MeasureValue | None = None
    target_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMeasureFigure:
    measure_id: UUID
    value: MeasureValue
    period_from: date
    period_to: date
    source: FigureSource
    note: str = ""


MeasureCommand: TypeAlias = DefineMeasure | RecordMeasureFigure
