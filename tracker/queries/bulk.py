"""Rows of a list that somebody ticked: what each is, and whether the rules would let it through.

Only what the person may read becomes a row; of all else nothing is said.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from inspections.whole_numbers import whole_number
from tracker.domain import commands as c
from tracker.domain.decide import decide
from tracker.domain.rejection import CommandRejected
from tracker.domain.sign_off import require_no_sign_off
from tracker.domain.vocabulary import Role
from tracker.models import ActionProgress, BulkResult, Event
from tracker.queries.actions import visible_actions
from tracker.queries.labels import REDACTED, SHORT
from tracker.queries.names import action_name
from tracker.queries.permitted import Situation, find_situations


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkRow:
    """One row and how the person stands before its recommendation; `action` where it is one."""

    id: str
    situation: Situation
    action: ActionProgress | None = None

    @property
    def recommendation_id(self) -> int:
        return self.situation.recommendation.pk

    @property
    def version(self) -> int:
        return self.situation.progress.version

    @property
    def words(self) -> str:
        """What the row is called: the action's name, or the recommendation's wording."""
        if self.action is None:
            return self.situation.progress.wording or REDACTED
        return action_name(self.action.description, self.action.delivered_by, longest=SHORT)

    def refusal_of(self, command: c.Command, role: Role) -> CommandRejected | None:
        """Return how the rules would refuse the command today; None where they would not.

        Only for commands about the provider's work: of what a report or a framework offers the
        situation knows nothing.
        """
        now = self.situation.capacities[role]
        try:
            require_no_sign_off(
                type(command),
                role=role,
                addressed_to_region=now.addressed_to_region,
                levels=self.situation.sign_off_levels,
            )
            decide(command, self.situation.state, now)
        except CommandRejected as rejection:
            return rejection
        return None


def recommendation_rows(user: Any, ids: Collection[str], today: date) -> list[BulkRow]:
    """Return the recommendations of these ids that are for the person, by unit and number."""
    wanted = {number for each in ids if (number := whole_number(each)) is not None}
    found = {str(pk): each for pk, each in find_situations(user, wanted, today).items()}
    # An id that is written otherwise, as "07", is not the one that the page carried.
    rows = [BulkRow(id=pk, situation=each) for pk, each in found.items() if pk in ids]
    return sorted(rows, key=_place)


def action_rows(user: Any, ids: Collection[str], today: date) -> list[BulkRow]:
    """Return the actions of these ids that are for the person, by unit, number and age."""
    wanted = {found for each in ids if (found := _uuid(each))}
    actions = list(visible_actions(user, today).filter(pk__in=wanted).select_related("accountable"))
    situations = find_situations(user, {each.recommendation_id for each in actions}, today)
    rows = [
        BulkRow(id=str(each.pk), situation=situations[each.recommendation_id], action=each)
        for each in actions
    ]
    return sorted(rows, key=_place)


def changed_by(recommendation_id: int, *, after: int) -> tuple[str, ...]:
    """Return who recorded something after that version, each once, in order."""
    since = Event.objects.filter(recommendation_id=recommendation_id, version__gt=after)
    return tuple(dict.fromkeys(since.order_by("version").values_list("actor_name", flat=True)))


def find_result(user: Any, key: UUID) -> BulkResult | None:
    """Return what became of the rows that this person sent with the key."""
    return BulkResult.objects.filter(person=user, key=key).first()


def _place(row: BulkRow) -> tuple[Any, ...]:
    progress, action = row.situation.progress, row.action
    planned = action.planned_version if action else 0
    return (progress.provider.name, row.situation.recommendation.number, planned, row.id)


def _uuid(text: str) -> UUID | None:
    """Return the id, in the one form in which pages carry it."""
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text else None
