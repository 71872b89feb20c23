"""What a report should give and does not: one import issue for each missing piece.

What lives here: which fields are asked for, how much their absence weighs, and where the reader
should look. What must not: a default in place of a missing value.

Without what the inspection turns on (ratings, score, recommendations) nothing can be published:
errors. The rest is confirmed or filled in by a person: warnings. A previous inspection and the
parts of a caseload are given by some reports only, so their absence says nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from inspections.report_parser.outline import Outline, Section
from inspections.report_parser.parsed import (
    ImportIssue,
    ParsedReport,
    Recommendation,
    Severity,
    Standard,
)

_ASK = "was not found or could not be read; look it up in the report and fill it in."


@dataclass(frozen=True, slots=True)
class _Asked:
    field: str
    called: str
    value: object
    severity: Severity
    section: Section


def find_missing(
    report: ParsedReport, outline: Outline, published_line: int | None
) -> Iterator[ImportIssue]:
    """Find what is missing from a report; `published_line` is where "Published" stands."""
    if report.published_on is None:
        yield ImportIssue(
            "published_on",
            Severity.WARNING,
            published_line,
            "The page gives no publication date; fill it in before the inspection is published.",
        )
    for asked in _asked_of(report):
        if asked.value is None:
            line = outline.title_line(asked.section)
            message = f"{asked.called} {_ASK}"
            yield ImportIssue(asked.field, asked.severity, line, message)
    yield from _missing_from_standards(report, outline)
    yield from _missing_from_recommendations(report, outline)


def _asked_of(report: ParsedReport) -> Iterator[_Asked]:
    error, warning = Severity.ERROR, Severity.WARNING
    header, ratings, background = Section.HEADER, Section.RATINGS, Section.BACKGROUND
    yield _Asked("title", "The report's title", report.title, error, header)
    yield _Asked("provider.name", "The provider's name", report.provider.name, error, header)
    yield _Asked("provider.kind", "The kind of provider", report.provider.kind, error, header)
    yield _Asked("score", "The score", report.score, error, ratings)
    yield _Asked("score_max", "The highest possible score", report.score_max, error, ratings)
    yield _Asked("overall_rating", "The overall rating", report.overall_rating, error, ratings)
    fieldwork, sample = report.fieldwork, report.sample
    yield _Asked("fieldwork.month", "The month of fieldwork", fieldwork.month, warning, ratings)
    yield _Asked(
        "fieldwork.starts_on",
        "The first day of fieldwork",
        fieldwork.starts_on,
        warning,
        background,
    )
    yield _Asked("fieldwork.weeks", "The weeks of fieldwork", fieldwork.weeks, warning, background)
    for field, called in (
        ("community_orders", "The number of community orders inspected"),
        ("licence_releases", "The number of releases on licence inspected"),
        ("interviews", "The number of interviews"),
    ):
        yield _Asked(f"sample.{field}", called, getattr(sample, field), warning, background)
    yield _Asked("population", "The population", report.population, warning, background)
    yield _Asked("caseload", "The caseload", report.caseload, warning, background)
    yield _Asked(
        "lead_inspector", "The lead inspector", report.lead_inspector, warning,
        Section.FURTHER_INFORMATION,
    )  # fmt: skip
    yield _Asked(
        "diversity_and_inclusion", "The section on diversity and inclusion",
        report.diversity_and_inclusion, warning, Section.DIVERSITY,
    )  # fmt: skip


def _missing_from_standards(report: ParsedReport, outline: Outline) -> Iterator[ImportIssue]:
    if not report.standards:
        line = outline.title_line(Section.RATINGS)
        yield ImportIssue(
            "standards",
            Severity.ERROR,
            line,
            "The report shows no standard and no standard's rating.",
        )
    for standard in report.standards:
        yield from _missing_from_standard(standard)


def _missing_from_standard(standard: Standard) -> Iterator[ImportIssue]:
    field, line = f"standards.{standard.code}", standard.line
    if standard.rating is None:
        message = f"The rating of {standard.code} {_ASK}"
        yield ImportIssue(f"{field}.rating", Severity.ERROR, line, message)
    if standard.wording is None:
        message = f"The wording of {standard.code} {_ASK}"
        yield ImportIssue(f"{field}.wording", Severity.WARNING, line, message)
    for place, question in enumerate(standard.key_questions, start=1):
        if question.percent is None:
            message = f"The percentage of key question {place} of {standard.code} {_ASK}"
            name = f"{field}.key_questions.{place}.percent"
            yield ImportIssue(name, Severity.ERROR, question.line, message)


def _missing_from_recommendations(report: ParsedReport, outline: Outline) -> Iterator[ImportIssue]:
    if not report.recommendations:
        line = outline.title_line(Section.RECOMMENDATIONS)
        message = 'No recommendation was found; they are looked for under "… should:".'
        yield ImportIssue("recommendations", Severity.ERROR, line, message)
    for place, recommendation in enumerate(report.recommendations, start=1):
        yield from _missing_from_recommendation(place, recommendation)


def _missing_from_recommendation(
    place: int, recommendation: Recommendation
) -> Iterator[ImportIssue]:
    field, line = f"recommendations.{place}", recommendation.line
    if recommendation.number is None:
        message = f"The number of the recommendation on line {line} {_ASK}"
        yield ImportIssue(f"{field}.number", Severity.ERROR, line, message)
    if recommendation.addressed_to is None:
        message = f"Whom the recommendation on line {line} is addressed to {_ASK}"
        yield ImportIssue(f"{field}.addressed_to", Severity.ERROR, line, message)
