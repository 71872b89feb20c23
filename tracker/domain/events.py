"""Facts in the past tense: every event a recommendation's stream can hold.

Each class is the newest shape of one stored type. `type` is permanent; a change of shape raises
`schema_version` and adds an upcaster. Fields marked `FreeText` go into the deletable payload and
read as None once redacted; all other fields are facts, hashed and never deleted. `occurred_on` is
the day the fact was true, kept in a column of its own. No rule may branch on free text.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, TypeAlias
from uuid import UUID

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

FREE_TEXT = "free text"
FreeText: TypeAlias = Annotated[str | None, FREE_TEXT]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureValue:
    """A figure: `n` of `m` cases, a plain `number` (decimal text, no floats), or a date `on`."""

    n: int | None = None
    m: int | None = None
    number: str | None = None
    on: date | None = None


# --- Publication ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationPublished:
    """Version 1 of every stream. `response_due_on` is fixed here, whatever the practice is later."""

    type: ClassVar[str] = "recommendation_published"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    inspection_id: int
    provider_id: int
    number: int
    framework: str
    response_due_on: date
    wording: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationWordingCorrected:
    type: ClassVar[str] = "recommendation_wording_corrected"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    language: Language
    wording: FreeText
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationBasisLinked:
    """The whole basis as it now stands: codes of standards, key questions and themes, finding ids."""

    type: ClassVar[str] = "recommendation_basis_linked"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    standards: tuple[str, ...]
    key_questions: tuple[str, ...]
    findings: tuple[int, ...]
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationWithdrawn:
    type: ClassVar[str] = "publication_withdrawn"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationTransferred:
    """The addressee was merged or renamed: the successor answers from now on."""

    type: ClassVar[str] = "recommendation_transferred"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    from_provider_id: int
    to_provider_id: int
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalDataRedacted:
    """The free text of the event `redacts` was deleted; `payload_hash` is what remains of it."""

    type: ClassVar[str] = "personal_data_redacted"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    redacts: UUID
    reason: RedactionReason
    payload_hash: str
    authority: FreeText


# --- Response and assignment ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationAssigned:
    type: ClassVar[str] = "recommendation_assigned"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    accountable_id: int
    accountable_name: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseRecorded:
    type: ClassVar[str] = "response_recorded"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    response: Response
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseRevised:
    type: ClassVar[str] = "response_revised"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    response: Response
    reason: FreeText


# --- Actions -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlanned:
    """`delivered_by` names a body or post in words: partners have no login."""

    type: ClassVar[str] = "action_planned"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    action_id: UUID
    accountable_id: int
    target_on: date
    description: FreeText
    accountable_name: FreeText
    delivered_by: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionOwnerChanged:
    type: ClassVar[str] = "action_owner_changed"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    action_id: UUID
    accountable_id: int
    accountable_name: FreeText
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionReportedComplete:
    type: ClassVar[str] = "action_reported_complete"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    action_id: UUID
    note: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionReopened:
    type: ClassVar[str] = "action_reopened"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    action_id: UUID
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionWithdrawn:
    type: ClassVar[str] = "action_withdrawn"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    action_id: UUID
    reason: FreeText


# --- Target dates --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetDateExtended:
    """The `slip`-th move of an action's date; `decided` when somebody above granted it."""

    type: ClassVar[str] = "target_date_extended"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    action_id: UUID
    previous_target_on: date
    target_on: date
    slip: int
    decided: bool
    region_told: bool
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetDateExtensionRequested:
    type: ClassVar[str] = "target_date_extension_requested"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    action_id: UUID
    target_on: date
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetDateExtensionDeclined:
    type: ClassVar[str] = "target_date_extension_declined"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    action_id: UUID
    target_on: date
    reason: FreeText


# --- Blockers and escalations --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockerRecorded:
    """What stands in the way of one action, or of the whole recommendation when no action is named."""

    type: ClassVar[str] = "blocker_recorded"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    blocker_id: UUID
    action_id: UUID | None
    forecast_on: date
    cause: FreeText
    controlled_by: FreeText
    risk_register_reference: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockerForecastRevised:
    type: ClassVar[str] = "blocker_forecast_revised"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    blocker_id: UUID
    previous_forecast_on: date
    forecast_on: date
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockerCleared:
    type: ClassVar[str] = "blocker_cleared"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    blocker_id: UUID
    note: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationRaised:
    type: ClassVar[str] = "escalation_raised"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    escalation_id: UUID
    addressed_to: Role
    reply_by: date
    asked: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationAnswered:
    type: ClassVar[str] = "escalation_answered"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    escalation_id: UUID
    answer: FreeText


# --- Measures ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureDefined:
    """`baseline_lines` are the first and last line of the report source that give the baseline."""

    type: ClassVar[str] = "measure_defined"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    measure_id: UUID
    better: Better
    unit: MeasureUnit
    baseline: MeasureValue | None
    baseline_lines: tuple[int, int] | None
    target: MeasureValue | None
    target_on: date | None
    wording: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureFigureRecorded:
    type: ClassVar[str] = "measure_figure_recorded"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    measure_id: UUID
    value: MeasureValue
    period_from: date
    period_to: date
    source: FigureSource
    note: FreeText


# --- Updates and evidence ------------------------------------------------------------------------


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
    """`occurred_on` is the effective date. `sha256` is of the file, or of a link's address."""

    type: ClassVar[str] = "evidence_attached"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    evidence_id: UUID
    kind: EvidenceKind
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


# --- Completion, review, judgement, closure ------------------------------------------------------


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
class RecurrenceConfirmed:
    """The inspector found the same matter in another recommendation, of any provider."""

    type: ClassVar[str] = "recurrence_confirmed"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    other_recommendation_id: int
    rationale: FreeText


PublicationEvent: TypeAlias = (
    RecommendationPublished
    | RecommendationWordingCorrected
    | RecommendationBasisLinked
    | PublicationWithdrawn
    | RecommendationTransferred
    | PersonalDataRedacted
)
ResponseEvent: TypeAlias = RecommendationAssigned | ResponseRecorded | ResponseRevised
ActionEvent: TypeAlias = (
    ActionPlanned
    | ActionOwnerChanged
    | ActionReportedComplete
    | ActionReopened
    | ActionWithdrawn
    | TargetDateExtended
    | TargetDateExtensionRequested
    | TargetDateExtensionDeclined
)
ObstacleEvent: TypeAlias = (
    BlockerRecorded
    | BlockerForecastRevised
    | BlockerCleared
    | EscalationRaised
    | EscalationAnswered
)
MeasureEvent: TypeAlias = MeasureDefined | MeasureFigureRecorded
ProgressEvent: TypeAlias = (
    ReviewedWithoutChange
    | ProgressUpdateRecorded
    | ProgressUpdateCorrected
    | EvidenceAttached
    | EvidenceWithdrawn
    | RecommendationReportedComplete
    | CompletionClaimWithdrawn
)
JudgementEvent: TypeAlias = (
    ReviewStarted
    | FurtherEvidenceRequested
    | ProgressJudged
    | RecommendationClosed
    | RecommendationReopened
    | RecommendationCarriedForward
    | RecurrenceConfirmed
)
Event: TypeAlias = (
    PublicationEvent
    | ResponseEvent
    | ActionEvent
    | ObstacleEvent
    | MeasureEvent
    | ProgressEvent
    | JudgementEvent
)
