"""What waits for an answer: what whoever answers should have before their eyes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain import commands as c
from tracker.models import ActionProgress
from tracker.queries.names import action_name
from tracker.queries.obstacles import Escalation, escalations_of
from tracker.queries.permitted import Situation
from tracker.queries.target_dates import Slip, slips_by_action
from tracker.queries.timeline import timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTime:
    """A request for more time for one action, and the moves and requests that came before it."""

    name: str
    target_on: date
    asked: Slip
    earlier: Sequence[Slip]


def requests_for_time(situation: Situation) -> Sequence[AskedTime]:
    """Return the requests that the person could decide now, in the order of the plan."""
    slips = slips_by_action(timeline(situation.recommendation.pk, visible=situation.visible))
    actions = ActionProgress.objects.filter(
        pk__in=situation.subjects(c.DecideTargetDateExtension)
    ).order_by("planned_version", "pk")
    return [
        AskedTime(
            name=action_name(each.description, each.delivered_by),
            target_on=each.target_on,
            asked=slips[each.pk][-1],
            earlier=slips[each.pk][:-1],
        )
        for each in actions
    ]


def escalations_to_answer(situation: Situation) -> Sequence[Escalation]:
    """Return the escalations that the person could answer now, in the order they came."""
    wanted = situation.subjects(c.AnswerEscalation)
    entries = timeline(situation.recommendation.pk, visible=situation.visible)
    return [each for each in escalations_of(entries) if each.escalation_id in wanted]
