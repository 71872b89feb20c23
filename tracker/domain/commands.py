"""Requests in the imperative: every command that can be given to a recommendation.

A command says what is asked; who asks, in which role, and what the world looks like at that moment
is in `circumstances.Circumstances`. `occurred_on` is given only where the day may lie in the past;
elsewhere the day of the command counts.
"""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import (
    Better,
    Closure,
    EvidenceKind,
    FigureSource,
    Language,
    MeasureUnit,
    RedactionReason,
    Response,
    Role,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishRecommendation:
    """Open the stream; given by publishing the inspection, never by a form."""

    inspection_id: int
    provider_id: int
    number: int
    framework: str
    published_on: date
    wording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectWording:
    wording: str
    reason: str
    language: Language = Language.ENGLISH


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkBasis:
    """State the whole basis anew; what is left out is no longer linked."""

    standards: tuple[str, ...] = ()
    key_questions: tuple[str, ...] = ()
    findings: tuple[int, ...] = ()
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawPublication:
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRecommendation:
    to_provider_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactPersonalData:
    event_id: UUID
    reason: RedactionReason
    authority: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    accountable_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Respond:
    response: Response
    reason: str = ""
    occurred_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseResponse:
    response: Response
    reason: str
    occurred_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAction:
    description: str
    accountable_id: int
    delivered_by: str
    target_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeActionOwner:
    action_id: UUID
    accountable_id: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportActionComplete:
    action_id: UUID
    note: str = ""
    occurred_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenAction:
    action_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawAction:
    action_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTargetDate:
    action_id: UUID
    target_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTargetDateExtension:
    action_id: UUID
    target_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideTargetDateExtension:
    action_id: UUID
    granted: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBlocker:
    cause: str
    controlled_by: str
    forecast_on: date
    action_id: UUID | None = None
    risk_register_reference: str = ""
    occurred_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseBlockerForecast:
    blocker_id: UUID
    forecast_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearBlocker:
    blocker_id: UUID
    note: str = ""
    occurred_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseEscalation:
    addressed_to: Role
    asked: str
    reply_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerEscalation:
    escalation_id: UUID
    answer: str


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWithoutChange:
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordProgressUpdate:
    text: str
    occurred_on: date
    action_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectProgressUpdate:
    """`event_id` is the update, or an earlier correction of it."""

    event_id: UUID
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachEvidence:
    kind: EvidenceKind
    title: str
    location: str
    sha256: str
    effective_on: date
    size: int | None = None
    media_type: str | None = None
    action_id: UUID | None = None
    standards: tuple[str, ...] = ()
    key_questions: tuple[str, ...] = ()
    findings: tuple[int, ...] = ()
    figure: MeasureValue | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawEvidence:
    evidence_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRecommendationComplete:
    statement: str
    occurred_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawCompletionClaim:
    reason: str


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
class ConfirmRecurrence:
    other_recommendation_id: int
    rationale: str


PublicationCommand: TypeAlias = (
    PublishRecommendation
    | CorrectWording
    | LinkBasis
    | WithdrawPublication
    | TransferRecommendation
    | RedactPersonalData
)
ResponseCommand: TypeAlias = Assign | Respond | ReviseResponse
ActionCommand: TypeAlias = (
    PlanAction | ChangeActionOwner | ReportActionComplete | ReopenAction | WithdrawAction
)
TargetDateCommand: TypeAlias = (
    MoveTargetDate | RequestTargetDateExtension | DecideTargetDateExtension
)
ObstacleCommand: TypeAlias = (
    RecordBlocker | ReviseBlockerForecast | ClearBlocker | RaiseEscalation | AnswerEscalation
)
MeasureCommand: TypeAlias = DefineMeasure | RecordMeasureFigure
ProgressCommand: TypeAlias = (
    ReviewWithoutChange
    | RecordProgressUpdate
    | CorrectProgressUpdate
    | AttachEvidence
    | WithdrawEvidence
    | ReportRecommendationComplete
    | WithdrawCompletionClaim
)
ReviewCommand: TypeAlias = StartReview | RequestFurtherEvidence | JudgeProgress
ClosureCommand: TypeAlias = (
    CloseRecommendation | ReopenRecommendation | CarryForward | ConfirmRecurrence
)
Command: TypeAlias = (
    PublicationCommand
    | ResponseCommand
    | ActionCommand
    | TargetDateCommand
    | ObstacleCommand
    | MeasureCommand
    | ProgressCommand
    | ReviewCommand
    | ClosureCommand
)
