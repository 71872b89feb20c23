"""For which other recommendations of the inspection the same may be said at once."""

from collections.abc import Sequence

from inspections.models import Recommendation
from tracker.circumstances import NEEDS_MEMBERS
from tracker.domain import commands as c
from tracker.queries.permitted import Situation, find_situations

OF_ONE_ADDRESSEE = (*NEEDS_MEMBERS, c.TransferRecommendation)
"""They name people of the addressee, or its successor: another addressee has others."""


def others_of_the_inspection(situation: Situation) -> Sequence[Situation]:
    """Return how the person stands before the inspection's other recommendations, by number."""
    recommendation = situation.recommendation
    others = Recommendation.objects.filter(inspection=recommendation.inspection_id).exclude(
        pk=recommendation.pk
    )
    ids = list(others.values_list("pk", flat=True))
    found = find_situations(situation.user, ids, situation.today).values()
    return sorted(found, key=lambda each: (each.recommendation.number, each.recommendation.pk))


def may_be_said_of(other: Situation, command_type: type[c.Command], *, before: Situation) -> bool:
    """Say whether the person could give the command for the other as well, in the same breath.

    A sign-off is one provider's: what waits for it is for the recommendations of that one.
    """
    has_sign_off = bool(other.sign_off_levels or before.sign_off_levels)
    if has_sign_off or command_type in OF_ONE_ADDRESSEE:
        ours, theirs = before.recommendation, other.recommendation
        return ours.addressee_id == theirs.addressee_id and other.is_offered(command_type)
    return other.is_offered(command_type)
