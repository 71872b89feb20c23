"""The few recommendations that come first, and why each does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from tracker.domain.vocabulary import Response
from tracker.models import RecommendationProgress
from tracker.queries.desk.categories import Category
from tracker.queries.desk.viewpoint import Viewpoint

Rows = QuerySet[RecommendationProgress]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressing:
    """One recommendation and the most urgent category it falls into."""

    progress: RecommendationProgress
    category: Category

    @property
    def waits_for_response(self) -> bool:
        """Say whether the day that is due is the one for the response."""
        progress = self.progress
        awaited = progress.response == Response.AWAITING
        return awaited and progress.due_on == progress.response_due_on


def most_pressing(
    rows: Rows,
    categories: Sequence[Category],
    viewpoint: Viewpoint,
    *,
    counts: Mapping[str, int],
    limit: int,
) -> list[Pressing]:
    """Return the first of `rows`: by urgency, then by the day that is due; two queries.

    `counts` says how many there are of each category. The first query looks at narrow columns
    alone, for it may have to look at many rows.
    """
    by_urgency = {each.urgency: each for each in _needed(categories, counts, limit)}
    if not by_urgency:
        return []
    ranked = _ranked(rows.filter(is_open=True), by_urgency, viewpoint)
    first = dict(ranked.values_list("pk", "urgency")[:limit])
    found = RecommendationProgress.objects.filter(pk__in=first).select_related(
        "provider", "recommendation"
    )
    kept = found.defer("state", "latest_update", "response_reason").in_bulk()
    return [
        Pressing(progress=kept[pk], category=by_urgency[urgency]) for pk, urgency in first.items()
    ]


def _needed(
    categories: Sequence[Category], counts: Mapping[str, int], limit: int
) -> Iterator[Category]:
    """Yield the most urgent categories, up to one that alone fills the limit."""
    for category in sorted(categories, key=lambda each: each.urgency):
        if category.urgency and counts.get(category.code):
            yield category
            if counts[category.code] >= limit:
                return


def _ranked(rows: Rows, by_urgency: Mapping[int, Category], viewpoint: Viewpoint) -> Any:
    conditions = {rank: by_urgency[rank].condition(viewpoint) for rank in sorted(by_urgency)}
    pressing = Q()
    for condition in conditions.values():
        pressing |= condition
    whens = [When(condition, then=Value(rank)) for rank, condition in conditions.items()]
    urgency = Case(*whens, output_field=IntegerField())
    ordered = rows.filter(pressing).annotate(urgency=urgency)
    return ordered.order_by("urgency", F("due_on").asc(nulls_last=True), "pk")
