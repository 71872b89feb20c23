"""What a row answers to its recommendation: recorded, already there, or another answer."""

from tracker.documents.days import read_day
from tracker.domain import commands as c
from tracker.domain.vocabulary import Response
from tracker.exchange.action_plans.reading import PlanRow
from tracker.exchange.action_plans.steps import RowUnclear, Step, is_submitted, step
from tracker.exchange.action_plans.subjects import Subject
from tracker.exchange.action_plans.texts import NO_ACTION, Answer, alike, read_answer
from tracker.queries.labels import label

REASON_ALONE = "Reasons are given and no response; write agreed, partly agreed or not agreed."
WOULD_REVISE = (
    "The response on record is “{}”, so this would revise it; look at it on the recommendation’s"
    " page, then tick the row if that is meant."
)
CONTRADICTED = (
    "An earlier row of this file answers “{}” for the same recommendation; let all its rows say the"
    " same."
)


def answered(row: PlanRow, subject: Subject) -> Step | None:
    """Return the response that the row would record; None where there is nothing to record.

    Raises: TextUnclear, DayUnclear, RowUnclear, CommandRejected.
    """
    answer = _answer_of(row)
    if answer is None:
        if row.reason and not _is_known_reason(row.reason, subject):
            raise RowUnclear(REASON_ALONE)
        return None
    if subject.answer is not None:
        if not _says(answer, subject.answer):
            raise RowUnclear(CONTRADICTED.format(label(subject.answer.response)))
        return None
    progress = subject.situation.progress
    if progress.response != Response.AWAITING:
        on_record = Answer(Response(progress.response), progress.response_reason)
        return None if _says(answer, on_record) else _revised(answer, row, subject)
    return _recorded(answer, row, subject)


def _recorded(answer: Answer, row: PlanRow, subject: Subject) -> Step | None:
    command = c.Respond(
        response=answer.response, reason=answer.reason, occurred_on=read_day(row.responded_on)
    )
    goes_to_sign_off = subject.goes_to_sign_off(c.Respond)
    if goes_to_sign_off and is_submitted(command, subject):
        subject.answer, subject.answer_is_submitted = answer, True
        return None
    found = step(command, f"Record the response {_in_words(answer)}", subject)
    subject.answer, subject.answer_is_submitted = answer, goes_to_sign_off
    return found


def _revised(answer: Answer, row: PlanRow, subject: Subject) -> Step | None:
    """A file may be older than what is on record, so a revision is never done unseen."""
    command = c.ReviseResponse(
        response=answer.response, reason=answer.reason, occurred_on=read_day(row.responded_on)
    )
    if subject.goes_to_sign_off(c.ReviseResponse) and is_submitted(command, subject):
        return None
    on_record = label(Response(subject.situation.progress.response))
    flag = WOULD_REVISE.format(on_record)
    found = step(command, f"Revise the response, to {_in_words(answer)}", subject, flag=flag)
    subject.answer = answer
    return found


def _answer_of(row: PlanRow) -> Answer | None:
    """Return the row's answer, with the reasons of both places where they may stand."""
    answer = read_answer(row.response)
    if gives_its_reasons(row):
        return Answer(Response.NOT_AGREED, row.action)
    if answer is None or not row.reason:
        return answer
    is_said_twice = alike(answer.reason) == alike(row.reason)
    reasons = [row.reason] if is_said_twice or not answer.reason else [answer.reason, row.reason]
    return Answer(answer.response, "\n".join(reasons))


def gives_its_reasons(row: PlanRow) -> bool:
    """Say whether the row refuses, and says why in the column of the action.

    The form has one column for the response and the action; nobody plans what is not agreed.
    Raises: TextUnclear.
    """
    answer = read_answer(row.response)
    refuses = answer is not None and answer.response is Response.NOT_AGREED
    has_no_reasons = answer is not None and not (answer.reason or row.reason)
    return refuses and has_no_reasons and row.action.casefold() not in NO_ACTION


def _says(answer: Answer, other: Answer) -> bool:
    """Say whether an answer is another, as far as it goes: a plan may leave out the reasons."""
    is_alike = not answer.reason or alike(answer.reason) == alike(other.reason)
    return answer.response is other.response and is_alike


def _is_known_reason(reason: str, subject: Subject) -> bool:
    given = subject.answer.reason if subject.answer else ""
    return alike(reason) in {alike(subject.situation.progress.response_reason), alike(given)}


def _in_words(answer: Answer) -> str:
    said = f"“{label(answer.response).lower()}”"
    return f"{said}, with the reasons: {answer.reason}" if answer.reason else f"{said}."
