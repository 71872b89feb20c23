"""Who asks, and for what: settled before anything is carried out or kept."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from inspections.access import Standing, standings, visible_recommendations
from inspections.models import Recommendation
from tracker.domain.rejection import CommandRejected, NotPermitted
from tracker.domain.vocabulary import Role
from tracker.services.request import KeyReused, RecommendationNotFound


def find_recommendations(ids: Collection[int], actor: Any, today: date) -> Sequence[Recommendation]:
    """Return the recommendations, which must be the person's to read and of one inspection.

    Raises: RecommendationNotFound; CommandRejected (several_inspections).
    """
    found = list(
        visible_recommendations(actor, today)
        .filter(pk__in=ids)
        .select_related("inspection__framework", "addressee")
        .order_by("pk")
    )
    if len(found) != len(ids):
        raise RecommendationNotFound
    if len({recommendation.inspection_id for recommendation in found}) > 1:
        raise CommandRejected(
            "These recommendations belong to several inspections; "
            "choose recommendations of one inspection.",
            code="several_inspections",
        )
    return found


def standing_of(
    actor: Any, recommendation: Recommendation, acting_role: Role, today: date
) -> Standing:
    """Return the capacity in which the person asks. Raises: NotPermitted (role_not_held)."""
    for standing in standings(actor, recommendation, today):
        if standing.role == acting_role:
            return standing
    raise NotPermitted(
        "You do not hold this role for this recommendation today; choose one of your roles.",
        code="role_not_held",
    )


def require_one_provider(recommendations: Iterable[Recommendation]) -> None:
    """Let one sign-off speak for one provider alone. Raises: CommandRejected (several_sign_offs).

    Another provider asks for signatures of its own people.
    """
    if len({each.addressee_id for each in recommendations}) > 1:
        raise CommandRejected(
            "These recommendations are addressed to different providers, and each signs off its "
            "own words; prepare this for one provider at a time.",
            code="several_sign_offs",
        )


@contextmanager
def naming(recommendation: Recommendation, targets: Collection[int]) -> Iterator[None]:
    """Let a refusal say which of several recommendations it comes from."""
    try:
        yield
    except KeyReused:
        raise
    except CommandRejected as rejection:
        if len(targets) > 1:
            rejection.of(f"Recommendation {recommendation.number}")
        raise
