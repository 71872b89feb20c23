"""Lays the Inspectorate's arithmetic over a draft as it stands now, whoever supplied its values.

`doubts_about` only looks. `check_again` keeps the doubts about a draft that was typed in by hand as
its issues; those of a report are raised once, by the parser, and stay on record as they were.
"""

from collections.abc import Iterator
from itertools import groupby

from inspections.models import (
    Framework,
    ImportIssue,
    Inspection,
    KeyQuestionResult,
    Recommendation,
)
from inspections.ratings import Band, Rating, RatingPractice
from inspections.report_parser import check_figures, parsed

_ERROR, _WARNING = parsed.Severity.ERROR, parsed.Severity.WARNING
_ASK = "is not filled in; look it up in the report."


def doubts_about(inspection: Inspection) -> list[parsed.ImportIssue]:
    """Return what is missing from the draft and which of its figures disagree."""
    practice = _practice_of(inspection.framework)
    report = _as_report(inspection, asks_questions=bool(practice.bands))
    return [*_missing(inspection, report), *check_figures(report, practice)]


def check_again(inspection: Inspection) -> None:
    """Keep the present doubts as the issues of a draft that was typed in by hand.

    A doubt that was confirmed stays confirmed while it lasts; one that is gone goes.
    """
    if inspection.source_id is not None:
        return
    found = [*doubts_about(inspection), *_a_namesake(inspection)]
    present = {(issue.field, issue.message) for issue in found}
    known = {(issue.field, issue.message): issue for issue in inspection.own_issues.all()}
    for key, issue in known.items():
        if key not in present:
            issue.delete()
    ImportIssue.objects.bulk_create(
        ImportIssue(
            inspection=inspection,
            field=issue.field,
            severity=issue.severity.value,
            message=issue.message,
        )
        for issue in found
        if (issue.field, issue.message) not in known
    )


def _missing(inspection: Inspection, report: parsed.ParsedReport) -> Iterator[parsed.ImportIssue]:
    def ask(field: str, called: str, severity: parsed.Severity = _ERROR) -> parsed.ImportIssue:
        return parsed.ImportIssue(field, severity, None, f"{called} {_ASK}")

    if inspection.published_on is None:
        yield ask("published_on", "The publication date", _WARNING)
    if not inspection.is_historical and inspection.framework.score_max is not None:
        if inspection.score is None:
            yield ask("score", "The score")
        if not inspection.overall_rating:
            yield ask("overall_rating", "The overall rating")
        for standard in report.standards:
            yield from _missing_from_standard(standard)
    if not report.recommendations:
        yield ask("recommendations", "No recommendation")


def _missing_from_standard(standard: parsed.Standard) -> Iterator[parsed.ImportIssue]:
    path = f"standards.{standard.code}"
    if standard.rating is None:
        message = f"The rating of {standard.code} {_ASK}"
        yield parsed.ImportIssue(f"{path}.rating", _ERROR, None, message)
    for place, question in enumerate(standard.key_questions, start=1):
        if question.percent is None:
            message = f"The percentage of key question {place} of {standard.code} {_ASK}"
            name = f"{path}.key_questions.{place}.percent"
            yield parsed.ImportIssue(name, _ERROR, None, message)


def _a_namesake(inspection: Inspection) -> Iterator[parsed.ImportIssue]:
    """A report that was imported already may be typed in by hand a second time."""
    others = Inspection.objects.filter(provider=inspection.provider_id).exclude(pk=inspection.pk)
    same = (
        {"published_on": inspection.published_on},
        {"fieldwork_starts_on": inspection.fieldwork_starts_on},
        {"fieldwork_month": inspection.fieldwork_month},
    )
    for condition in same:
        other = (
            others.filter(**condition).order_by("pk").first() if any(condition.values()) else None
        )
        if other is not None:
            message = (
                f"An inspection of the same time is here already: {other} "
                f"({other.get_state_display().lower()}). Leave this one, or confirm it is another."
            )
            yield parsed.ImportIssue("source", _ERROR, None, message)
            return


def _practice_of(framework: Framework) -> RatingPractice:
    bands = framework.bands.order_by("from_percent")
    return RatingPractice(
        bands=tuple(Band(Rating(band.rating), band.from_percent) for band in bands),
        panel_margin=framework.panel_margin,
    )


def _as_report(inspection: Inspection, *, asks_questions: bool) -> parsed.ParsedReport:
    """Return the rows of the draft in the form that the checks read.

    Key questions count only where the framework has bands to measure them by.
    """
    return parsed.ParsedReport(
        source=parsed.Source("", "text", ""),
        title=inspection.title,
        provider=parsed.Provider(inspection.provider_name, None),
        published_on=inspection.published_on,
        fieldwork=parsed.Fieldwork(
            starts_on=inspection.fieldwork_starts_on,
            month=inspection.fieldwork_month or None,
            weeks=inspection.fieldwork_weeks,
        ),
        score=inspection.score,
        score_max=inspection.score_max,
        overall_rating=_rating(inspection.overall_rating),
        standards=tuple(_standards(inspection, asks_questions=asks_questions)),
        diversity_and_inclusion=None,
        recommendations=tuple(_recommendations(inspection)),
        sample=parsed.Sample(None, None, None),
        population=None,
        caseload=None,
        caseload_breakdown=None,
        previous_inspection=None,
        lead_inspector=None,
        lines={},
        issues=(),
    )


def _rating(value: str) -> Rating | None:
    return Rating(value) if value else None


def _standards(inspection: Inspection, *, asks_questions: bool) -> Iterator[parsed.Standard]:
    ratings = dict(inspection.ratings.values_list("standard", "rating"))
    results = dict(
        KeyQuestionResult.objects.filter(inspection=inspection).values_list(
            "key_question", "percent"
        )
    )
    for standard in inspection.framework.standards.order_by("ordinal"):
        questions = standard.key_questions.order_by("ordinal") if asks_questions else ()
        rating = _rating(ratings.get(standard.pk, ""))
        yield parsed.Standard(
            code=standard.code,
            name=standard.name,
            wording=None,
            rating=rating,
            table_rating=None,
            key_questions=tuple(
                parsed.KeyQuestion(each.topic, results.get(each.pk), 0) for each in questions
            ),
            findings=(),
            line=0,
        )


def _recommendations(inspection: Inspection) -> Iterator[parsed.Recommendation]:
    """One for each group of rows, in order; what follows "X should:" is one group of the report."""
    rows: dict[object, Recommendation] = {}
    for row in inspection.recommendations.order_by("pk"):
        rows.setdefault(row.group, row)
    runs = groupby(rows.values(), key=lambda row: row.addressed_to)
    for group, (addressed_to, members) in enumerate(runs, start=1):
        for row in members:
            yield parsed.Recommendation(row.number, addressed_to, row.text, 0, group)
