"""Facts in the past tense: every event a recommendation's stream can hold.

Each class is the newest shape of one stored type. `type` is permanent; a change of shape raises
`schema_version` and adds an upcaster. Fields marked `FreeText` go into the deletable payload and
read as None once redacted; all other fields are facts, hashed and never deleted. `occurred_on` is
the day the fact was true, kept in a column of its own. No rule may branch on free text.
"""

from typing import TypeAlias

from tracker.domain.events.actions import (
    ActionEvent,
    ActionOwnerChanged,
    ActionPlanned,
    ActionReopened,
    ActionReportedComplete,
    ActionWithdrawn,
    TargetDateExtended,
    TargetDateExtensionDeclined,
    TargetDateExtensionRequested,
)
from tracker.domain.events.judgement import (
    FurtherEvidenceRequested,
    JudgementEvent,
    ProgressJudged,
    RecommendationCarriedForward,
    RecommendationClosed,
    RecommendationLeftOpen,
    RecommendationReopened,
    RecurrenceConfirmed,
    ReviewStarted,
)
from tracker.domain.events.measures import (
    MeasureDefined,
    MeasureEvent,
    MeasureFigureRecorded,
)
from tracker.domain.events.obstacles import (
    BlockerCleared,
    BlockerForecastRevised,
    BlockerRecorded,
    EscalationAnswered,
    EscalationRaised,
    ObstacleEvent,
)
from tracker.domain.events.progress import (
    CompletionClaimWithdrawn,
    EvidenceAttached,
    EvidenceWithdrawn,
    ProgressEvent,
    ProgressUpdateCorrected,
    ProgressUpdateRecorded,
    RecommendationReportedComplete,
    ReviewedWithoutChange,
)
from tracker.domain.events.publication import (
    PersonalDataRedacted,
    PublicationEvent,
    PublicationWithdrawn,
    RecommendationBasisLinked,
    RecommendationPublished,
    RecommendationTransferred,
    RecommendationWordingCorrected,
)
from tracker.domain.events.response import (
    RecommendationAssigned,
    ResponseEvent,
    ResponseRecorded,
    ResponseRevised,
)
from tracker.domain.events.values import (
    FREE_TEXT,
    FreeText,
    MeasureValue,
    free_text_names,
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

__all__ = [
    "FREE_TEXT",
    "ActionEvent",
    "ActionOwnerChanged",
    "ActionPlanned",
    "ActionReopened",
    "ActionReportedComplete",
    "ActionWithdrawn",
    "BlockerCleared",
    "BlockerForecastRevised",
    "BlockerRecorded",
    "CompletionClaimWithdrawn",
    "EscalationAnswered",
    "EscalationRaised",
    "Event",
    "EvidenceAttached",
    "EvidenceWithdrawn",
    "FreeText",
    "FurtherEvidenceRequested",
    "JudgementEvent",
    "MeasureDefined",
    "MeasureEvent",
    "MeasureFigureRecorded",
    "MeasureValue",
    "ObstacleEvent",
    "PersonalDataRedacted",
    "ProgressEvent",
    "ProgressJudged",
    "ProgressUpdateCorrected",
    "ProgressUpdateRecorded",
    "PublicationEvent",
    "PublicationWithdrawn",
    "RecommendationAssigned",
    "RecommendationBasisLinked",
    "RecommendationCarriedForward",
    "RecommendationClosed",
    "RecommendationLeftOpen",
    "RecommendationPublished",
    "RecommendationReopened",
    "RecommendationReportedComplete",
    "RecommendationTransferred",
    "RecommendationWordingCorrected",
    "RecurrenceConfirmed",
    "ResponseEvent",
    "ResponseRecorded",
    "ResponseRevised",
    "ReviewStarted",
    "ReviewedWithoutChange",
    "TargetDateExtended",
    "TargetDateExtensionDeclined",
    "TargetDateExtensionRequested",
    "free_text_names",
]
