"""Read models from the whole log: stream by stream, each replaced in one transaction.

A reader sees a stream's old rows or its new ones, never half of either.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from inspections.models import Recommendation
from tracker import event_store
from tracker.models import Event, RecommendationProgress
from tracker.projections.applying import apply
from tracker.projections.sheet import (
    DETAILS,
    Sheet,
    addressee_row,
    blank_sheet,
    key_of,
    values_of,
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored row that is not what the log says; `stored` or `expected` is None when absent."""

    recommendation_id: int
    row: str
    stored: dict[str, Any] | None
    expected: dict[str, Any] | None


def rebuild(*, check_only: bool = False) -> Iterator[tuple[int, list[Difference]]]:
    """Rebuild every stream's read models, or only compare them with the log.

    Yields each recommendation's id with the differences found, as it goes.
    """
    of_log = Event.objects.filter(version=1).values_list("recommendation_id", flat=True)
    of_views = RecommendationProgress.objects.values_list("pk", flat=True)
    for recommendation_id in sorted(set(of_log) | set(of_views)):
        if check_only:
            yield recommendation_id, compare_stream(recommendation_id)
        else:
            yield recommendation_id, rebuild_stream(recommendation_id)


def rebuild_stream(recommendation_id: int) -> list[Difference]:
    """Replace one stream's read models by the fold of its events; say what was wrong."""
    with transaction.atomic():
        # Appends wait for the moment this takes: an inline projection must not meet rows that
        # are being replaced.
        event_store.lock_the_log()
        differences = compare_stream(recommendation_id)
        if differences:
            _delete_rows(recommendation_id)
            sheet = _folded(recommendation_id)
            if sheet.state.version:
                sheet.save()
    return differences


def compare_stream(recommendation_id: int) -> list[Difference]:
    """Compare one stream's stored rows with the fold of its events."""
    sheet = _folded(recommendation_id)
    expected = sheet.rows() if sheet.state.version else {}
    stored = _stored_rows(recommendation_id)
    if expected:
        stored |= _stored_addressee(recommendation_id)
    return [
        Difference(recommendation_id, key, stored.get(key), expected.get(key))
        for key in sorted(stored.keys() | expected.keys())
        if stored.get(key) != expected.get(key)
    ]


def _folded(recommendation_id: int) -> Sheet:
    sheet = blank_sheet(recommendation_id)
    for recorded in event_store.read_stream(recommendation_id):
        apply(sheet, recorded)
    return sheet


def _stored_rows(recommendation_id: int) -> dict[str, dict[str, Any]]:
    rows: list[models.Model] = [
        *RecommendationProgress.objects.filter(pk=recommendation_id),
        *(
            row
            for model in DETAILS
            for row in model.objects.filter(recommendation_id=recommendation_id)
        ),
    ]
    return {key_of(row): values_of(row) for row in rows}


def _stored_addressee(recommendation_id: int) -> dict[str, dict[str, Any]]:
    published = Recommendation.objects.get(pk=recommendation_id)
    return addressee_row(recommendation_id, published.addressee_id)


def _delete_rows(recommendation_id: int) -> None:
    for model in DETAILS:
        model.objects.filter(recommendation_id=recommendation_id).delete()
    RecommendationProgress.objects.filter(pk=recommendation_id).delete()
