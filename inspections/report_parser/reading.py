"""The order in which a report is read, and the parsed report put together.

What lives here: the steps from bytes to `ParsedReport`, each one call into the module that knows
it. What must not: a pattern; how something is written in a report is its reader's business.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from inspections.ratings import CURRENT_PRACTICE, RatingPractice
from inspections.report_parser.background import Background, read_background, read_lead_inspector
from inspections.report_parser.completeness import find_missing
from inspections.report_parser.cross_checks import cross_check
from inspections.report_parser.findings import read_findings
from inspections.report_parser.lines import Found, Line, Mark, join_lines, read_lines
from inspections.report_parser.outline import Outline, Section, outline
from inspections.report_parser.parsed import (
    DiversityAndInclusion,
    Fieldwork,
    ImportIssue,
    LineSpan,
    ParsedReport,
    Provider,
    Recommendation,
    Sample,
    Source,
)
from inspections.report_parser.ratings_table import RatingsTable, read_ratings_table
from inspections.report_parser.recognition import Evidence, refuse_unless_report
from inspections.report_parser.recommendations import read_recommendations
from inspections.report_parser.source import OpenedSource, open_source
from inspections.report_parser.standards import ReadStandard, read_standards
from inspections.report_parser.title_page import (
    Publication,
    read_provider_kind,
    read_provider_name,
    read_publication,
    read_title,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Readings:
    """What each reader found, before it is put together."""

    title: Found[str] | None
    publication: Publication
    table: RatingsTable
    standards: tuple[ReadStandard, ...]
    diversity: DiversityAndInclusion | None
    recommendations: Sequence[tuple[Recommendation, LineSpan]]
    background: Background
    lead_inspector: Found[str] | None


def parse_report(source: bytes, *, practice: RatingPractice = CURRENT_PRACTICE) -> ParsedReport:
    """Read the text or the saved HTML of a published report.

    `practice` holds the rating bands that the cross-checks lay over the report.

    Raises: NotAnInspectionReport, SourceTooLarge.
    """
    opened = open_source(source)
    lines = read_lines(opened.source.text)
    report_outline = outline(lines)
    readings = _read(lines, report_outline)
    refuse_unless_report(lines, report_outline, _evidence(opened, readings))
    report = _put_together(opened.source, readings)
    missing = find_missing(report, report_outline, readings.publication.label_line)
    issues = [*missing, *cross_check(report, practice)]
    return replace(report, issues=tuple(sorted(issues, key=_by_line)))


def _by_line(issue: ImportIssue) -> int:
    return issue.line or 0


def _read(lines: Sequence[Line], report_outline: Outline) -> _Readings:
    footnotes = _footnote_numbers(report_outline)
    front = report_outline.front()
    table = read_ratings_table(report_outline.lines(Section.RATINGS) or front)
    recommendations = report_outline.lines(Section.RECOMMENDATIONS)
    background = join_lines(report_outline.lines(Section.BACKGROUND))
    return _Readings(
        title=read_title(front),
        publication=read_publication(front),
        table=table,
        standards=read_standards(report_outline.standards(), table.rows, footnotes),
        diversity=_read_diversity(report_outline),
        recommendations=read_recommendations(recommendations, footnotes),
        background=read_background(background, footnotes),
        lead_inspector=read_lead_inspector(join_lines(lines)),
    )


def _footnote_numbers(report_outline: Outline) -> frozenset[int]:
    """Number the footnotes: lines with an arrow, or numbered ones at the end of the report."""
    at_the_end = (Section.FURTHER_INFORMATION, Section.FOOTNOTES)
    return frozenset(
        line.ordinal
        for block in report_outline.blocks
        for line in block.lines
        if line.ordinal is not None
        and (
            line.mark is Mark.FOOTNOTE or (line.mark is Mark.NUMBER and block.section in at_the_end)
        )
    )


def _read_diversity(report_outline: Outline) -> DiversityAndInclusion | None:
    title = report_outline.title_line(Section.DIVERSITY)
    if title is None:
        return None
    return DiversityAndInclusion(read_findings(report_outline.lines(Section.DIVERSITY)), title)


def _evidence(opened: OpenedSource, readings: _Readings) -> Evidence:
    return Evidence(
        has_title=readings.title is not None,
        has_findings=any(read.standard.findings for read in readings.standards),
        has_recommendations=bool(readings.recommendations),
        links_to_pdf=opened.links_to_pdf,
    )


def _put_together(source: Source, readings: _Readings) -> ParsedReport:
    table, background = readings.table, readings.background
    return ParsedReport(
        source=source,
        title=_value(readings.title),
        provider=_provider(readings),
        published_on=_value(readings.publication.published_on),
        fieldwork=Fieldwork(
            starts_on=_value(background.starts_on),
            month=_value(table.fieldwork_month),
            weeks=_value(background.weeks),
        ),
        score=_value(table.score),
        score_max=_value(table.score_max),
        overall_rating=_value(table.overall_rating),
        standards=tuple(read.standard for read in readings.standards),
        diversity_and_inclusion=readings.diversity,
        recommendations=tuple(recommendation for recommendation, _ in readings.recommendations),
        sample=Sample(
            community_orders=_value(background.community_orders),
            licence_releases=_value(background.licence_releases),
            interviews=_value(background.interviews),
        ),
        population=_value(background.population),
        caseload=_value(background.caseload),
        caseload_breakdown=_value(background.caseload_breakdown),
        previous_inspection=_value(background.previous_inspection),
        lead_inspector=_value(readings.lead_inspector),
        lines=dict(_lines(readings)),
        issues=(),
    )


def _value(found: Found[T] | None) -> T | None:
    return found.value if found else None


def _provider(readings: _Readings) -> Provider:
    if readings.title is None:
        return Provider(None, None)
    name = read_provider_name(readings.title.value)
    addressees = [each.addressed_to or "" for each, _ in readings.recommendations]
    codes = [read.standard.code for read in readings.standards]
    kind = read_provider_kind(readings.title.value, name, addressees, codes)
    return Provider(name, kind)


def _lines(readings: _Readings) -> Iterator[tuple[str, LineSpan]]:
    """Name the lines of every value that was found."""
    for field, found in _found_fields(readings).items():
        if found is not None:
            yield field, found.lines
    for read in readings.standards:
        yield from _lines_of_standard(read)
        row = readings.table.rows.get(read.standard.code)
        if row is not None and row.rating is not None:
            yield f"standards.{row.code}.table_rating", row.rating.lines
    for place, (_, lines) in enumerate(readings.recommendations, start=1):
        yield f"recommendations.{place}", lines
    if readings.diversity:
        findings = readings.diversity.findings
        last = findings[-1].line if findings else readings.diversity.line
        yield "diversity_and_inclusion", (readings.diversity.line, last)


def _found_fields(readings: _Readings) -> Mapping[str, Found[object] | None]:
    table, background = readings.table, readings.background
    return {
        "title": readings.title,
        "provider.name": readings.title,
        "published_on": readings.publication.published_on,
        "fieldwork.starts_on": background.starts_on,
        "fieldwork.month": table.fieldwork_month,
        "fieldwork.weeks": background.weeks,
        "score": table.score,
        "score_max": table.score_max,
        "overall_rating": table.overall_rating,
        "sample.community_orders": background.community_orders,
        "sample.licence_releases": background.licence_releases,
        "sample.interviews": background.interviews,
        "population": background.population,
        "caseload": background.caseload,
        "caseload_breakdown": background.caseload_breakdown,
        "previous_inspection": background.previous_inspection,
        "lead_inspector": readings.lead_inspector,
    }


def _lines_of_standard(read: ReadStandard) -> Iterator[tuple[str, LineSpan]]:
    standard = read.standard
    field = f"standards.{standard.code}"
    yield f"{field}.name", (standard.line, standard.line)
    if read.wording:
        yield f"{field}.wording", read.wording.lines
    if read.rating:
        yield f"{field}.rating", read.rating.lines
    for place, question in enumerate(standard.key_questions, start=1):
        yield f"{field}.key_questions.{place}", (question.line, question.line)
