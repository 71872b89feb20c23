"""The log, the views of it, and the tracker's own rows: fields, constraints and querysets."""

from tracker.models.bulk import BulkResult
from tracker.models.drafts import MOST_LEVELS, Draft, DraftSignature, SignOffLevel
from tracker.models.evidence import EvidenceFile
from tracker.models.exchange import ExchangeJob, ExportedRecommendation, ImportRow
from tracker.models.files import FileToDelete
from tracker.models.links import RecommendationLink
from tracker.models.log import Event, EventPayload
from tracker.models.measures import MeasureFigure
from tracker.models.obstacles import BlockerProgress, EscalationProgress
from tracker.models.practice import Practice
from tracker.models.progress import (
    ActionProgress,
    EvidenceProgress,
    MeasureProgress,
    RecommendationProgress,
)
from tracker.models.reminders import Reminder, ReminderSweep
from tracker.models.visits import Visit

__all__ = [
    "MOST_LEVELS",
    "ActionProgress",
    "BlockerProgress",
    "BulkResult",
    "Draft",
    "DraftSignature",
    "EscalationProgress",
    "Event",
    "EventPayload",
    "EvidenceFile",
    "EvidenceProgress",
    "ExchangeJob",
    "ExportedRecommendation",
    "FileToDelete",
    "ImportRow",
    "MeasureFigure",
    "MeasureProgress",
    "Practice",
    "RecommendationLink",
    "RecommendationProgress",
    "Reminder",
    "ReminderSweep",
    "SignOffLevel",
    "Visit",
]
