"""Writes a parsed report as the rows of a draft; what the report does not say stays empty.

Nothing is decided about names or methodology here, and nothing is looked up twice: one insert per
table. A value that no table could hold is left out, with an error-level issue that says so.
"""

import itertools
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from inspections.models import (
    Finding,
    Framework,
    ImportIssue,
    Inspection,
    KeyQuestionResult,
    Recommendation,
    ReportSource,
    StandardRating,
)
from inspections.report_import.fields import COLUMNS, Column, value_at
from inspections.report_import.matching import LONGEST_NAME, Bodies
from inspections.report_parser import parsed

MOST_RECOMMENDATIONS = 999
HIGHEST_PERCENT = 100


@dataclass(frozen=True, slots=True)
class _Filing:
    """One report on its way into the tables, and what could not be stored as it stands."""

    report: parsed.ParsedReport
    framework: Framework
    bodies: Bodies
    issues: list[parsed.ImportIssue] = field(default_factory=list)

    def doubt(self, path: str, message: str, line: int | None = None) -> None:
        self.issues.append(parsed.ImportIssue(path, parsed.Severity.ERROR, line, message))


def keep_source(report: parsed.ParsedReport, *, now: datetime) -> ReportSource:
    """Return the row of these very bytes, new unless they were received before."""
    source, _ = ReportSource.objects.get_or_create(
        sha256=report.source.sha256,
        defaults={
            "format": report.source.format,
            "text": report.source.text,
            "lines": _lines(report),
            "received_at": now,
        },
    )
    return source


def store_draft(
    *, report: parsed.ParsedReport, source: ReportSource, framework: Framework, bodies: Bodies
) -> Inspection:
    """Store the report as a draft inspection with all its children and issues."""
    filing = _Filing(report, framework, bodies)
    _doubt_a_second_import(filing)
    inspection = _store_inspection(filing, source)
    StandardRating.objects.bulk_create(_ratings(filing, inspection))
    KeyQuestionResult.objects.bulk_create(list(_results(filing, inspection)))
    Finding.objects.bulk_create(_findings(filing, inspection))
    Recommendation.objects.bulk_create(list(_recommendations(filing, inspection)))
    _store_issues(source, (*report.issues, *bodies.issues, *filing.issues))
    return inspection


def _lines(report: parsed.ParsedReport) -> dict[str, Any]:
    numbered = enumerate(_in_order(report), start=1)
    findings = {f"findings.{n}": (finding.line, finding.line) for n, (_, finding) in numbered}
    return {**report.lines, **findings}


def _doubt_a_second_import(filing: _Filing) -> None:
    """A report saved as text and as HTML has two hashes, but is one inspection."""
    fieldwork = filing.report.fieldwork
    same_fieldwork = Q(pk=None)
    if fieldwork.starts_on:
        same_fieldwork |= Q(fieldwork_starts_on=fieldwork.starts_on)
    if fieldwork.month:
        same_fieldwork |= Q(fieldwork_month=fieldwork.month)
    known = filing.bodies.provider.inspections.filter(same_fieldwork).order_by("pk").first()
    if known is not None:
        filing.doubt(
            "source",
            f"An inspection with the same fieldwork is here already: {known} "
            f"({known.get_state_display().lower()}). Leave this one, or confirm it is another.",
        )


def _store_inspection(filing: _Filing, source: ReportSource) -> Inspection:
    held = {column.name: _held(filing, path, column) for path, column in COLUMNS.items()}
    score, score_max = filing.report.score, filing.report.score_max
    if score is not None and score_max is not None and score > score_max:
        held["score"] = None  # impossible; the parser raised the issue, no table could hold it
    return Inspection.objects.create(
        provider=filing.bodies.provider,
        provider_name=(filing.report.provider.name or "")[:LONGEST_NAME],
        framework=filing.framework,
        source=source,
        **held,
    )


def _held(filing: _Filing, path: str, column: Column) -> Any:
    """Return the report's value where the column can hold it, else nothing, with a doubt."""
    value = value_at(filing.report, path)
    if value is not None:
        try:
            return column.fit(value)
        except ValidationError:
            message = f"“{str(value)[:60]}” is too large to be stored; supply what is meant."
            filing.doubt(path, message, _first_line(filing.report, path))
    return column.when_absent


