"""A country's recommendations in bulk: the rows that reading pages look at, spread over all units.

The read models are written as they are, without a log behind them, for no page measured here reads
the log. What each row holds is drawn at random from a fixed seed, alike for every size.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User

from inspections.models import Framework, Inspection, Provider, Recommendation
from tests.world import make_user
from tracker.domain.day import due_on
from tracker.domain.vocabulary import ActionStatus, Delivery, Response, Review, Role
from tracker.models import (
    ActionProgress,
    EscalationProgress,
    RecommendationProgress,
    Visit,
)
from tracker.projections import dates_of

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
PER_INSPECTION = 6
SUBJECTS = ("risk of harm", "supervision", "staffing", "interventions", "leadership", "enforcement")
STATE = "x" * 1500
"""As long as the folded state of a recommendation with some actions and evidence."""


def settle(size: int) -> None:
    """Store `size` recommendations and what belongs to them; units are there already."""
    chance = random.Random(size)
    units = list(Provider.objects.filter(kind=Provider.Kind.PDU).order_by("pk"))
    inspections = _inspections(units, -(-size // PER_INSPECTION))
    recommendations = Recommendation.objects.bulk_create(
        Recommendation(
            inspection=inspections[index // PER_INSPECTION],
            number=index % PER_INSPECTION + 1,
            text=_wording(chance),
            addressed_to=inspections[index // PER_INSPECTION].provider_name,
            addressee=inspections[index // PER_INSPECTION].provider,
        )
        for index in range(size)
    )
    owners = {unit.pk: make_user("Owen Owner", Role.ACTION_OWNER, unit) for unit in units}
    progress = [_progress(each, owners[each.addressee_id], chance) for each in recommendations]
    RecommendationProgress.objects.bulk_create(progress, batch_size=500)
    ActionProgress.objects.bulk_create(_actions(progress, owners, chance), batch_size=500)
    EscalationProgress.objects.bulk_create(_escalations(progress, chance), batch_size=500)


def people(size: int) -> dict[str, User]:
    """Return those whose pages are measured; of what there is, one in a hundred is news to them."""
    unit = Provider.objects.filter(kind=Provider.Kind.PDU).order_by("pk")[0]
    found = {
        "PDU lead": make_user("Lena Lead", Role.PDU_LEAD, unit),
        "regional lead": make_user("Rhys Region", Role.REGIONAL_LEAD, unit.region),
        "co-ordinator": make_user("Cai Coordinator", Role.HMPPS_COORDINATOR),
        "inspector": make_user("Ina Inspector", Role.INSPECTOR),
    }
    seen = {"seen_at": NOW, "seen_position": size * 99 // 100}
    Visit.objects.bulk_create(
        Visit(user=user, began_at=NOW, began_position=size, **seen) for user in found.values()
    )
    return found


def _inspections(units: list[Provider], count: int) -> list[Inspection]:
    framework = Framework.objects.order_by("pk")[0]
    return Inspection.objects.bulk_create(
        Inspection(
            provider=units[index % len(units)],
            provider_name=units[index % len(units)].name,
            framework=framework,
            title=f"An inspection of {units[index % len(units)].name}",
            state=Inspection.State.PUBLISHED,
            published_on=TODAY - timedelta(days=10 + index // len(units) * 40 % 900),
        )
        for index in range(count)
    )


def _wording(chance: random.Random) -> str:
    subject = chance.choice(SUBJECTS)
    return f"Improve the quality of {subject} so that practitioners have the time and skill for it."


def _progress(
    recommendation: Recommendation, owner: User, chance: random.Random
) -> RecommendationProgress:
    published_on = recommendation.inspection.published_on
    assert published_on is not None
    is_open = chance.random() < 0.6
    row = RecommendationProgress(
        recommendation=recommendation,
        provider_id=recommendation.addressee_id,
        version=chance.randint(1, 60),
        last_position=recommendation.pk,
        last_actor_id=owner.pk,
        state=STATE,
        wording=recommendation.text,
        is_open=is_open,
        is_withdrawn=False,
        is_blocked=chance.random() < 0.1,
        closure="" if is_open else "achieved",
        accountable=owner if chance.random() < 0.7 else None,
        published_on=published_on,
        response_due_on=published_on + timedelta(days=28),
        last_said_on=TODAY - timedelta(days=chance.randint(0, 60)),
        latest_update="Something was done about it. " * 5,
        **_axes(chance),
    )
    row.due_on = due_on(dates_of(row))
    return row


def _axes(chance: random.Random) -> dict[str, Any]:
    def drawn(*values: str) -> str:
        return chance.choice(values)

    has_target = chance.random() < 0.7
    days = timedelta(days=chance.randint(-30, 200))
    return {
        "response": drawn(*[Response.AGREED] * 8, Response.PARTLY_AGREED, Response.AWAITING),
        "delivery": drawn(*[Delivery.IN_PROGRESS] * 7, *Delivery),
        "review": drawn(*[Review.NONE] * 8, Review.STARTED, Review.FURTHER_EVIDENCE_REQUESTED),
        "judgement": drawn(*["not_judged"] * 8, "some_progress", "sufficient_progress"),
        "next_target_on": TODAY + days if has_target else None,
        "returned_on": TODAY - timedelta(days=20) if chance.random() < 0.1 else None,
    }


def _actions(
    progress: list[RecommendationProgress], owners: dict[int, User], chance: random.Random
) -> Iterator[ActionProgress]:
    for row in progress:
        for target_on in filter(None, (row.next_target_on, row.published_on)):
            is_first = target_on == row.next_target_on
            yield ActionProgress(
                action_id=UUID(int=chance.getrandbits(128)),
                recommendation_id=row.recommendation_id,
                planned_version=1,
                description="Read every plan before it is signed off",
                accountable=owners[row.provider_id],
                status=ActionStatus.OPEN if is_first else ActionStatus.REPORTED_COMPLETE,
                original_target_on=target_on,
                target_on=target_on,
                extension_asked_to=TODAY if is_first and chance.random() < 0.02 else None,
            )


def _escalations(
    progress: list[RecommendationProgress], chance: random.Random
) -> Iterator[EscalationProgress]:
    for row in progress:
        if chance.random() < 0.1:
            yield EscalationProgress(
                escalation_id=UUID(int=chance.getrandbits(128)),
                recommendation_id=row.recommendation_id,
                raised_version=2,
                addressed_to=chance.choice((Role.REGIONAL_LEAD, Role.HMPPS_COORDINATOR)),
                asked="Decide who pays",
                raised_on=TODAY,
                reply_by=TODAY,
                is_answered=chance.random() < 0.8,
            )
