"""Which recorded action a row of a file speaks of, and in what the two differ."""

from collections.abc import Iterable

from tracker.documents.days import DayUnclear, read_day
from tracker.domain.vocabulary import ActionStatus
from tracker.exchange.action_plans.owners import named_in
from tracker.exchange.action_plans.reading import PlanRow
from tracker.exchange.action_plans.subjects import Subject
from tracker.exchange.action_plans.texts import alike
from tracker.models import ActionProgress


def take_recorded(rows: Iterable[tuple[int, PlanRow, Subject]]) -> set[int]:
    """Return the places of the rows that say what is recorded; an action is told by one row.

    Done for all rows before any is planned: a row must not take the action that a later one names
    exactly.
    """
    places = set()
    for place, row, subject in rows:
        described_so = subject.untold.get(alike(row.action), [])
        for action in described_so:
            if _is_about(row, action) and not _differs(row, action, subject):
                places.add(place)
                described_so.remove(action)
                break
    return places


def take_similar(row: PlanRow, subject: Subject) -> ActionProgress | None:
    """Return the recorded action that the row describes with another owner or date, if any."""
    described_so = subject.untold.get(alike(row.action), [])
    similar = [action for action in described_so if _is_about(row, action)]
    similar.sort(key=lambda action: has_other_target(row, action))
    for action in similar[:1]:
        described_so.remove(action)
        return action
    return None


def has_other_target(row: PlanRow, action: ActionProgress) -> bool:
    """Say whether the row has a date and it is not the action's; "Completed" is one, if it is."""
    try:
        day = read_day(row.target)
    except DayUnclear:
        return action.status != ActionStatus.REPORTED_COMPLETE
    return day is not None and day != action.target_on


def has_other_owner(row: PlanRow, action: ActionProgress, subject: Subject) -> bool:
    """Say whether the row names an owner who is not the action's, in person or by the post."""
    is_the_post = alike(row.owner) == alike(action.delivered_by)
    if not row.owner or is_the_post:
        return False
    return action.accountable_id not in named_in(row.owner, subject.people.values())


def _is_about(row: PlanRow, action: ActionProgress) -> bool:
    """Of actions described alike: one for each of several partners has a body for each."""
    return not row.delivered_by or alike(row.delivered_by) == alike(action.delivered_by)


def _differs(row: PlanRow, action: ActionProgress, subject: Subject) -> bool:
    return has_other_target(row, action) or has_other_owner(row, action, subject)
