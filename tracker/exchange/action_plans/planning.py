"""Says what each row of an action plan would do, or why it cannot. Nothing is written.

What a row answers and what it plans are told apart where only one of the two can be done.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tracker.documents.days import DayUnclear
from tracker.domain.rejection import CommandRejected
from tracker.exchange.action_plans.acting import planned_action
from tracker.exchange.action_plans.answering import answered
from tracker.exchange.action_plans.matching import take_recorded
from tracker.exchange.action_plans.reading import PlanRow
from tracker.exchange.action_plans.remarks import asides_on, found_at, shown_of, warnings_on
from tracker.exchange.action_plans.steps import RowUnclear, Step
from tracker.exchange.action_plans.subjects import Subject, subjects_for
from tracker.exchange.action_plans.texts import TextUnclear, alike, alike_wording
from tracker.exchange.kinds import Parameters, PlannedRow, Verdict

UNCLEAR = (RowUnclear, TextUnclear, DayUnclear)
NOT_YOURS = "An action plan here is recorded by the people of its unit; ask one of them."
NO_NUMBER = (
    "The row does not say which recommendation it is about; type its number, as the report has it."
)
NO_SUCH_NUMBER = (
    "The plan has no recommendation {}; correct the number, as the report of this unit has it."
)
TWO_MEANT = (
    "The number says recommendation {}, but the wording is that of recommendation {}; correct one"
    " of the two."
)
TWICE = "Row {} says the same."
NOTHING_SAID = "The row has neither a response nor an action."


def plan_rows(
    rows: Sequence[PlanRow], *, person: Any, parameters: Parameters, today: date
) -> Iterator[PlannedRow]:
    """Yield what each row would do, upon what the rows before it would."""
    subjects = subjects_for(person, parameters, today)
    found = [_subject_of(row, subjects) for row in rows]
    known = [
        (place, row, subject)
        for place, (row, subject) in enumerate(zip(rows, found, strict=True))
        if isinstance(subject, Subject)
    ]
    recorded = take_recorded(known)
    for place, (row, subject) in enumerate(zip(rows, found, strict=True)):
        if isinstance(subject, Subject):
            yield from _planned(row, subject, is_recorded=place in recorded)
        else:
            yield _cannot(row, str(subject))


def _subject_of(row: PlanRow, subjects: Mapping[int, Subject]) -> Subject | RowUnclear:
    """Return the recommendation that the row is about, or why nobody can tell."""
    if row.unclear:
        return RowUnclear(row.unclear)
    wording = alike_wording(row.wording)
    worded = [each for each in subjects.values() if wording and wording in each.wordings]
    if row.recommendation is None:
        return worded[0] if len(worded) == 1 else RowUnclear(NO_NUMBER)
    subject = subjects.get(row.recommendation)
    if subject is None:
        return RowUnclear(NO_SUCH_NUMBER.format(row.recommendation))
    if worded and subject not in worded:
        return RowUnclear(TWO_MEANT.format(row.recommendation, worded[0].number))
    return subject


def _planned(row: PlanRow, subject: Subject, *, is_recorded: bool) -> Iterator[PlannedRow]:
    content = (row.response, row.reason, row.action, row.owner, row.delivered_by, str(row.target))
    first = subject.said.setdefault(tuple(alike(each) for each in content), row.number)
    if first != row.number and not is_recorded:
        yield _row(row, subject, Verdict.NOTHING, why=TWICE.format(first))
        return
    if subject.role is None:
        yield _cannot(row, NOT_YOURS, subject)
        return
    answer, why_no_answer = _tried(answered, row, subject)
    action, why_no_action = (None, "") if is_recorded else _tried(planned_action, row, subject)
    steps = [step for step in (answer, action) if step is not None]
    why = why_no_answer or why_no_action
    for flagged in (step for step in steps if step.flag):
        yield _to_be_done(row, subject, [flagged], verdict=Verdict.FLAGGED, why=flagged.flag)
    ready = [step for step in steps if not step.flag]
    if ready:
        yield _to_be_done(row, subject, ready, verdict=Verdict.READY)
    if why:
        yield _cannot(row, why, subject)
    elif not steps:
        nothing_said = not (row.response or row.action)
        yield _row(row, subject, Verdict.NOTHING, why=NOTHING_SAID if nothing_said else "")


def _tried(plan: Any, row: PlanRow, subject: Subject) -> tuple[Step | None, str]:
    """Return what one half of the row would do, and why it cannot."""
    try:
        return plan(row, subject), ""
    except UNCLEAR as unclear:
        return None, str(unclear)
    except CommandRejected as rejection:
        return None, rejection.sentence


def _to_be_done(
    row: PlanRow, subject: Subject, steps: Sequence[Step], *, verdict: Verdict, why: str = ""
) -> PlannedRow:
    return _row(
        row,
        subject,
        verdict,
        why=why,
        says=[*found_at(row), *(step.says for step in steps), *asides_on(row)],
        warnings=list(warnings_on(row, subject)),
        version=subject.situation.progress.version,
        acting_role=subject.role,
        deeds=[step.deed for step in steps],
    )


def _row(row: PlanRow, subject: Subject, verdict: Verdict, **details: Any) -> PlannedRow:
    details.setdefault("says", [*shown_of(row), *asides_on(row)])
    return PlannedRow(
        number=row.number,
        verdict=verdict,
        recommendation_id=subject.situation.recommendation.pk,
        **details,
    )


def _cannot(row: PlanRow, why: str, subject: Subject | None = None) -> PlannedRow:
    if subject is not None:
        return _row(row, subject, Verdict.CANNOT, why=why)
    return PlannedRow(
        number=row.number, verdict=Verdict.CANNOT, why=why, says=[*shown_of(row), *row.notes]
    )
