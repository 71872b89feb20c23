"""Fills a read model that a release has just added, from the log that was there before it.

Runs after every migration and costs a look at each table where there is nothing to do. Rows that
are there but wrong are for `manage.py rebuild_projections`.
"""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from tracker.domain import events as e
from tracker.models import (
    ActionProgress,
    BlockerProgress,
    EscalationProgress,
    Event,
    EvidenceProgress,
    MeasureFigure,
    MeasureProgress,
    RecommendationLink,
)
from tracker.projections.rebuilding import rebuild_stream

INTRODUCED_BY: Mapping[Any, tuple[str, ...]] = {
    ActionProgress: (e.ActionPlanned.type,),
    BlockerProgress: (e.BlockerRecorded.type,),
    EscalationProgress: (e.EscalationRaised.type,),
    EvidenceProgress: (e.EvidenceAttached.type,),
    MeasureFigure: (e.MeasureFigureRecorded.type,),
    MeasureProgress: (e.MeasureDefined.type,),
    RecommendationLink: (e.RecommendationCarriedForward.type, e.RecurrenceConfirmed.type),
}
"""By read model, the events that its rows begin with."""


def fill_empty_tables() -> int:
    """Rebuild the streams whose rows an empty table lacks; return how many streams there were.

    All or nothing: a table filled half way would not be empty any more, and so be passed over.
    """
    with transaction.atomic():
        wanting = _wanting()
        for recommendation_id in wanting:
            rebuild_stream(recommendation_id)
    return len(wanting)


def tables_are_there() -> bool:
    """Say whether migrations have come as far as every read model."""
    present = set(connection.introspection.table_names())
    return {model._meta.db_table for model in (Event, *INTRODUCED_BY)} <= present


def _wanting() -> list[int]:
    empty = [types for model, types in INTRODUCED_BY.items() if not model.objects.exists()]
    types = [type_ for types in empty for type_ in types]
    beginning = Event.objects.filter(type__in=types).order_by("recommendation_id")
    return list(beginning.values_list("recommendation_id", flat=True).distinct())