def _first_line(report: parsed.ParsedReport, path: str) -> int | None:
    lines = report.lines.get(path)
    return lines[0] if lines else None


def _ratings(filing: _Filing, inspection: Inspection) -> list[StandardRating]:
    known = {standard.code: standard for standard in filing.framework.standards.all()}
    return [
        StandardRating(
            inspection=inspection,
            standard=known[standard.code],
            rating=standard.rating or "",
            wording=standard.wording or "",
        )
        for standard in filing.report.standards
    ]


def _results(filing: _Filing, inspection: Inspection) -> Iterator[KeyQuestionResult]:
    known = {standard.code: standard for standard in filing.framework.standards.all()}
    for standard in filing.report.standards:
        questions = list(known[standard.code].key_questions.all())
        for question, asked in zip(questions, standard.key_questions, strict=False):
            yield KeyQuestionResult(
                inspection=inspection,
                key_question=question,
                text=asked.text,
                percent=_percent(asked.percent),
            )
        for asked in standard.key_questions[len(questions) :]:
            filing.doubt(
                f"standards.{standard.code}.key_questions",
                f"The framework has {len(questions)} key questions under {standard.code}; "
                f"“{asked.text[:80]}” is not stored.",
                asked.line,
            )


def _percent(percent: int | None) -> int | None:
    return percent if percent is not None and percent <= HIGHEST_PERCENT else None


def _in_order(
    report: parsed.ParsedReport,
) -> list[tuple[str | None, parsed.Finding]]:
    """Return all findings as they follow one another, each with its standard's code if any."""
    section = report.diversity_and_inclusion
    findings: list[tuple[str | None, parsed.Finding]] = [
        (standard.code, finding) for standard in report.standards for finding in standard.findings
    ]
    findings += [(None, finding) for finding in (section.findings if section else ())]
    return sorted(findings, key=lambda found: found[1].line)


def _findings(filing: _Filing, inspection: Inspection) -> list[Finding]:
    known = {standard.code: standard for standard in filing.framework.standards.all()}
    return [
        Finding(
            inspection=inspection,
            standard=known[code] if code else None,
            kind=finding.kind.value,
            ordinal=ordinal,
            text=finding.text,
        )
        for ordinal, (code, finding) in enumerate(_in_order(filing.report), start=1)
    ]


def _recommendations(filing: _Filing, inspection: Inspection) -> Iterator[Recommendation]:
    taken: set[tuple[int, int]] = set()
    for position, recommendation in enumerate(filing.report.recommendations, start=1):
        addressees = filing.bodies.addressees[position]
        number = _number(filing, position, taken)
        taken.update((number, addressee.pk) for addressee in addressees)
        group = uuid.uuid4()
        for addressee in addressees:
            yield Recommendation(
                inspection=inspection,
                number=number,
                text=recommendation.text,
                addressed_to=recommendation.addressed_to or "",
                addressee=addressee,
                group=group,
            )


def _number(filing: _Filing, position: int, taken: set[tuple[int, int]]) -> int:
    """Return the report's number, or a provisional one that stands in the way of publishing."""
    recommendation = filing.report.recommendations[position - 1]
    addressees = filing.bodies.addressees[position]
    number = recommendation.number

    def is_free(candidate: int) -> bool:
        return all((candidate, addressee.pk) not in taken for addressee in addressees)

    if number is not None and 1 <= number <= MOST_RECOMMENDATIONS and is_free(number):
        return number
    published = {other.number for other in filing.report.recommendations}
    provisional = next(n for n in itertools.count(1) if is_free(n) and n not in published)
    if number is not None:
        filing.doubt(
            f"recommendations.{position}.number",
            f"The number {number} stands here a second time or is out of all bounds; "
            f"{provisional} is put in its place until the right one is supplied.",
            recommendation.line,
        )
    return provisional


def _store_issues(source: ReportSource, issues: Iterable[parsed.ImportIssue]) -> None:
    source.issues.all().delete()
    ImportIssue.objects.bulk_create(
        ImportIssue(
            source=source,
            field=issue.field,
            severity=issue.severity.value,
            line=issue.line,
            message=issue.message,
        )
        for issue in issues
    )
