"""The inspector's review and judgement, and how a recommendation ends."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias

from tracker.domain.events.values import FreeText
from tracker.domain.vocabulary import Closure


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStarted:
    type: ClassVar[str] = "review_started"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    note: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherEvidenceRequested:
    """Delivery stays the provider's claim; "returned" derives from the review."""

    type: ClassVar[str] = "further_evidence_requested"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    asked: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressJudged:
    """`judgement` is a code of the scale `scale`; scales are data."""

    type: ClassVar[str] = "progress_judged"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    scale: str
    judgement: str
    rationale: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationClosed:
    type: ClassVar[str] = "recommendation_closed"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    closure: Closure
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationReopened:
    type: ClassVar[str] = "recommendation_reopened"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationCarriedForward:
    """Closed here, and gone on with as these recommendations of the later report."""

    type: ClassVar[str] = "recommendation_carried_forward"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    carried_into: tuple[int, ...]
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationLeftOpen:
    """Work goes on although the provider was inspected again, by the inspection named.

    `response_due_on` is set where no response had been asked for before: now one is.
    """

    type: ClassVar[str] = "recommendation_left_open"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    inspection_id: int
    response_due_on: date | None
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurrenceConfirmed:
    """The inspector found the same matter in another recommendation, of any provider."""

    type: ClassVar[str] = "recurrence_confirmed"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    other_recommendation_id: int
    rationale: FreeText


JudgementEvent: TypeAlias = (
    ReviewStarted
    | FurtherEvidenceRequested
    | ProgressJudged
    | RecommendationClosed
    | RecommendationReopened
    | RecommendationCarriedForward
    | RecommendationLeftOpen
    | RecurrenceConfirmed
)
