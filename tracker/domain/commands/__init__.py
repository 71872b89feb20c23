"""Requests in the imperative: every command that can be given to a recommendation.

A command says what is asked; who asks, in which role, and what the world looks like at that moment
is in `circumstances.Circumstances`. `occurred_on` is given only where the day may lie in the past;
elsewhere the day of the command counts.
"""

from typing import TypeAlias

from tracker.domain.commands.actions import (
    ActionCommand,
    ChangeActionOwner,
    PlanAction,
    ReopenAction,
    ReportActionComplete,
    WithdrawAction,
)
from tracker.domain.commands.judgement import (
    CarryForward,
    CloseRecommendation,
    ClosureCommand,
    ConfirmRecurrence,
    JudgeProgress,
    LeaveOpen,
    ReopenRecommendation,
    RequestFurtherEvidence,
    ReviewCommand,
    StartReview,
)
from tracker.domain.commands.measures import (
    DefineMeasure,
    MeasureCommand,
    RecordMeasureFigure,
)
from tracker.domain.commands.obstacles import (
    AnswerEscalation,
    ClearBlocker,
    ObstacleCommand,
    RaiseEscalation,
    RecordBlocker,
    ReviseBlockerForecast,
)
from tracker.domain.commands.progress import (
    AttachEvidence,
    CompletionCommand,
    CorrectProgressUpdate,
    EvidenceCommand,
    ProgressCommand,
    RecordProgressUpdate,
    ReportRecommendationComplete,
    ReviewWithoutChange,
    UpdateCommand,
    WithdrawCompletionClaim,
    WithdrawEvidence,
)
from tracker.domain.commands.publication import (
    CorrectWording,
    LinkBasis,
    PublicationCommand,
    PublishRecommendation,
    RedactPersonalData,
    TransferRecommendation,
    WithdrawPublication,
)
from tracker.domain.commands.response import (
    Assign,
    Respond,
    ResponseCommand,
    ReviseResponse,
)
from tracker.domain.commands.target_dates import (
    DecideTargetDateExtension,
    MoveTargetDate,
    RequestTargetDateExtension,
    TargetDateCommand,
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

__all__ = [
    "ActionCommand",
    "AnswerEscalation",
    "Assign",
    "AttachEvidence",
    "CarryForward",
    "ChangeActionOwner",
    "ClearBlocker",
    "CloseRecommendation",
    "ClosureCommand",
    "Command",
    "CompletionCommand",
    "ConfirmRecurrence",
    "CorrectProgressUpdate",
    "CorrectWording",
    "DecideTargetDateExtension",
    "DefineMeasure",
    "EvidenceCommand",
    "JudgeProgress",
    "LeaveOpen",
    "LinkBasis",
    "MeasureCommand",
    "MoveTargetDate",
    "ObstacleCommand",
    "PlanAction",
    "ProgressCommand",
    "PublicationCommand",
    "PublishRecommendation",
    "RaiseEscalation",
    "RecordBlocker",
    "RecordMeasureFigure",
    "RecordProgressUpdate",
    "RedactPersonalData",
    "ReopenAction",
    "ReopenRecommendation",
    "ReportActionComplete",
    "ReportRecommendationComplete",
    "RequestFurtherEvidence",
    "RequestTargetDateExtension",
    "Respond",
    "ResponseCommand",
    "ReviewCommand",
    "ReviewWithoutChange",
    "ReviseBlockerForecast",
    "ReviseResponse",
    "StartReview",
    "TargetDateCommand",
    "TransferRecommendation",
    "UpdateCommand",
    "WithdrawAction",
    "WithdrawCompletionClaim",
    "WithdrawEvidence",
    "WithdrawPublication",
]
