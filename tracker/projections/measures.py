"""How the events of measures change the read models."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

import msgspec

from tracker.domain import events as e
from tracker.models import MeasureFigure, MeasureProgress

if TYPE_CHECKING:
    from tracker.event_store import RecordedEvent
    from tracker.projections.sheet import Sheet


def apply_measure(sheet: Sheet, event: e.MeasureEvent, recorded: RecordedEvent) -> None:
    """Change the sheet by an event of a measure."""
    match event:
        case e.MeasureDefined():
            sheet.add(_defined(sheet, event))
        case e.MeasureFigureRecorded():
            sheet.add(_recorded(sheet, event, recorded))
            _mirror_latest(sheet, event)
        case _:
            assert_never(event)


def _defined(sheet: Sheet, event: e.MeasureDefined) -> MeasureProgress:
    return MeasureProgress(
        measure_id=event.measure_id,
        recommendation_id=sheet.recommendation_id,
        defined_version=sheet.state.version,
        wording=event.wording or "",
        better=event.better,
        unit=event.unit,
        baseline=msgspec.to_builtins(event.baseline),
        baseline_lines=list(event.baseline_lines) if event.baseline_lines else None,
        target=msgspec.to_builtins(event.target),
        target_on=event.target_on,
    )


def _recorded(
    sheet: Sheet, event: e.MeasureFigureRecorded, recorded: RecordedEvent
) -> MeasureFigure:
    return MeasureFigure(
        event_id=recorded.event_id,
        recommendation_id=sheet.recommendation_id,
        measure_id=event.measure_id,
        recorded_version=sheet.state.version,
        value=msgspec.to_builtins(event.value),
        period_from=event.period_from,
        period_to=event.period_to,
        source=event.source,
        note=event.note or "",
        recorded_at=recorded.recorded_at,
        recorded_by=recorded.actor_name,
    )


def _mirror_latest(sheet: Sheet, event: e.MeasureFigureRecorded) -> None:
    row = sheet.find(MeasureProgress, event.measure_id)
    if row is not None and (row.latest_to is None or row.latest_to <= event.period_to):
        row.latest = msgspec.to_builtins(event.value)
        row.latest_source = event.source
        row.latest_to = event.period_to
