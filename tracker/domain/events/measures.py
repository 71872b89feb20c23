"""What is measured, and the figures."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias
from uuid import UUID

from tracker.domain.events.values import FreeText, MeasureValue
from tracker.domain.vocabulary import Better, FigureSource, MeasureUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureDefined:
    """`baseline_lines` are the first and last line of the report source that give the baseline."""

    type: ClassVar[str] = "measure_defined"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    measure_id: UUID
    better: Better
    unit: MeasureUnit
    baseline: MeasureValue | None
    baseline_lines: tuple[int, int] | None
    target: MeasureValue | None
    target_on: date | None
    wording: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureFigureRecorded:
    type: ClassVar[str] = "measure_figure_recorded"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    measure_id: UUID
    value: MeasureValue
    period_from: date
    period_to: date
    source: FigureSource
    note: FreeText


MeasureEvent: TypeAlias = MeasureDefined | MeasureFigureRecorded
