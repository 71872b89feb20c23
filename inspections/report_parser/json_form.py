"""The JSON object of a parsed report, for `import_report --dry-run --json`.

What lives here: names, order and forms of the printed fields, which other programs rely on. What
must not: a value that the parsed report does not hold.
"""

from collections.abc import Iterable

from inspections.ratings import Rating
from inspections.report_parser.parsed import (
    CaseloadBreakdown,
    DiversityAndInclusion,
    Finding,
    FindingKind,
    ImportIssue,
    ParsedReport,
    PreviousInspection,
    Recommendation,
    Standard,
)

JsonObject = dict[str, object]


def as_json_object(report: ParsedReport) -> JsonObject:
    """Lay a report out as JSON: counts of bullets, ISO dates, published labels, null if absent."""
    return {
        "source": {"sha256": report.source.sha256, "format": report.source.format},
        "title": report.title,
        "provider": {
            "name": report.provider.name,
            "kind": report.provider.kind.value if report.provider.kind else None,
        },
        "published_on": report.published_on.isoformat() if report.published_on else None,
        "fieldwork": _fieldwork(report),
        "score": report.score,
        "score_max": report.score_max,
        "overall_rating": _label(report.overall_rating),
        "standards": [_standard(standard) for standard in report.standards],
        "diversity_and_inclusion": _diversity(report.diversity_and_inclusion),
        "recommendations": [_recommendation(each) for each in report.recommendations],
        "sample": _sample(report),
        "population": report.population,
        "caseload": report.caseload,
        "caseload_breakdown": _breakdown(report.caseload_breakdown),
        "previous_inspection": _previous(report.previous_inspection),
        "lead_inspector": report.lead_inspector,
        "issues": [_issue(issue) for issue in report.issues],
    }


def _label(rating: Rating | None) -> str | None:
    return rating.label if rating else None


def _count(findings: Iterable[Finding], kind: FindingKind) -> int:
    return sum(finding.kind is kind for finding in findings)


def _fieldwork(report: ParsedReport) -> JsonObject:
    starts_on = report.fieldwork.starts_on
    return {
        "starts_on": starts_on.isoformat() if starts_on else None,
        "month": report.fieldwork.month,
        "weeks": report.fieldwork.weeks,
    }


def _standard(standard: Standard) -> JsonObject:
    return {
        "code": standard.code,
        "name": standard.name,
        "wording": standard.wording,
        "rating": _label(standard.rating),
        "key_questions": [
            {"text": question.text, "percent": question.percent}
            for question in standard.key_questions
        ],
        "strengths": _count(standard.findings, FindingKind.STRENGTH),
        "areas_for_improvement": _count(standard.findings, FindingKind.AREA_FOR_IMPROVEMENT),
        "findings": _count(standard.findings, FindingKind.FINDING),
    }


def _diversity(section: DiversityAndInclusion | None) -> JsonObject:
    """Keep both names where the section is absent: null is not the same as no bullet."""
    if section is None:
        return {"strengths": None, "areas_for_improvement": None}
    return {
        "strengths": _count(section.findings, FindingKind.STRENGTH),
        "areas_for_improvement": _count(section.findings, FindingKind.AREA_FOR_IMPROVEMENT),
    }


def _recommendation(recommendation: Recommendation) -> JsonObject:
    return {
        "number": recommendation.number,
        "addressed_to": recommendation.addressed_to,
        "text": recommendation.text,
    }


def _sample(report: ParsedReport) -> JsonObject:
    return {
        "community_orders": report.sample.community_orders,
        "licence_releases": report.sample.licence_releases,
        "interviews": report.sample.interviews,
    }


def _breakdown(breakdown: CaseloadBreakdown | None) -> JsonObject | None:
    if breakdown is None:
        return None
    return {
        "community": breakdown.community,
        "licence": breakdown.licence,
        "custody": breakdown.custody,
    }


def _previous(previous: PreviousInspection | None) -> JsonObject | None:
    if previous is None:
        return None
    return {"year": previous.year, "overall_rating": _label(previous.overall_rating)}


def _issue(issue: ImportIssue) -> JsonObject:
    return {
        "field": issue.field,
        "severity": issue.severity.value,
        "line": issue.line,
        "message": issue.message,
    }
