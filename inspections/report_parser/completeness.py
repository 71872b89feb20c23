"""What a report should give and does not: one import issue for each missing piece.

What lives here: which fields are asked for, how much their absence weighs, and where the reader
should look. What must not: a default in place of a missing value.

Without what the inspection turns on (ratings, score, recommendations) nothing can be published:
errors. The rest is confirmed or filled in by a person: warnings. A previous inspection and the
parts of a caseload are given by some reports only, so their absence says nothing.
"""

from collections.abc import Iterator
from operator import attrgetter

from inspections.report_parser.outline import Outline, Section
from inspections.report_parser.parsed import (
    ImportIssue,
    ParsedReport,
    Recommendation,
    Severity,
    Standard,
)

_ASK = "was not found or could not be read; look it up in the report and fill it in."


_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
# path in the report, what it is called, how much its absence weighs, where to look for it
_ASKED = (
    ("title", "The report's title", _ERROR, Section.HEADER),
    ("provider.name", "The provider's name", _ERROR, Section.HEADER),
    ("provider.kind", "The kind of provider", _ERROR, Section.HEADER),
    ("score", "The score", _ERROR, Section.RATINGS),
    ("score_max", "The highest possible score", _ERROR, Section.RATINGS),
    ("overall_rating", "The overall rating", _ERROR, Section.RATINGS),
    ("fieldwork.month", "The month of fieldwork", _WARNING, Section.RATINGS),
    ("fieldwork.starts_on", "The first day of fieldwork", _WARNING, Section.BACKGROUND),
    ("fieldwork.weeks", "The number of weeks of fieldwork", _WARNING, Section.BACKGROUND),
    ("sample.community_orders", "The sample of community orders", _WARNING, Section.BACKGROUND),
    ("sample.licence_releases", "The sample of licence releases", _WARNING, Section.BACKGROUND),
    ("sample.interviews", "The number of interviews", _WARNING, Section.BACKGROUND),
    ("population", "The population", _WARNING, Section.BACKGROUND),
    ("caseload", "The caseload", _WARNING, Section.BACKGROUND),
    ("lead_inspector", "The lead inspector", _WARNING, Section.FURTHER_INFORMATION),
    ("diversity_and_inclusion", "Diversity and inclusion", _WARNING, Section.DIVERSITY),
)


def find_missing(
    report: ParsedReport, outline: Outline, published_line: int | None
) -> Iterator[ImportIssue]:
    """Find what is missing from a report; `published_line` is where "Published" stands."""
    if report.published_on is None:
        yield ImportIssue(
            "published_on",
            _WARNING,
            published_line,
            "The page gives no publication date; fill it in before the inspection is published.",
        )
    for path, called, severity, section in _ASKED:
        if attrgetter(path)(report) is None:
            yield ImportIssue(path, severity, outline.title_line(section), f"{called} {_ASK}")
    yield from _missing_from_standards(report, outline)
    yield from _missing_from_recommendations(report, outline)


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
        yield ImportIssue(f"{field}.rating", _ERROR, line, message)
    if standard.wording is None:
        message = f"The wording of {standard.code} {_ASK}"
        yield ImportIssue(f"{field}.wording", _WARNING, line, message)
    for place, question in enumerate(standard.key_questions, start=1):
        if question.percent is None:
            message = f"The percentage of key question {place} of {standard.code} {_ASK}"
            name = f"{field}.key_questions.{place}.percent"
            yield ImportIssue(name, _ERROR, question.line, message)


def _missing_from_recommendations(report: ParsedReport, outline: Outline) -> Iterator[ImportIssue]:
    if not report.recommendations:
        line = outline.title_line(Section.RECOMMENDATIONS)
        message = 'No recommendation was found; they are looked for under "… should:".'
        yield ImportIssue("recommendations", _ERROR, line, message)
    for place, recommendation in enumerate(report.recommendations, start=1):
        yield from _missing_from_recommendation(place, recommendation)


def _missing_from_recommendation(
    place: int, recommendation: Recommendation
) -> Iterator[ImportIssue]:
    field, line = f"recommendations.{place}", recommendation.line
    if recommendation.number is None:
        message = f"The number of the recommendation on line {line} {_ASK}"
        yield ImportIssue(f"{field}.number", _ERROR, line, message)
    if recommendation.addressed_to is None:
        message = f"Whom the recommendation on line {line} is addressed to {_ASK}"
        yield ImportIssue(f"{field}.addressed_to", _ERROR, line, message)
