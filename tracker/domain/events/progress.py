"""Updates, evidence and the claim of completion."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias
from uuid import UUID

from tracker.domain.events.values import FreeText, MeasureValue
from tracker.domain.vocabulary import EvidenceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedWithoutChange:
    type: ClassVar[str] = "reviewed_without_change"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    note: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressUpdateRecorded:
    type: ClassVar[str] = "progress_update_recorded"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    action_id: UUID | None
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressUpdateCorrected:
    """Replaces the words of the update event `corrects`, and takes its date."""

    type: ClassVar[str] = "progress_update_corrected"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    corrects: UUID
    action_id: UUID | None
    text: FreeText
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAttached:
    """`occurred_on` is the effective date. `sha256` is of the file, or of a link's address.

    `file_id` is the file as it is kept here, `location` its name; a link has its address there.
    """

    type: ClassVar[str] = "evidence_attached"
    schema_version: ClassVar[int] = 2
    occurred_on: date
    evidence_id: UUID
    kind: EvidenceKind
    file_id: UUID | None
    sha256: str
    size: int | None
    media_type: str | None
    action_id: UUID | None
    standards: tuple[str, ...]
    key_questions: tuple[str, ...]
    findings: tuple[int, ...]
    figure: MeasureValue | None
    title: FreeText
    location: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceWithdrawn:
    type: ClassVar[str] = "evidence_withdrawn"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    evidence_id: UUID
    sha256: str
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationReportedComplete:
    type: ClassVar[str] = "recommendation_reported_complete"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    statement: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionClaimWithdrawn:
    type: ClassVar[str] = "completion_claim_withdrawn"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    reason: FreeText


ProgressEvent: TypeAlias = (
    ReviewedWithoutChange
    | ProgressUpdateRecorded
    | ProgressUpdateCorrected
    | EvidenceAttached
    | EvidenceWithdrawn
    | RecommendationReportedComplete
    | CompletionClaimWithdrawn
)
