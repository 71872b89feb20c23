"""Lists of recommendations: one flat row each, the same for pages, the API and exports.

A list always starts from the recommendations that the reader may see; see `inspections.access`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from inspections.access import visible_recommendations
from inspections.models import Provider, Recommendation
from inspections.person_names import person_name
from inspections.recommendation_numbers import number_of_year
from tracker.domain.day import Rhythm, due_on, is_due_soon, is_overdue, is_silent
from tracker.domain.vocabulary import ActionStatus, Delivery
from tracker.projections import dates_of
from tracker.queries.standing import due_soon, overdue, silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What a list is narrowed to; None means that it makes no difference."""

    provider: int | None = None
    region: int | None = None
    inspection: int | None = None
    number: int | None = None
    response: str | None = None
    delivery: str | None = None
    review: str | None = None
    judgement: str | None = None
    closure: str | None = None
    is_open: bool | None = None
    overdue: bool | None = None
    due_soon: bool | None = None
    silent: bool | None = None
    published_from: date | None = None
    published_to: date | None = None


COLUMNS = {
    "provider": "progress__provider",
    "inspection": "inspection",
    "number": "number",
    "response": "progress__response",
    "delivery": "progress__delivery",
    "review": "progress__review",
    "judgement": "progress__judgement",
    "closure": "progress__closure",
    "is_open": "progress__is_open",
    "published_from": "progress__published_on__gte",
    "published_to": "progress__published_on__lte",
}
"""Criteria that are plain comparisons, with the column each compares."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationRow:
    """One recommendation as it stands on a day, flat; what is absent is None, never ""."""

    id: int
    inspection_id: int
    published_on: date
    published_known_to: str
    provider_id: int
    provider_name: str
    provider_kind: str
    region_id: int | None
    region_name: str | None
    number: int
    addressed_to: str
    wording: str
    wording_cy: str | None
    response: str
    delivery: str
    review: str
    judgement: str
    closure: str | None
    is_open: bool
    is_withdrawn: bool
    is_blocked: bool
    overdue: bool
    due_soon: bool
    silent: bool
    due_on: date | None
    response_due_on: date | None
    next_target_on: date | None
    accountable_id: int | None
    accountable_name: str | None
    last_said_on: date | None
    closed_on: date | None
    actions: int
    actions_open: int
    version: int

    @property
    def number_of_year(self) -> str:
        """Return "4 of 2026"."""
        return number_of_year(self.number, self.published_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many recommendations of a list ask for attention on a day."""

    total: int
    open: int
    overdue: int
    due_soon: int
    reported_complete: int


def readable_recommendations(user: Any, today: date) -> QuerySet[Recommendation]:
    """Return what `user` may read on `today`, joined with all that a row shows."""
    return with_progress(visible_recommendations(user, today))


def with_progress(visible: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
    """Return those that are released to the tracker, joined with all that a row shows."""
    return visible.filter(progress__isnull=False).select_related(
        "inspection__framework", "progress__provider__region", "progress__accountable"
    )


def narrowed(
    recommendations: QuerySet[Recommendation], criteria: Criteria, *, today: date, rhythm: Rhythm
) -> QuerySet[Recommendation]:
    """Return the recommendations that meet all criteria on `today`."""
    conditions = [
        Q(**{column: value})
        for name, column in COLUMNS.items()
        if (value := getattr(criteria, name)) is not None
    ]
    if criteria.region is not None:
        conditions.append(_in_region(criteria.region))
    for wanted, condition in (
        (criteria.overdue, overdue(today)),
        (criteria.due_soon, due_soon(today, rhythm)),
        (criteria.silent, silent(today, rhythm)),
    ):
        if wanted is not None:
            conditions.append(condition if wanted else ~condition)
    return recommendations.filter(*conditions)


def rows(
    recommendations: Iterable[Recommendation], *, today: date, rhythm: Rhythm
) -> list[RecommendationRow]:
    """Return the rows of recommendations that come from `readable_recommendations`."""
    page = list(recommendations)
    counts = _action_counts(page)
    return [row_of(each, counts.get(each.pk, (0, 0)), today=today, rhythm=rhythm) for each in page]


def counts(recommendations: QuerySet[Recommendation], *, today: date, rhythm: Rhythm) -> Counts:
    """Count what `narrowed` would list for each; one query."""
    still_open = Q(progress__is_open=True)
    reported = still_open & Q(progress__delivery=Delivery.REPORTED_COMPLETE)
    return Counts(
        **recommendations.order_by().aggregate(
            total=Count("pk"),
            open=Count("pk", filter=still_open),
            overdue=Count("pk", filter=overdue(today)),
            due_soon=Count("pk", filter=due_soon(today, rhythm)),
            reported_complete=Count("pk", filter=reported),
        )
    )


def _in_region(region_id: int) -> Q:
    is_region = Q(progress__provider__kind=Provider.Kind.REGION, progress__provider_id=region_id)
    return Q(progress__provider__region_id=region_id) | is_region


def _action_counts(page: list[Recommendation]) -> dict[int, tuple[int, int]]:
    """Return how many actions each recommendation has that stand, and how many of them are open."""
    counted = (
        Recommendation.objects.filter(pk__in=[each.pk for each in page])
        .annotate(
            standing=Count("actions", filter=~Q(actions__status=ActionStatus.WITHDRAWN)),
            still_open=Count("actions", filter=Q(actions__status=ActionStatus.OPEN)),
        )
        .values_list("pk", "standing", "still_open")
    )
    return {pk: (standing, still_open) for pk, standing, still_open in counted}


def row_of(
    recommendation: Recommendation, actions: tuple[int, int], *, today: date, rhythm: Rhythm
) -> RecommendationRow:
    """Return the row of one recommendation; `actions` are how many stand, and how many are open."""
    progress = recommendation.progress
    provider = progress.provider
    # A region belongs to itself, so that a sum over regions misses nothing.
    region = provider if provider.kind == Provider.Kind.REGION else provider.region
    accountable = progress.accountable
    dates = dates_of(progress)
    return RecommendationRow(
        id=recommendation.pk,
        inspection_id=recommendation.inspection_id,
        published_on=progress.published_on,
        published_known_to=recommendation.inspection.published_known_to,
        provider_id=provider.pk,
        provider_name=provider.name,
        provider_kind=provider.kind,
        region_id=region.pk if region else None,
        region_name=region.name if region else None,
        number=recommendation.number,
        addressed_to=recommendation.addressed_to,
        wording=progress.wording,
        wording_cy=progress.wording_cy or recommendation.text_cy or None,
        response=progress.response,
        delivery=progress.delivery,
        review=progress.review,
        judgement=progress.judgement,
        closure=progress.closure or None,
        is_open=progress.is_open,
        is_withdrawn=progress.is_withdrawn,
        is_blocked=progress.is_blocked,
        overdue=is_overdue(dates, today),
        due_soon=is_due_soon(dates, today, rhythm),
        silent=is_silent(dates, today, rhythm),
        due_on=due_on(dates),
        response_due_on=progress.response_due_on,
        next_target_on=progress.next_target_on,
        accountable_id=accountable.pk if accountable else None,
        accountable_name=person_name(accountable) if accountable else None,
        last_said_on=progress.last_said_on,
        closed_on=progress.closed_on,
        actions=actions[0],
        actions_open=actions[1],
        version=progress.version,
    )
