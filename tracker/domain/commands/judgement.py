"""The inspector's review and judgement, and how a recommendation ends."""

from dataclasses import dataclass
from typing import TypeAlias

from tracker.domain.vocabulary import Closure


@dataclass(frozen=True, slots=True, kw_only=True)
class StartReview:
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFurtherEvidence:
    asked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeProgress:
    judgement: str
    rationale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRecommendation:
    closure: Closure
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenRecommendation:
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryForward:
    carried_into: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveOpen:
    """Say why work goes on after the provider was inspected again; `inspection_id` is the later."""

    inspection_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmRecurrence:
    other_recommendation_id: int
    rationale: str


ReviewCommand: TypeAlias = StartReview | RequestFurtherEvidence | JudgeProgress
ClosureCommand: TypeAlias = (
    CloseRecommendation | ReopenRecommendation | CarryForward | LeaveOpen | ConfirmRecurrence
)
