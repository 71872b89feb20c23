"""One inspection for reading: what was published, and beside it what the bands compute.

The published rating is a fact; the band of the lowest key question, and its distance to the
nearest edge, are shown next to it and overwrite nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from inspections.access import visible_inspections
from inspections.models import Finding, Framework, Inspection, KeyQuestionResult
from inspections.ratings import (
    Band,
    Rating,
    distance_to_nearest_edge,
    overall_rating,
    rating_of_percentage,
)

KINDS_OF_FINDING: Mapping[str, str] = {
    Finding.Kind.STRENGTH: "Strengths",
    Finding.Kind.AREA_FOR_IMPROVEMENT: "Areas for improvement",
    Finding.Kind.FINDING: "Findings",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A key question's result: its band, and how many points it lies from an edge."""

    text: str
    topic: str
    percent: int | None
    band: str | None
    distance: float | None
    is_near_edge: bool
    is_lowest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedStandard:
    """A standard as rated; `computed` is the band of the lowest key question, None without one."""

    code: str
    name: str
    wording: str
    published: str
    computed: str | None
    questions: tuple[Question, ...]
    findings: Mapping[str, int]

    @property
    def differs(self) -> bool:
        return bool(self.computed and self.published and self.computed != self.published)


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionSheet:
    """What a page shows of one inspection besides its own columns."""

    standards: tuple[RatedStandard, ...]
    diversity: Mapping[str, int]
    computed_overall: str | None
    panel_margin: int


def readable_inspections(user: Any, today: date) -> QuerySet[Inspection]:
    """Return the inspections `user` may read, newest first, with what a list shows of each."""
    return (
        visible_inspections(user, today)
        .select_related("provider__region", "framework")
        .order_by(F("published_on").desc(nulls_first=True), "-pk")
    )


def open_by_inspection(recommendations: QuerySet[Any]) -> Mapping[int, tuple[int, int]]:
    """Count, by inspection id, the recommendations given and how many of them are open."""
    counted = (
        recommendations.order_by()
        .values("inspection_id")
        .annotate(total=Count("pk"), still_open=Count("pk", filter=Q(progress__is_open=True)))
    )
    return {each["inspection_id"]: (each["total"], each["still_open"]) for each in counted}


def inspection_sheet(inspection: Inspection) -> InspectionSheet:
    """Return ratings, key questions and findings of an inspection; four queries."""
    bands = bands_of(inspection.framework)
    results = _results_by_standard(inspection)
    counts = _finding_counts(inspection)
    margin = inspection.framework.panel_margin
    ratings = inspection.ratings.select_related("standard").order_by("standard__ordinal")
    standards = tuple(
        _standard(each, results.get(each.standard_id, ()), counts, bands, margin)
        for each in ratings
    )
    return InspectionSheet(
        standards=standards,
        diversity=counts.get(None, {}),
        computed_overall=_computed_overall(inspection),
        panel_margin=margin,
    )


def bands_of(framework: Framework) -> Sequence[Band]:
    """Return the bands of a framework's key questions; none where it has none."""
    known = framework.bands.filter(rating__in=list(Rating))
    return [Band(Rating(each.rating), each.from_percent) for each in known]


def _results_by_standard(inspection: Inspection) -> Mapping[int, Sequence[KeyQuestionResult]]:
    found: dict[int, list[KeyQuestionResult]] = defaultdict(list)
    results = inspection.key_question_results.select_related("key_question")
    for result in results.order_by("key_question__standard_id", "key_question__ordinal"):
        found[result.key_question.standard_id].append(result)
    return found


def _finding_counts(inspection: Inspection) -> Mapping[int | None, Mapping[str, int]]:
    """Count findings by standard and by the plural of their kind; None is diversity."""
    rows = inspection.findings.order_by().values("standard_id", "kind").annotate(n=Count("pk"))
    found = {(row["standard_id"], row["kind"]): row["n"] for row in rows}
    return {
        standard_id: {
            plural: found[standard_id, kind]
            for kind, plural in KINDS_OF_FINDING.items()
            if (standard_id, kind) in found
        }
        for standard_id, _ in found
    }


def _standard(
    rating: Any,
    results: Iterable[KeyQuestionResult],
    counts: Mapping[int | None, Mapping[str, int]],
    bands: Sequence[Band],
    margin: int,
) -> RatedStandard:
    results = list(results)
    percents = [each.percent for each in results if each.percent is not None]
    lowest = min(percents, default=None)
    return RatedStandard(
        code=rating.standard.code,
        name=rating.standard.name,
        wording=rating.wording,
        published=rating.get_rating_display(),
        computed=band_label(lowest, bands),
        questions=tuple(_question(each, lowest, bands, margin) for each in results),
        findings=counts.get(rating.standard_id, {}),
    )


def _question(
    result: KeyQuestionResult, lowest: int | None, bands: Sequence[Band], margin: int
) -> Question:
    distance = _distance(result.percent, bands)
    return Question(
        text=result.text,
        topic=result.key_question.topic,
        percent=result.percent,
        band=band_label(result.percent, bands),
        distance=distance,
        is_near_edge=distance is not None and distance <= margin,
        is_lowest=result.percent is not None and result.percent == lowest,
    )


def band_label(percent: int | None, bands: Sequence[Band]) -> str | None:
    """Return the band a percentage lies in, "Requires improvement"; None where it has none."""
    if percent is None or not bands:
        return None
    return rating_of_percentage(percent, bands).label


def _distance(percent: int | None, bands: Sequence[Band]) -> float | None:
    has_edges = len(bands) > 1
    return distance_to_nearest_edge(percent, bands) if percent is not None and has_edges else None


def _computed_overall(inspection: Inspection) -> str | None:
    if inspection.score is None or not inspection.score_max:
        return None
    return overall_rating(inspection.score, inspection.score_max).label
