"""Do the figures of a report agree with one another?

What lives here: the Inspectorate's own arithmetic laid over a parsed report, each disagreement an
import issue. What must not: a correction; what is published stays, and a person decides.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from inspections.ratings import (
    Rating,
    RatingPractice,
    distance_to_rating,
    maximum_score,
    overall_rating,
    rating_of_percentage,
    score_of,
)
from inspections.report_parser.parsed import (
    ImportIssue,
    LineSpan,
    ParsedReport,
    Recommendation,
    Severity,
    Standard,
)

_KEY_QUESTIONS_OF_A_PDU_STANDARD = 3  # each P 2.x; no other standard's number is fixed


def cross_check(report: ParsedReport, practice: RatingPractice) -> Iterator[ImportIssue]:
    """Compare what a report says in several places; silent about what is missing."""
    yield from check_figures(report, practice)
    for standard in report.standards:
        yield from _check_table_against_body(standard, report)
        yield from _check_number_of_key_questions(standard)
    yield from _check_number_of_standards(report)


def check_figures(report: ParsedReport, practice: RatingPractice) -> Iterator[ImportIssue]:
    """Compare the figures alone, however the report is laid out or whoever typed it in."""
    yield from _check_score(report)
    yield from _check_overall_rating(report)
    for standard in report.standards:
        yield from _check_key_questions(standard, practice, report)
    yield from _check_recommendation_numbers(report.recommendations)
    yield from _check_fieldwork(report)


def _error(field: str, line: int | None, message: str) -> ImportIssue:
    return ImportIssue(field, Severity.ERROR, line, message)


def _first_line(report: ParsedReport, field: str) -> int | None:
    lines: LineSpan | None = report.lines.get(field)
    return lines[0] if lines else None


def _check_score(report: ParsedReport) -> Iterator[ImportIssue]:
    ratings = [standard.rating for standard in report.standards if standard.rating]
    if report.score is None or not ratings or len(ratings) < len(report.standards):
        return
    points = score_of(ratings)
    if points != report.score:
        yield _error(
            "score",
            _first_line(report, "score"),
            f"The published score is {report.score}, but the standards' ratings make {points}.",
        )


def _check_overall_rating(report: ParsedReport) -> Iterator[ImportIssue]:
    score, maximum, published = report.score, report.score_max, report.overall_rating
    if score is None or maximum is None:
        return
    if maximum == 0 or score > maximum:
        line = _first_line(report, "score")
        yield _error("score", line, f"{score} is not a score out of {maximum}.")
    elif published and published is not (expected := overall_rating(score, maximum)):
        yield _error(
            "overall_rating",
            _first_line(report, "overall_rating"),
            f"The published overall rating is {published.label}, but a score of {score} out of"
            f" {maximum} is {expected.label}.",
        )


def _check_table_against_body(standard: Standard, report: ParsedReport) -> Iterator[ImportIssue]:
    table, body = standard.table_rating, standard.rating
    if table and body and table is not body:
        field = f"standards.{standard.code}.rating"
        yield _error(
            field,
            _first_line(report, field),
            f"{standard.code} is {table.label} in the ratings table, but {body.label} over its"
            " findings.",
        )


def _check_number_of_key_questions(standard: Standard) -> Iterator[ImportIssue]:
    percents = standard.key_questions
    if standard.code.startswith("P 2.") and len(percents) != _KEY_QUESTIONS_OF_A_PDU_STANDARD:
        yield _error(
            f"standards.{standard.code}.key_questions",
            standard.line,
            f"{standard.code} shows {len(percents)} key questions instead of"
            f" {_KEY_QUESTIONS_OF_A_PDU_STANDARD}.",
        )


def _check_key_questions(
    standard: Standard, practice: RatingPractice, report: ParsedReport
) -> Iterator[ImportIssue]:
    percents = [question.percent for question in standard.key_questions]
    known = [percent for percent in percents if percent is not None]
    if standard.rating and known and len(known) == len(percents):
        line = _first_line(report, f"standards.{standard.code}.rating")
        yield from _check_band(standard.code, standard.rating, min(known), practice, line)


def _check_band(
    code: str, published: Rating, lowest: int, practice: RatingPractice, line: int | None
) -> Iterator[ImportIssue]:
    band = rating_of_percentage(lowest, practice.bands)
    if band is published:
        return
    distance = distance_to_rating(lowest, published, practice.bands)
    by_panel = distance <= practice.panel_margin
    yield ImportIssue(
        f"standards.{code}.rating",
        Severity.WARNING if by_panel else Severity.ERROR,
        line,
        f"{code} is rated {published.label}, but its lowest key question, {lowest}%, lies in the"
        f" band {band.label}; {_weigh_departure(distance, practice.panel_margin)}.",
    )


def _weigh_departure(distance: float, margin: float) -> str:
    if distance <= margin:
        return (
            f"a panel may depart within about {margin:g} points of an edge, and it is"
            f" {distance:g} away"
        )
    return (
        f"it is {distance:g} points away, more than the about {margin:g} within which a panel may"
        " depart"
    )


def _check_number_of_standards(report: ParsedReport) -> Iterator[ImportIssue]:
    """Find a standard that is missing from the body, the table or both."""
    with_rating = [standard for standard in report.standards if standard.table_rating]
    for standard in report.standards:
        has_body = standard.has_body()
        if not has_body or (with_rating and not standard.table_rating):
            where = "the ratings table" if has_body else "the body of the report"
            message = f"{standard.code} or its rating was not found in {where}."
            yield _error(f"standards.{standard.code}", standard.line, message)
    found = maximum_score(len(report.standards))
    if report.standards and report.score_max not in {None, found}:
        yield _error(
            "standards",
            _first_line(report, "score_max"),
            f"A score out of {report.score_max} does not fit the {len(report.standards)} standards"
            f" found, which make {found}.",
        )


def _check_recommendation_numbers(
    recommendations: Sequence[Recommendation],
) -> Iterator[ImportIssue]:
    """Ask for 1 to n through the report, or for 1 to n in every "X should:" group."""
    groups = [list(group) for _, group in groupby(recommendations, key=lambda each: each.group)]
    through_report = _first_out_of_step(recommendations)
    in_groups = [stray for group in groups if (stray := _first_out_of_step(group))]
    if through_report is None or not in_groups:
        return
    restarts = any(group[0].number == 1 for group in groups[1:])
    expected, recommendation = in_groups[0] if restarts else through_report
    yield _error(
        "recommendations",
        recommendation.line,
        f"The recommendations' numbers do not run from 1: {recommendation.number} stands where"
        f" {expected} was expected.",
    )


def _first_out_of_step(
    recommendations: Iterable[Recommendation],
) -> tuple[int, Recommendation] | None:
    """Give the first recommendation whose number breaks the run from 1, and the number expected."""
    for expected, recommendation in enumerate(recommendations, start=1):
        if recommendation.number != expected:
            return expected, recommendation
    return None


def _check_fieldwork(report: ParsedReport) -> Iterator[ImportIssue]:
    starts_on, month = report.fieldwork.starts_on, report.fieldwork.month
    if starts_on and month and f"{starts_on:%Y-%m}" != month:
        yield ImportIssue(
            "fieldwork.starts_on",
            Severity.WARNING,
            _first_line(report, "fieldwork.starts_on"),
            f"Fieldwork began on {starts_on.isoformat()} by the background, but in {month} by the"
            " ratings table.",
        )
