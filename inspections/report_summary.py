"""Prints a parsed report for a person to read at a terminal: what was found, and every issue.

Plain text that wraps to a width, without colour. Nothing is decided or stored here.
"""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from inspections.ratings import Rating
from inspections.report_parser import Finding, FindingKind, ParsedReport, Standard

NOT_STATED = "not stated"
LABEL_WIDTH = 21
DIVERSITY = "Diversity and inclusion"
LEAST_WIDTH, MOST_WIDTH = 60, 100
KINDS = (FindingKind.STRENGTH, FindingKind.AREA_FOR_IMPROVEMENT, FindingKind.FINDING)


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue as it is shown; `supplied` is what a person put instead, if anything."""

    field: str
    severity: str
    line: int | None
    message: str
    supplied: str = ""


def summarise(report: ParsedReport, issues: Sequence[IssueRow], *, width: int) -> str:
    """Return the report's facts, ratings, recommendations and issues as text of `width` columns."""
    width = max(LEAST_WIDTH, min(width, MOST_WIDTH))
    parts = (
        [report.title or "A report without a title", *_facts(report, width)],
        _ratings(report, width),
        _recommendations(report, width),
        _issues(issues, width),
    )
    return "\n\n".join("\n".join(lines) for lines in parts)


def _facts(report: ParsedReport, width: int) -> Iterator[str]:
    sample, previous = report.sample, report.previous_inspection
    facts = {
        "Provider": report.provider.name or NOT_STATED,
        "Published on": _day(report.published_on),
        "Fieldwork": _fieldwork(report),
        "Score": f"{_count(report.score)} of {_count(report.score_max)}",
        "Overall rating": _rating(report.overall_rating),
        "Community orders": _count(sample.community_orders),
        "Licence releases": _count(sample.licence_releases),
        "Interviews": _count(sample.interviews),
        "Population": _count(report.population),
        "Caseload": _caseload(report),
        "Previous inspection": f"{previous.year}, {_rating(previous.overall_rating)}"
        if previous
        else NOT_STATED,
        "Lead inspector": report.lead_inspector or NOT_STATED,
    }
    for label, fact in facts.items():
        yield from _hang(f"  {label}".ljust(LABEL_WIDTH + 2), fact, width)


def _fieldwork(report: ParsedReport) -> str:
    fieldwork = report.fieldwork
    begun = _day(fieldwork.starts_on) if fieldwork.starts_on else fieldwork.month or NOT_STATED
    weeks = f", {fieldwork.weeks} weeks" if fieldwork.weeks else ""
    return f"from {begun}{weeks}" if begun != NOT_STATED else NOT_STATED


def _caseload(report: ParsedReport) -> str:
    parts = report.caseload_breakdown
    if parts is None:
        return _count(report.caseload)
    return (
        f"{_count(report.caseload)}: {_count(parts.community)} community, "
        f"{_count(parts.licence)} licence, {_count(parts.custody)} custody"
    )


def _ratings(report: ParsedReport, width: int) -> Iterator[str]:
    bullets = sum(1 for _ in _all_findings(report))
    yield f"Standards ({len(report.standards)}, with {bullets} bullets in the whole report)"
    rows = [(f"{each.code} {each.name or ''}", _standard(each)) for each in report.standards]
    if report.diversity_and_inclusion is not None:
        rows.append((DIVERSITY, _bullets(report.diversity_and_inclusion.findings)))
    longest = max((len(label) for label, _ in rows), default=0)
    for label, said in rows:
        yield from _hang(f"  {label.ljust(longest)}  ", said, width)


def _standard(standard: Standard) -> str:
    percents = " ".join(
        f"{question.percent}%" if question.percent is not None else "?%"
        for question in standard.key_questions
    )
    parts = (_rating(standard.rating), percents, _bullets(standard.findings))
    return "; ".join(part for part in parts if part)


def _bullets(findings: Iterable[Finding]) -> str:
    kinds = [finding.kind for finding in findings]
    words = {
        FindingKind.STRENGTH: ("strength", "strengths"),
        FindingKind.AREA_FOR_IMPROVEMENT: ("area for improvement", "areas for improvement"),
        FindingKind.FINDING: ("finding", "findings"),
    }
    counted = ((kinds.count(kind), *words[kind]) for kind in KINDS)
    return ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in counted if n)


def _recommendations(report: ParsedReport, width: int) -> Iterator[str]:
    yield f"Recommendations ({len(report.recommendations)})"
    addressed_to: str | None = None
    for recommendation in report.recommendations:
        if recommendation.addressed_to != addressed_to:
            addressed_to = recommendation.addressed_to
            yield f"  {addressed_to} should:"
        number = "?" if recommendation.number is None else str(recommendation.number)
        yield from _hang(f"  {number:>3}. ", recommendation.text, width)


def _issues(issues: Sequence[IssueRow], width: int) -> Iterator[str]:
    if not issues:
        yield "Issues: none"
        return
    yield f"Issues ({len(issues)})"
    for issue in issues:
        place = f"line {issue.line}" if issue.line else ""
        head = ", ".join(part for part in (issue.severity, place, issue.field) if part)
        said = f"{issue.message} Supplied: {issue.supplied}." if issue.supplied else issue.message
        yield f"  {head}"
        yield from _hang("      ", said, width)


def _all_findings(report: ParsedReport) -> Iterator[Finding]:
    for standard in report.standards:
        yield from standard.findings
    if report.diversity_and_inclusion is not None:
        yield from report.diversity_and_inclusion.findings


def _hang(label: str, text: str, width: int) -> list[str]:
    """Set the text beside its label, further lines under its first word."""
    indent = " " * len(label)
    return textwrap.wrap(text, width, initial_indent=label, subsequent_indent=indent)


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else NOT_STATED


def _count(number: int | None) -> str:
    return NOT_STATED if number is None else f"{number:,}"


def _rating(rating: Rating | None) -> str:
    return rating.label if rating else NOT_STATED
