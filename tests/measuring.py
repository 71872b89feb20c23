"""Measures told of a story: one that is defined, and figures of whoever may give them."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User

from tests.tracker.story import Story
from tracker.domain import commands as c
from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import Better, FigureSource, MeasureUnit, Role
from tracker.event_store import RecordedEvent

OVERSIGHT = "Effective management oversight"
SPEAKS_AS = {
    FigureSource.HMIP: Role.LEAD_INSPECTOR,
    FigureSource.DIP_SAMPLE: Role.PDU_LEAD,
    FigureSource.REGIONAL_ASSURANCE: Role.REGIONAL_LEAD,
}


def define(story: Story, wording: str = OVERSIGHT, **changes: Any) -> UUID:
    """Define a measure of the story's recommendation, by its lead; return its id."""
    details = {
        "better": Better.MORE,
        "unit": MeasureUnit.N_OF_M,
        "baseline": MeasureValue(n=13, m=54),
        "baseline_lines": (140, 140),
        "target": MeasureValue(n=8, m=10),
        **changes,
    }
    return story.tell(c.DefineMeasure(wording=wording, **details)).event_id


def record(
    story: Story,
    measure: UUID,
    n: int,
    m: int = 20,
    *,
    source: FigureSource = FigureSource.DIP_SAMPLE,
    to: date | None = None,
    by: User | None = None,
    note: str = "",
) -> RecordedEvent:
    """Record a figure of the month that ends on the day, which is yesterday unless given."""
    period_to = to or story.now.date()
    command = c.RecordMeasureFigure(
        measure_id=measure,
        value=MeasureValue(n=n, m=m),
        period_from=period_to - timedelta(days=27),
        period_to=period_to,
        source=source,
        note=note,
    )
    speaker = by or (story.inspector if source is FigureSource.HMIP else story.lead)
    return story.tell(command, by=speaker, acting_role=SPEAKS_AS[source])
