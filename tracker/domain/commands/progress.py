"""Updates, evidence and the claim of completion."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

from tracker.domain.events.values import MeasureValue
from tracker.domain.vocabulary import EvidenceKind


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
    """`file_id` is a file kept here before; `location` is its name, or the address of a link."""

    kind: EvidenceKind
    title: str
    location: str
    sha256: str
    effective_on: date
    file_id: UUID | None = None
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


UpdateCommand: TypeAlias = ReviewWithoutChange | RecordProgressUpdate | CorrectProgressUpdate
EvidenceCommand: TypeAlias = AttachEvidence | WithdrawEvidence
CompletionCommand: TypeAlias = ReportRecommendationComplete | WithdrawCompletionClaim
ProgressCommand: TypeAlias = UpdateCommand | EvidenceCommand | CompletionCommand
