"""What a row plans: a new action, a new owner of one, or nothing that is not there already."""

from datetime import date

from tracker.documents import as_text
from tracker.documents.days import read_day
from tracker.domain import commands as c
from tracker.domain.vocabulary import ActionStatus
from tracker.exchange.action_plans.answering import gives_its_reasons
from tracker.exchange.action_plans.matching import has_other_owner, has_other_target, take_similar
from tracker.exchange.action_plans.owners import named_in, why_nobody
from tracker.exchange.action_plans.reading import PlanRow
from tracker.exchange.action_plans.steps import RowUnclear, Step, is_submitted, step
from tracker.exchange.action_plans.subjects import Subject
from tracker.exchange.action_plans.texts import NO_ACTION
from tracker.models import ActionProgress
from tracker.queries.labels import in_short

NO_DATE = "The action has no target date; give the day by which it will be done."
SEVERAL_OWNERS = (
    "The responsible owner names several people; name one, by name and address if two share a name."
)
OTHER_DATE = (
    "The action is planned already, for {}; its target date is moved on the recommendation’s page,"
    " with a reason."
)
WITHDRAWN = (
    "The action is planned already and was withdrawn; it can be reopened on the recommendation’s"
    " page."
)
COMPLETE = (
    "The action is planned already and reported complete; it can be reopened on the"
    " recommendation’s page."
)
AFTER_SIGN_OFF = (
    "The response goes to sign-off first; import the file again once it is recorded, to plan this"
    " action."
)


def planned_action(row: PlanRow, subject: Subject) -> Step | None:
    """Return the action that the row would plan, or change; None where there is nothing to do.

    Raises: DayUnclear, RowUnclear, CommandRejected.
    """
    if row.action.casefold() in NO_ACTION or gives_its_reasons(row):
        return None
    similar = take_similar(row, subject)
    if similar is not None:
        return _changed(row, similar, subject)
    if subject.answer_is_submitted:
        raise RowUnclear(AFTER_SIGN_OFF)
    return _new(row, subject)


def _new(row: PlanRow, subject: Subject) -> Step | None:
    """Where the plan does not say who delivers it, that is whoever it names as the owner."""
    target_on = read_day(row.target)
    if target_on is None:
        raise RowUnclear(NO_DATE)
    command = c.PlanAction(
        description=row.action,
        accountable_id=_owner(row, subject),
        delivered_by=row.delivered_by or " ".join(row.owner.split()),
        target_on=target_on,
    )
    if subject.goes_to_sign_off(c.PlanAction) and is_submitted(command, subject):
        return None
    return step(command, _in_words(command, subject), subject)


def _changed(row: PlanRow, action: ActionProgress, subject: Subject) -> Step | None:
    if action.status == ActionStatus.WITHDRAWN:
        raise RowUnclear(WITHDRAWN)
    if has_other_target(row, action):
        read_day(row.target)
        raise RowUnclear(OTHER_DATE.format(as_text(action.target_on)))
    if not has_other_owner(row, action, subject):
        return None
    if action.status != ActionStatus.OPEN:
        raise RowUnclear(COMPLETE)
    command = c.ChangeActionOwner(action_id=action.action_id, accountable_id=_owner(row, subject))
    names = (
        subject.people[action.accountable_id].name,
        subject.people[command.accountable_id].name,
    )
    says = f"Change the owner of “{in_short(action.description)}” from {names[0]} to {names[1]}."
    return step(command, says, subject)


def _owner(row: PlanRow, subject: Subject) -> int:
    members = {pk: each for pk, each in subject.people.items() if not each.has_left}
    named = named_in(row.owner, members.values())
    if not named:
        raise RowUnclear(why_nobody(row.owner, members, subject.provider_name))
    if len(named) > 1:
        raise RowUnclear(SEVERAL_OWNERS)
    return next(iter(named))


def _in_words(command: c.PlanAction, subject: Subject) -> str:
    owner = subject.people[command.accountable_id].name
    by = "" if command.delivered_by == owner else f", delivered by {command.delivered_by}"
    return f"Plan an action of {owner}{by}, by {_day(command.target_on)}: {command.description}"


def _day(day: date) -> str:
    return as_text(day)
