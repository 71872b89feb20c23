"""One recommendation's read models in memory: loaded as needed, saved where they changed."""

import json
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from django.db import models

from inspections.models import Recommendation
from tracker.domain.state import RecommendationState
from tracker.models import (
    ActionProgress,
    BlockerProgress,
    EscalationProgress,
    EvidenceProgress,
    MeasureFigure,
    MeasureProgress,
    RecommendationLink,
    RecommendationProgress,
)

Row = TypeVar(
    "Row", ActionProgress, BlockerProgress, EscalationProgress, EvidenceProgress, MeasureProgress
)
DETAILS = (
    ActionProgress,
    BlockerProgress,
    EscalationProgress,
    EvidenceProgress,
    MeasureFigure,
    MeasureProgress,
    RecommendationLink,
)


@dataclass(slots=True)
class Sheet:
    """`details` are the rows touched so far, by id; unknown ones are fetched when stored."""

    recommendation_id: int
    progress: RecommendationProgress
    state: RecommendationState
    is_stored: bool
    details: dict[UUID, models.Model] = field(default_factory=dict)

    def add(self, row: models.Model) -> None:
        self.details[row.pk] = row

    def find(self, model: type[Row], row_id: UUID | None) -> Row | None:
        """Return the row, from memory or the table; None in a stream that starts half way."""
        if row_id is None:
            return None
        if row_id not in self.details and self.is_stored:
            stored = model.objects.filter(
                pk=row_id, recommendation_id=self.recommendation_id
            ).first()
            if stored is not None:
                self.details[row_id] = stored
        row = self.details.get(row_id)
        return row if isinstance(row, model) else None

    def save(self) -> None:
        """Write the rows that were touched."""
        self.progress.state = encoded(self.state)
        self.progress.save(force_insert=not self.is_stored)
        for row in self.details.values():
            row.save(force_insert=row._state.adding)
        Recommendation.objects.filter(pk=self.recommendation_id).exclude(
            addressee_id=self.state.provider_id
        ).update(addressee_id=self.state.provider_id)

    def rows(self) -> dict[str, dict[str, Any]]:
        """Return the values of every row, as they would be stored."""
        self.progress.state = encoded(self.state)
        rows = {key_of(row): values_of(row) for row in (self.progress, *self.details.values())}
        return rows | addressee_row(self.recommendation_id, self.state.provider_id)


def encoded(state: RecommendationState) -> str:
    """Return the state as JSON text, the same for equal states."""
    return json.dumps(msgspec.to_builtins(state, str_keys=True), sort_keys=True)


def addressee_row(recommendation_id: int, provider_id: int) -> dict[str, dict[str, Any]]:
    """Return who answers now: the one column of the published record that the log decides."""
    return {f"recommendation {recommendation_id}": {"addressee_id": provider_id}}


def key_of(row: models.Model) -> str:
    """Name a row across the read models."""
    return f"{row._meta.model_name} {row.pk}"


def values_of(row: models.Model) -> dict[str, Any]:
    """Return a row's stored values by column."""
    return {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}


def blank_sheet(recommendation_id: int) -> Sheet:
    """Return the sheet of a stream before its first event."""
    return Sheet(
        recommendation_id=recommendation_id,
        progress=RecommendationProgress(recommendation_id=recommendation_id),
        state=RecommendationState(),
        is_stored=False,
    )


def state_of(progress: RecommendationProgress) -> RecommendationState:
    """Return the folded state stored with the read model."""
    return msgspec.json.decode(progress.state, type=RecommendationState)
