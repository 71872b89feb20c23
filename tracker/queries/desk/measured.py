"""The few measures that a desk shows: of those figured most recently, the furthest from target."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from inspections.models import Recommendation
from tracker.models import MeasureFigure, MeasureProgress, RecommendationProgress
from tracker.queries.desk.categories import PROVIDERS
from tracker.queries.desk.viewpoint import Viewpoint
from tracker.queries.measures import Chart, Measure, chart_of, with_their_measures

Rows = QuerySet[RecommendationProgress]
MOST_RECENT = 12
"""So many are looked at; what was figured long ago says little of today."""
MOST_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One measure with its picture and the recommendation it belongs to."""

    measure: Measure
    chart: Chart | None
    recommendation: Recommendation


def measures_to_watch(rows: Rows, viewpoint: Viewpoint) -> Sequence[Measured]:
    """Return the measures of the person's units or region to watch; one query.

    Nobody is shown those of the whole country: three of thousands would say nothing.
    """
    if not viewpoint.roles & PROVIDERS or viewpoint.is_national:
        return []
    of_open = MeasureProgress.objects.filter(
        recommendation__in=rows.filter(is_open=True).order_by().values("pk"),
        latest_to__isnull=False,
    )
    recent = of_open.order_by("-latest_to", "pk").values("pk")[:MOST_RECENT]
    figures = MeasureFigure.objects.filter(measure__in=recent).select_related(
        "measure__recommendation__inspection", "measure__recommendation__addressee"
    )
    found = with_their_measures(figures.order_by("recorded_version", "pk"))
    first = sorted(found, key=lambda each: -each[0].distance_to_target)[:MOST_SHOWN]
    return [
        Measured(measure=measure, chart=chart_of(measure), recommendation=recommendation)
        for measure, recommendation in first
    ]
