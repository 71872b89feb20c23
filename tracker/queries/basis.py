"""What a recommendation rests on: standards and key questions, failing ones first.

The published rating is a fact; bands and distances are computed beside it and overwrite nothing.
Where nothing is linked yet, the failing key questions of the inspection are a suggestion.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.template.defaultfilters import pluralize

from inspections.models import Inspection, KeyQuestion, KeyQuestionResult, Standard, StandardRating
from inspections.ratings import (
    Band,
    Rating,
    distance_to_nearest_edge,
    distance_to_rating,
    next_band_up,
    rating_of_percentage,
)
from tracker.domain.state import Basis
from tracker.queries.inspections import bands_of

ENOUGH = Rating.GOOD
"""Below this a standard or a key question fails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisQuestion:
    """A key question's result. `gap` says in words how far it lies below the next bands."""

    code: str
    topic: str
    percent: int | None
    band: str
    gap: str
    edge: str
    is_failing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisStandard:
    """A standard as published; `computed` is the band of its lowest key question, "" without."""

    code: str
    name: str
    published: str
    computed: str
    is_failing: bool
    questions: tuple[BasisQuestion, ...]

    @property
    def differs(self) -> bool:
        return bool(self.computed and self.published and self.computed != self.published)


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisSheet:
    """What a page shows of the basis; `suggested` only where no standard or question is linked."""

    linked: tuple[BasisStandard, ...]
    suggested: tuple[BasisStandard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    """The ratings and results of one inspection, by code."""

    standards: Mapping[str, Standard]
    questions: Mapping[str, KeyQuestion]
    ratings: Mapping[str, StandardRating]
    results: Mapping[str, KeyQuestionResult]
    bands: Sequence[Band]
    margin: int


def basis_sheet(inspection: Inspection, basis: Basis) -> BasisSheet:
    """Return the basis with its ratings and distances; five queries at most."""
    report = _read(inspection, {*basis.standards, *basis.key_questions})
    if basis.standards or basis.key_questions:
        return BasisSheet(linked=_linked(basis, report), suggested=())
    return BasisSheet(linked=(), suggested=_failing(report))


def _read(inspection: Inspection, linked: set[str]) -> _Report:
    ratings = {
        each.standard.code: each
        for each in inspection.ratings.select_related("standard").order_by()
    }
    results = {
        each.key_question.code: each
        for each in inspection.key_question_results.select_related("key_question__standard")
    }
    questions = {code: each.key_question for code, each in results.items()}
    standards = {each.standard.code: each.standard for each in questions.values()}
    standards |= {code: each.standard for code, each in ratings.items()}
    # The report does not rate all that is linked: then the framework says how it is called.
    if linked - {*questions, *standards}:
        questions |= _questions_of(inspection)
        standards |= {each.standard.code: each.standard for each in questions.values()}
    if linked - {*questions, *standards}:
        standards |= {each.code: each for each in inspection.framework.standards.all()}
    return _Report(
        standards=standards,
        questions=questions,
        ratings=ratings,
        results=results,
        bands=bands_of(inspection.framework),
        margin=inspection.framework.panel_margin,
    )


def _questions_of(inspection: Inspection) -> Mapping[str, KeyQuestion]:
    questions = KeyQuestion.objects.filter(standard__framework=inspection.framework_id)
    return {each.code: each for each in questions.select_related("standard")}


def _linked(basis: Basis, report: _Report) -> tuple[BasisStandard, ...]:
    asked = [report.questions[code] for code in basis.key_questions if code in report.questions]
    codes = {*basis.standards, *(each.standard.code for each in asked)}
    return _failing_first(
        _standard(standard, _chosen(standard, asked, report), report)
        for standard in _in_order(report)
        if standard.code in codes
    )


def _chosen(
    standard: Standard, asked: Iterable[KeyQuestion], report: _Report
) -> Sequence[KeyQuestion]:
    """Return the linked questions of a standard; where none is linked, those that fail."""
    linked = [each for each in asked if each.standard_id == standard.pk]
    return linked or _failing_of(standard, report)


def _failing(report: _Report) -> tuple[BasisStandard, ...]:
    """Return every standard with a key question that fails, with those questions."""
    return _failing_first(
        _standard(standard, failing, report)
        for standard in _in_order(report)
        if (failing := _failing_of(standard, report))
    )


def _failing_of(standard: Standard, report: _Report) -> Sequence[KeyQuestion]:
    of_it = (each for each in report.questions.values() if each.standard_id == standard.pk)
    return [each for each in of_it if _question(each, report).is_failing]


def _in_order(report: _Report) -> Sequence[Standard]:
    return sorted(report.standards.values(), key=lambda each: each.ordinal)


def _failing_first(standards: Iterable[BasisStandard]) -> tuple[BasisStandard, ...]:
    return tuple(sorted(standards, key=lambda each: not each.is_failing))


def _standard(
    standard: Standard, questions: Iterable[KeyQuestion], report: _Report
) -> BasisStandard:
    rating = report.ratings.get(standard.code)
    in_order = sorted(questions, key=lambda each: each.ordinal)
    shown = sorted(
        (_question(each, report) for each in in_order), key=lambda each: not each.is_failing
    )
    published = rating.rating if rating else ""
    return BasisStandard(
        code=standard.code,
        name=standard.name,
        published=rating.get_rating_display() if rating else "",
        computed=_lowest_band(standard, report),
        is_failing=_fails(published) or any(each.is_failing for each in shown),
        questions=tuple(shown),
    )


def _lowest_band(standard: Standard, report: _Report) -> str:
    percents = [
        each.percent
        for each in report.results.values()
        if each.key_question.standard_id == standard.pk and each.percent is not None
    ]
    if not percents or not report.bands:
        return ""
    return rating_of_percentage(min(percents), report.bands).label


def _fails(rating: str) -> bool:
    return bool(rating) and Rating(rating).points < ENOUGH.points


def _question(question: KeyQuestion, report: _Report) -> BasisQuestion:
    result = report.results.get(question.code)
    percent = result.percent if result else None
    if percent is None or not report.bands:
        band, gap, edge, is_failing = "", "", "", False
    else:
        rating = rating_of_percentage(percent, report.bands)
        band, is_failing = rating.label, _fails(rating)
        gap, edge = _gap(percent, report.bands), _edge(percent, report)
    return BasisQuestion(
        code=question.code,
        topic=question.topic,
        percent=percent,
        band=band,
        gap=gap,
        edge=edge,
        is_failing=is_failing,
    )


def _gap(percent: int, bands: Sequence[Band]) -> str:
    """Return "2 points below Requires improvement, 17 points below Good"."""
    above = next_band_up(percent, bands)
    if above is None:
        return "In the highest band"
    gaps = [_below(above.lowest - percent, above.rating)]
    has_good = any(band.rating is ENOUGH for band in bands)
    if above.rating.points < ENOUGH.points and has_good:
        gaps.append(_below(distance_to_rating(percent, ENOUGH, bands), ENOUGH))
    return ", ".join(gaps)


def _below(points: float, rating: Rating) -> str:
    return f"{_points(points)} below {rating.label}"


def _edge(percent: int, report: _Report) -> str:
    """Return "2 points from the nearest edge, within the margin of a rating panel"."""
    if len(report.bands) == 1:
        return ""
    distance = distance_to_nearest_edge(percent, report.bands)
    margin = ", within the margin of a rating panel" if distance <= report.margin else ""
    return f"{_points(distance)} from the nearest edge{margin}"


def _points(number: float) -> str:
    return f"{number:g} point{pluralize(number)}"
