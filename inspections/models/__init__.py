"""The Inspectorate's record: fields, constraints and querysets; no rule of progress."""

from inspections.models.accounts import AccountChange
from inspections.models.accuracy import AccuracyNote
from inspections.models.frameworks import Framework, KeyQuestion, RatingBand, Standard, Theme
from inspections.models.inspections import (
    Finding,
    Inspection,
    KeyQuestionResult,
    Recommendation,
    StandardRating,
)
from inspections.models.memberships import Membership
from inspections.models.notices import ReinspectionNotice
from inspections.models.providers import Provider, ProviderAlias
from inspections.models.sources import ImportIssue, ReportSource

__all__ = [
    "AccountChange",
    "AccuracyNote",
    "Finding",
    "Framework",
    "ImportIssue",
    "Inspection",
    "KeyQuestion",
    "KeyQuestionResult",
    "Membership",
    "Provider",
    "ProviderAlias",
    "RatingBand",
    "Recommendation",
    "ReinspectionNotice",
    "ReportSource",
    "Standard",
    "StandardRating",
    "Theme",
]
