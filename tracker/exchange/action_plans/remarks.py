"""What the person should know about a row besides what it does: by the way, or before ticking."""

from collections.abc import Iterator

from inspections.sensitive_text import sensitive_passages
from tracker.exchange.action_plans.reading import PlanRow
from tracker.exchange.action_plans.subjects import Subject
from tracker.exchange.action_plans.texts import alike_wording

OTHER_WORDING = "The wording of the recommendation is not the published one, which stays as it is."
NO_ACTION = "An owner or a date is given without an action, so they are not taken."
LOOKS_LIKE = "“{}” looks like {}. Do not put personal data of people on probation here."


def which(row: PlanRow, subject: Subject) -> str:
    """Return which recommendation the row is about, and in which table where there are several."""
    where = f"{row.where}: " if row.where else ""
    return f"{where}Recommendation {subject.number}"


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
    for text in (row.response, row.reason, row.action, row.owner, row.delivered_by):
        for passage in sensitive_passages(text):
            yield LOOKS_LIKE.format(passage.text, passage.kind.value)
