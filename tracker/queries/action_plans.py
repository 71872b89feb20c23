"""Which action plans a person may read: one for each body that a report is addressed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from inspections.access import Held
from inspections.models import Inspection, Provider
from tracker.domain import commands as c
from tracker.domain.roles import may_give
from tracker.domain.sign_off import may_prepare
from tracker.domain.vocabulary import ActionStatus, Response, Role
from tracker.queries.permitted import visible_progress

PLAN_OF = ("recommendation__inspection", "provider")
ASKED = (c.Respond, c.PlanAction)
"""What an action plan says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlan:
    """How far one body has answered one report; `is_own` for those who speak for it there.

    `first_id` is one of its recommendations, by which its pages are found.
    """

    first_id: int
    inspection: Inspection
    provider: Provider
    recommendations: int
    answered: int
    actions: int
    is_own: bool


def action_plans(
    user: Any, today: date, *, held: Held, inspection_id: int | None = None
) -> QuerySet[Any, Any]:
    """Return the plans of what the person may read, the newest report first, to be paged."""
    found = visible_progress(user, today, held=held).order_by()
    if inspection_id is not None:
        found = found.filter(recommendation__inspection=inspection_id)
    not_withdrawn = ~Q(recommendation__actions__status=ActionStatus.WITHDRAWN)
    plans: QuerySet[Any, Any] = (
        found.values(*PLAN_OF, "published_on")
        .annotate(
            first_id=Min("pk"),
            recommendations=Count("pk", distinct=True),
            answered=Count("pk", distinct=True, filter=~Q(response=Response.AWAITING)),
            actions=Count("recommendation__actions", filter=not_withdrawn),
        )
        .order_by("-published_on", *PLAN_OF)
    )
    return plans


def in_words(rows: Sequence[Any], *, held: Held) -> list[ActionPlan]:
    """Return a page of `action_plans` with what each is of; two queries."""
    inspections = Inspection.objects.in_bulk([row[PLAN_OF[0]] for row in rows])
    providers = Provider.objects.in_bulk([row[PLAN_OF[1]] for row in rows])
    return [
        ActionPlan(
            inspection=inspections[row[PLAN_OF[0]]],
            provider=providers[row[PLAN_OF[1]]],
            first_id=row["first_id"],
            recommendations=row["recommendations"],
            answered=row["answered"],
            actions=row["actions"],
            is_own=_speaks_for(providers[row[PLAN_OF[1]]], held),
        )
        for row in rows
    ]


def _speaks_for(provider: Provider, held: Held) -> bool:
    """Say whether a role among these gives or prepares what a plan of the provider says."""
    to_region = provider.kind == Provider.Kind.REGION
    return any(
        may_give(asked, role=Role(role), addressed_to_region=to_region)
        or may_prepare(asked, role=Role(role), addressed_to_region=to_region)
        for role, place in held
        if place in {None, provider.pk}
        for asked in ASKED
    )
