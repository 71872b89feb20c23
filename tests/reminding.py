"""Recommendations to be reminded of, told through real commands, and mornings to do it on."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.db import transaction

from inspections.models import Inspection, Provider, Recommendation, ReinspectionNotice
from inspections.notices import announce_reinspection
from tests.world import make_inspection, make_recommendation, make_user
from tracker import services
from tracker.domain import commands as c
from tracker.domain.vocabulary import Channel, Role
from tracker.models import ActionProgress, RecommendationProgress

LONDON = ZoneInfo("Europe/London")
PUBLISHED = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)  # a Tuesday
RESPONSE_DUE_ON = date(2026, 9, 29)
A_WEEK_BEFORE_RESPONSE = date(2026, 9, 22)

_keys = count(1)


def morning(day: date, hour: int = 8, minute: int = 0) -> datetime:
    """Return a time of day in London."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)


def at(moment: datetime) -> Callable[[], datetime]:
    """Return a clock that stands still."""
    return lambda: moment


def open_recommendations(
    provider: Provider, number: int = 1, *, now: datetime = PUBLISHED, **inspection: Any
) -> Inspection:
    """Return an inspection with so many recommendations, published with their streams open."""
    published = make_inspection(provider, **inspection)
    for _ in range(number):
        make_recommendation(published)
    administrator = make_user("Hal Administrator", Role.HMIP_ADMINISTRATOR)
    with transaction.atomic():
        services.open_streams(inspection=published, actor=administrator, now=now)
    return published


def give(
    command: c.Command,
    recommendation: Recommendation,
    actor: User,
    role: Role = Role.PDU_LEAD,
    now: datetime = PUBLISHED,
) -> None:
    """Carry out the command on the recommendation as it stands."""
    progress = RecommendationProgress.objects.get(pk=recommendation.pk)
    services.execute(
        command,
        recommendation_id=recommendation.pk,
        expected_version=progress.version,
        actor=actor,
        acting_role=role,
        channel=Channel.ADMIN,
        now=now,
        idempotency_key=f"key-{next(_keys)}",
    )


def plan_action(
    recommendation: Recommendation, lead: User, owner: User, target_on: date, **given: Any
) -> UUID:
    """Plan one action on a recommendation that was agreed; return its id."""
    known = set(ActionProgress.objects.values_list("pk", flat=True))
    command = c.PlanAction(
        description="Something that somebody typed",
        accountable_id=owner.pk,
        delivered_by="Team managers",
        target_on=target_on,
    )
    give(command, recommendation, lead, **given)
    return ActionProgress.objects.exclude(pk__in=known).get().action_id


def announce(provider: Provider, day: date, now: datetime = PUBLISHED) -> ReinspectionNotice:
    """Announce a re-inspection for a day."""
    return announce_reinspection(
        provider=provider,
        kind="announced",
        starts_on=day,
        actor=make_user("Ina Spector", Role.LEAD_INSPECTOR),
        now=now,
    )
