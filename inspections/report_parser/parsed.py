"""What the parser gives back: frozen dataclasses, plain Python.

What lives here: the shape of a parsed report, its import issues and where each value stood. What
must not: reading, checking or printing one. A value that the report does not give is None;
nothing here has a default that could pass for a published fact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from inspections.ratings import Rating

LineSpan = tuple[int, int]
"""The first and the last line of a value in the source text, counted from 1."""


class ProviderKind(StrEnum):
    PDU = "pdu"
    REGION = "region"
    APPROVED_PREMISES = "approved_premises"
    YOUTH_JUSTICE_SERVICE = "youth_justice_service"
    NATIONAL = "national"


class FindingKind(StrEnum):
    STRENGTH = "strength"
    AREA_FOR_IMPROVEMENT = "area_for_improvement"
    FINDING = "finding"


class Severity(StrEnum):
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class ImportIssue:
    """Something the person who confirms the import must see; an error forbids publishing."""

    field: str
    severity: Severity
    line: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Source:
    """The source as given (`sha256`) and as read: `text` is plain text also of an HTML page.

    Line numbers count in `text`. For a text source they are the lines of the file.
    """

    sha256: str
    format: Literal["text", "html"]
    text: str


@dataclass(frozen=True, slots=True)
class Provider:
    name: str | None
    kind: ProviderKind | None


@dataclass(frozen=True, slots=True)
class Fieldwork:
    """`month` is "YYYY-MM", from the ratings table; day and weeks are from the background."""

    starts_on: date | None
    month: str | None
    weeks: int | None


@dataclass(frozen=True, slots=True)
class Finding:
    kind: FindingKind
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class KeyQuestion:
    text: str
    percent: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Standard:
    """One standard; `table_rating` is the ratings table's word, `rating` the body's."""

    code: str
    name: str | None
    wording: str | None
    rating: Rating | None
    table_rating: Rating | None
    key_questions: tuple[KeyQuestion, ...]
    findings: tuple[Finding, ...]
    line: int

    def has_body(self) -> bool:
        """Say whether the report has more on this standard than a row of its ratings table."""
        return bool(self.wording or self.key_questions or self.findings)


@dataclass(frozen=True, slots=True)
class DiversityAndInclusion:
    findings: tuple[Finding, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Recommendation:
    """`group` counts the "X should:" groups of the report, from 1; `line` is its first line."""

    number: int | None
    addressed_to: str | None
    text: str
    line: int
    group: int


@dataclass(frozen=True, slots=True)
class Sample:
    community_orders: int | None
    licence_releases: int | None
    interviews: int | None


@dataclass(frozen=True, slots=True)
class CaseloadBreakdown:
    community: int | None
    licence: int | None
    custody: int | None


@dataclass(frozen=True, slots=True)
class PreviousInspection:
    year: int
    overall_rating: Rating | None


@dataclass(frozen=True, slots=True)
class ParsedReport:
    """An inspection report as published, with its issues.

    `lines` maps a field's path to its lines in `source.text`: "score", "overall_rating",
    "standards.P 2.3.rating", "recommendations.1" (counted through the report), "population".
    A value that is None has no lines.
    """

    source: Source
    title: str | None
    provider: Provider
    published_on: date | None
    fieldwork: Fieldwork
    score: int | None
    score_max: int | None
    overall_rating: Rating | None
    standards: tuple[Standard, ...]
    diversity_and_inclusion: DiversityAndInclusion | None
    recommendations: tuple[Recommendation, ...]
    sample: Sample
    population: int | None
    caseload: int | None
    caseload_breakdown: CaseloadBreakdown | None
    previous_inspection: PreviousInspection | None
    lead_inspector: str | None
    lines: Mapping[str, LineSpan]
    issues: tuple[ImportIssue, ...]
