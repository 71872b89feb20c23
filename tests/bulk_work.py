"""Somebody who ticks rows of a list in the admin, looks at the page that comes, and confirms it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests.tracker.story import TODAY, Story
from tests.visitor import Visitor
from tracker.domain import commands as c

ACTIONS = "/admin/tracker/actionprogress/"
COMPLETE = "report_actions_complete"
OWNER = "change_the_owner_of_actions"
MOVE = "move_target_dates"
MORE_TIME = "ask_for_more_time"
REVIEWED = "reviewed_no_change"
ASSIGN = "assign_an_accountable_person"
DEFINE = "define_a_measure"
TRAIN, AUDIT, READ = (f"{each} (Quality team)" for each in ("Train", "Audit", "Read"))


def offered(visitor: Visitor, path: str) -> list[str]:
    """Return the deeds that a list offers for its rows."""
    form = visitor.get(path).context["action_form"]
    return [name for name, _ in form.fields["action"].choices if name] if form else []


def tick(visitor: Visitor, path: str, deed: str, ids: Iterable[Any], **extra: Any) -> Any:
    """Tick rows, choose a deed, press Go; return what came."""
    sent = {"action": deed, "index": 0, "_selected_action": [str(each) for each in ids], **extra}
    return visitor.client.post(path, sent)


def filled(response: Any, **fields: Any) -> dict[str, Any]:
    """Return the form of the page that came, filled in as a browser would send it."""
    form = response.context["form"]
    values = {bound.name: bound.value() for bound in form}
    return {name: value for name, value in {**values, **fields}.items() if value not in (None, "")}


def send(visitor: Visitor, response: Any, values: dict[str, Any]) -> Any:
    return visitor.client.post(response.context["form_address"], values)


def confirm(visitor: Visitor, response: Any, **fields: Any) -> Any:
    """Fill in the page that came and send it; return the page that tells what was done."""
    answer = send(visitor, response, filled(response, **fields))
    assert answer.status_code == 302, answer.context["form"].errors
    return visitor.client.get(answer["Location"])


def reasons(response: Any) -> dict[str, str]:
    """Return, for the rows of the page before, why each will be skipped; "" if it will not."""
    return {each.row.words: each.reason for each in response.context["rows"]}


def done(response: Any) -> list[str]:
    """Return the rows that the page after calls done."""
    return [each.row.words for each in response.context["done"]]


def skipped(response: Any) -> dict[str, str]:
    """Return, for the rows that the page after calls skipped, the reason of each."""
    return {each.row.words if each.row else "": each.reason for each in response.context["skipped"]}


def plan(
    story: Story, description: str, *, updated: bool = True, target_on: date | None = None
) -> UUID:
    """Plan an action for the quality team, by default with an update already."""
    planned = story.tell(
        c.PlanAction(
            description=description,
            accountable_id=story.lead.pk,
            delivered_by="Quality team",
            target_on=target_on or TODAY + timedelta(days=30),
        )
    )
    if updated:
        day = story.now.date()
        begun = c.RecordProgressUpdate(text="Begun", occurred_on=day, action_id=planned.event_id)
        story.tell(begun)
    return planned.event_id
