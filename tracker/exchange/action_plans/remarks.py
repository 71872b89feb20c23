"""What the person should know about a row besides what it does: by the way, or before ticking."""

from collections.abc import Iterator

from tracker.exchange.action_plans.reading import PlanRow
from tracker.exchange.action_plans.subjects import Subject
from tracker.exchange.action_plans.texts import alike_wording
from tracker.exchange.warning import numbers_of_persons
from tracker.queries.labels import in_short

OTHER_WORDING = (
    "The wording of the recommendation is not the published one, which stays as it is; tick the row"
    " if the rest of it is right."
)
NO_ACTION = "An owner or a date is given without an action, so they are not taken."


def found_at(row: PlanRow) -> Iterator[str]:
    """Yield in which table the row stands, where the file has several."""
    if row.where:
        yield f"In {row.where}:"


def shown_of(row: PlanRow) -> Iterator[str]:
    """Yield the beginning of what the row says, by which people know it again."""
    yield from found_at(row)
    said = row.action or row.response or row.wording
    if said:
        yield f"“{in_short(said)}”"


def asides_on(row: PlanRow) -> Iterator[str]:
    """Yield what is not taken of the row and its file."""
    if not row.action and (row.owner or row.target is not None):
        yield NO_ACTION
    yield from row.notes


def warnings_on(row: PlanRow, subject: Subject) -> Iterator[str]:
    """Yield what the person looks at first: who ticks the row has seen it."""
    wording = alike_wording(row.wording)
    if wording and wording not in subject.wordings:
        yield OTHER_WORDING
    said = (row.response, row.reason, row.action, row.owner, row.delivered_by)
    yield from numbers_of_persons(said)
