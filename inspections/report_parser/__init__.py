"""The report parser: a published report's text or HTML in, plain dataclasses and import issues out.

What lives here: the public door. What must not: Django, a database, a clock, or a value that the
report does not give. `reading` tells the order of the steps and is the place to start.
"""

from inspections.report_parser.cross_checks import check_figures
from inspections.report_parser.json_form import as_json_object
from inspections.report_parser.parsed import (
    CaseloadBreakdown,
    DiversityAndInclusion,
    Fieldwork,
    Finding,
    FindingKind,
    ImportIssue,
    KeyQuestion,
    LineSpan,
    ParsedReport,
    PreviousInspection,
    Provider,
    ProviderKind,
    Recommendation,
    Sample,
    Severity,
    Source,
    Standard,
)
from inspections.report_parser.reading import parse_report
from inspections.report_parser.refusals import (
    NotAnInspectionReport,
    ReportRefused,
    SourceTooLarge,
)

__all__ = [
    "CaseloadBreakdown",
    "DiversityAndInclusion",
    "Fieldwork",
    "Finding",
    "FindingKind",
    "ImportIssue",
    "KeyQuestion",
    "LineSpan",
    "NotAnInspectionReport",
    "ParsedReport",
    "PreviousInspection",
    "Provider",
    "ProviderKind",
    "Recommendation",
    "ReportRefused",
    "Sample",
    "Severity",
    "Source",
    "SourceTooLarge",
    "Standard",
    "as_json_object",
    "check_figures",
    "parse_report",
]
