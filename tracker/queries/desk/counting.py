"""How much waits, and where: counts by unit, or by region for those who see the whole country."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from inspections.models import Provider
from tracker.models import RecommendationProgress
from tracker.queries.desk.categories import Category
from tracker.queries.desk.viewpoint import Viewpoint

Rows = QuerySet[RecommendationProgress]
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A unit, or a region with all its units; `counts` by the code of the category."""

    pk: int
    name: str
    is_region: bool
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The groups in the order of their names, and the sum of them all.

    `newest` is the last position among what is new to the person; 0 where nothing is.
    """

    groups: Sequence[Group]
    total: Counts
    newest: int


def count_by_group(
    rows: Rows,
    categories: Sequence[Category],
    viewpoint: Viewpoint,
    *,
    also: Mapping[str, Mapping[int, int]] | None = None,
) -> Counted:
    """Count what waits among `rows`, which are the person's; three queries.

    What is open is asked about in one sweep; of the rest an index knows the few. `also` are counts
    of something else by provider, under a code of their own.
    """
    of_open = [each for each in categories if each.only_open]
    of_all = [each for each in categories if not each.only_open]
    counts = _counted(rows.filter(is_open=True), of_open, viewpoint)
    newest = 0
    for category in of_all:
        few = rows.filter(category.condition(viewpoint)).order_by()
        # Grouped here: a GROUP BY makes SQLite walk all rows in the order of their providers.
        for provider, position in few.values_list("provider", "last_position"):
            counts.setdefault(provider, Counter())[category.code] += 1
            newest = max(newest, position)
    for code, by_provider in (also or {}).items():
        for provider, count in by_provider.items():
            counts.setdefault(provider, Counter())[code] += count
    groups = _grouped(counts, viewpoint)
    return Counted(
        groups=groups,
        total=sum((Counter(each.counts) for each in groups), Counter()),
        newest=newest,
    )


def _grouped(counts: Mapping[int, Counts], viewpoint: Viewpoint) -> Sequence[Group]:
    """Put the providers together by region for those who see the whole country."""
    places: dict[int, Provider] = {}
    summed: dict[int, Counter[str]] = {}
    for provider in Provider.objects.filter(pk__in=counts).select_related("region"):
        place = (provider.region or provider) if viewpoint.is_national else provider
        places[place.pk] = place
        summed.setdefault(place.pk, Counter()).update(counts[provider.pk])
    ordered = sorted(places.values(), key=lambda place: (place.name, place.pk))
    return [_group(place, summed[place.pk], viewpoint) for place in ordered]


def _group(place: Provider, counts: Counts, viewpoint: Viewpoint) -> Group:
    is_region = viewpoint.is_national and place.kind == Provider.Kind.REGION
    return Group(pk=place.pk, name=place.name, is_region=is_region, counts=counts)


def _counted(
    rows: Rows, categories: Sequence[Category], viewpoint: Viewpoint
) -> dict[int, Counter[str]]:
    asked: dict[str, Any] = {
        f"count_{each.code}": Count("pk", filter=each.condition(viewpoint)) for each in categories
    }
    grouped: Any = rows.order_by().values("provider").annotate(**asked)
    return {
        row["provider"]: Counter({each.code: row[f"count_{each.code}"] for each in categories})
        for row in grouped
    }
