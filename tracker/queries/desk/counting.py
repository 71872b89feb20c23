"""How much waits, and where: counts by unit, or by region for those who see the whole country."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
    """The groups in the order of their names, and the sum of them all."""

    groups: Sequence[Group]
    total: Counts


def count_by_group(rows: Rows, categories: Sequence[Category], viewpoint: Viewpoint) -> Counted:
    """Count what waits among `rows`, which are the person's; three queries."""
    by_provider = _counts_by_provider(rows, categories, viewpoint)
    providers = Provider.objects.filter(pk__in=by_provider).select_related("region")
    groups: dict[int, Counter[str]] = {}
    places: dict[int, Provider] = {}
    for provider in providers:
        place = (provider.region or provider) if viewpoint.is_national else provider
        places[place.pk] = place
        groups.setdefault(place.pk, Counter()).update(by_provider[provider.pk])
    ordered = sorted(groups, key=lambda pk: (places[pk].name, pk))
    return Counted(
        groups=[_group(places[pk], groups[pk], viewpoint) for pk in ordered],
        total=sum(groups.values(), Counter()),
    )


def _group(place: Provider, counts: Counts, viewpoint: Viewpoint) -> Group:
    is_region = viewpoint.is_national and place.kind == Provider.Kind.REGION
    return Group(pk=place.pk, name=place.name, is_region=is_region, counts=counts)


def _counts_by_provider(
    rows: Rows, categories: Iterable[Category], viewpoint: Viewpoint
) -> dict[int, Counter[str]]:
    """Ask about what is open in one sweep, and about the rest where an index knows the few."""
    of_open = [each for each in categories if each.only_open]
    counts = _counted(rows.filter(is_open=True), of_open, viewpoint)
    for category in categories:
        if not category.only_open:
            few = rows.filter(category.condition(viewpoint))
            for provider, found in _counted(few, [category], viewpoint).items():
                counts.setdefault(provider, Counter()).update(found)
    return counts


def _counted(
    rows: Rows, categories: Sequence[Category], viewpoint: Viewpoint
) -> dict[int, Counter[str]]:
    counts: dict[str, Any] = {
        f"count_{each.code}": Count("pk", filter=each.condition(viewpoint)) for each in categories
    }
    grouped: Any = rows.order_by().values("provider").annotate(**counts)
    return {
        row["provider"]: Counter({each.code: row[f"count_{each.code}"] for each in categories})
        for row in grouped
    }
