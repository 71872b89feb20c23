"""Rules of the response axis: who answers for a recommendation, and whether it is agreed."""

from datetime import date
from typing import assert_never

from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.circumstances import Circumstances
from tracker.domain.decide.days import in_words, past_or_today
from tracker.domain.decide.subjects import member_name, require_no_claim
from tracker.domain.decide.words import needed, optional
from tracker.domain.rejection import CommandRejected
from tracker.domain.state import RecommendationState
from tracker.domain.vocabulary import ActionStatus, Response


def decide_response(
    command: c.ResponseCommand, state: RecommendationState, circumstances: Circumstances
) -> tuple[e.Event, ...]:
    match command:
        case c.Assign():
            return (_assign(command, state, circumstances),)
        case c.Respond():
            return (_respond(command, state, circumstances),)
        case c.ReviseResponse():
            return (_revise(command, state, circumstances),)
        case _:
            assert_never(command)


def _assign(
    command: c.Assign, state: RecommendationState, circumstances: Circumstances
) -> e.RecommendationAssigned:
    name = member_name(circumstances, command.accountable_id)
    if command.accountable_id == state.accountable_id:
        raise CommandRejected(
            "This person is already accountable for it; choose somebody else to hand it over.",
            code="nothing_changes",
            field="accountable_id",
        )
    return e.RecommendationAssigned(
        occurred_on=circumstances.today,
        accountable_id=command.accountable_id,
        accountable_name=name,
    )


def _respond(
    command: c.Respond, state: RecommendationState, circumstances: Circumstances
) -> e.ResponseRecorded:
    if state.response is not Response.AWAITING:
        raise CommandRejected(
            "The recommendation has its response already; revise that response instead.",
            code="already_responded",
        )
    return e.ResponseRecorded(
        occurred_on=_answered_on(command, state, circumstances.today),
        response=command.response,
        reason=_reason(command),
    )


def _revise(
    command: c.ReviseResponse, state: RecommendationState, circumstances: Circumstances
) -> e.ResponseRevised:
    """A new reason for the same partial or refused answer is a revision; agreeing twice is not."""
    if state.response is Response.AWAITING:
        raise CommandRejected(
            "The recommendation has no response yet; record the first response instead.",
            code="not_yet_responded",
        )
    if state.response is command.response is Response.AGREED:
        raise CommandRejected(
            "The recommendation is already agreed; choose another answer to revise it.",
            code="nothing_changes",
            field="response",
        )
    if command.response is Response.NOT_AGREED:
        require_no_claim(state)
        _require_no_open_action(state)
    return e.ResponseRevised(
        occurred_on=_answered_on(command, state, circumstances.today),
        response=command.response,
        reason=_reason(command),
    )


def _answered_on(
    command: c.Respond | c.ReviseResponse, state: RecommendationState, today: date
) -> date:
    """Work may begin before a report is published; an answer to it cannot be given before."""
    day = past_or_today(command.occurred_on, today=today)
    published = state.published_on
    if published and day < published:
        raise CommandRejected(
            f"{in_words(day)} is before the report was published, on {in_words(published)}; give"
            " that day or a later one.",
            code="before_publication",
            field="occurred_on",
        )
    return day


def _require_no_open_action(state: RecommendationState) -> None:
    """What will not be implemented cannot leave actions hanging."""
    count = sum(action.status is ActionStatus.OPEN for action in state.actions.values())
    if count:
        noun = "action is" if count == 1 else "actions are"
        raise CommandRejected(
            f"{count} {noun} still open, so it cannot become not agreed; withdraw them first.",
            code="actions_open",
            field="response",
        )


def _reason(command: c.Respond | c.ReviseResponse) -> str:
    """Agreed needs no reason; partly agreed says which part; not agreed says why."""
    match command.response:
        case Response.AWAITING:
            raise CommandRejected(
                "No answer was given; choose agreed, partly agreed or not agreed.",
                code="response_missing",
                field="response",
            )
        case Response.AGREED:
            return optional(command.reason, field="reason")
        case Response.PARTLY_AGREED:
            return needed(command.reason, field="reason", what="which part is agreed")
        case Response.NOT_AGREED:
            return needed(command.reason, field="reason", what="why it is not agreed")
        case _:
            assert_never(command.response)
