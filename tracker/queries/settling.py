"""What a provider's next inspection leaves to be settled: whatever the earlier ones left open.

The list is computed: nothing is put on it and nothing is taken off but by an event of the
recommendation itself. Only the latest inspection of a provider has one.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from inspections.models import Inspection, Provider, Recommendation
from inspections.succession import earlier_inspections
from tracker.domain.vocabulary import Closure
from tracker.models import MeasureProgress, RecommendationProgress
from tracker.queries.labels import judgement_label, label
from tracker.queries.measures import read_measures

Rows = QuerySet[RecommendationProgress]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierList:
    """How far the earlier recommendations of a provider are settled after its latest inspection."""

    inspection: Inspection
    total: int
    settled: int

    @property
    def waiting(self) -> int:
        return self.total - self.settled


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRow:
    """One recommendation of an earlier inspection; `outcome` is what became of it, "" so far."""

    progress: RecommendationProgress
    judgement: str
    measures: Sequence[str]
    outcome: str
    settled_on: date | None


def followed_inspections() -> Mapping[int, int]:
    """Map each published inspection that a later one followed to the latest that did; by id."""
    published = Inspection.objects.published().exclude(provider__kind=Provider.Kind.NATIONAL)
    rows = [
        (day, pk, provider)
        for day, pk, provider in published.values_list("published_on", "pk", "provider_id")
        if day is not None  # a constraint of the table has it so
    ]
    newest: dict[int, tuple[date, int]] = {}
    for day, pk, provider in rows:
        newest[provider] = max((day, pk), newest.get(provider, (day, pk)))
    successor = dict(
        Provider.objects.filter(successor__isnull=False).values_list("pk", "successor_id")
    )
    followed: dict[int, int] = {}
    for day, pk, provider in rows:
        latest = max(newest[each] for each in _line(provider, successor) if each in newest)
        if latest[0] > day:
            followed[pk] = latest[1]
    return followed


def _line(provider: int, successor: Mapping[int, int]) -> Iterator[int]:
    seen: set[int] = set()
    following: int | None = provider
    while following is not None and following not in seen:
        seen.add(following)
        yield following
        following = successor.get(following)


def to_settle(followed: Mapping[int, int]) -> Rows:
    """Return what is open since before the latest inspection and was not left open after it."""
    open_since = RecommendationProgress.objects.filter(
        is_open=True, recommendation__inspection__in=list(followed)
    )
    return open_since.exclude(left_open_at__in=set(followed.values()))


def count_to_settle() -> int:
    """Count what waits to be settled in the whole country; three queries."""
    followed = followed_inspections()
    return to_settle(followed).count() if followed else 0


def earlier_lists() -> Sequence[EarlierList]:
    """Return the lists on which anything stands: those with something to settle come first."""
    followed = followed_inspections()
    latest = Inspection.objects.in_bulk(set(followed.values()))
    days = {pk: each.published_on or date.max for pk, each in latest.items()}
    total: Counter[int] = Counter()
    settled: Counter[int] = Counter()
    rows = RecommendationProgress.objects.filter(
        is_withdrawn=False, recommendation__inspection__in=list(followed)
    )
    for earlier, closed_on, left_open_at in rows.values_list(
        "recommendation__inspection", "closed_on", "left_open_at"
    ):
        later = followed[earlier]
        if closed_on is None or closed_on >= days[later]:
            total[later] += 1
            settled[later] += closed_on is not None or left_open_at == later
    lists = [
        EarlierList(inspection=latest[pk], total=count, settled=settled[pk])
        for pk, count in total.items()
    ]
    return sorted(lists, key=lambda each: (not each.waiting, each.inspection.provider_name))


def earlier_rows(inspection: Inspection, visible: QuerySet[Recommendation]) -> list[EarlierRow]:
    """Return what the earlier inspections of the provider left open, newest inspection first.

    What was closed since the inspection was published stands there with what became of it.
    """
    found = list(
        RecommendationProgress.objects.filter(
            Q(closed_on__isnull=True) | Q(closed_on__gte=inspection.published_on),
            is_withdrawn=False,
            recommendation__in=visible.values("pk"),
            recommendation__inspection__in=earlier_inspections(inspection).order_by().values("pk"),
        )
        .select_related("provider", "recommendation__inspection__framework")
        .order_by("-published_on", "recommendation__number", "pk")
    )
    measures = _measures([each.pk for each in found])
    return [_row(each, measures[each.pk], inspection) for each in found]


def _row(
    progress: RecommendationProgress, measures: Sequence[str], inspection: Inspection
) -> EarlierRow:
    scale = dict(progress.recommendation.inspection.framework.judgements)
    outcome = ""
    if progress.closure:
        outcome = f"Closed: {label(Closure(progress.closure)).lower()}"
    elif progress.left_open_at_id == inspection.pk:
        outcome = "Left open"
    return EarlierRow(
        progress=progress,
        judgement=judgement_label(progress.judgement, scale),
        measures=measures,
        outcome=outcome,
        settled_on=progress.closed_on,
    )


def _measures(pks: Collection[int]) -> Mapping[int, list[str]]:
    """Say of each measure what it measures, with its figures, each by whose it is."""
    said: dict[int, list[str]] = defaultdict(list)
    rows = MeasureProgress.objects.filter(recommendation__in=pks)
    in_order = rows.order_by("recommendation", "defined_version", "pk")
    for measure in read_measures(in_order.select_related("recommendation__inspection")):
        said[measure.recommendation_id].append(measure.in_a_line)
    return said
