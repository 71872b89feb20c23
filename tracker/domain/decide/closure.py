"""Rules of the end: closing, reopening, carrying forward, and what came back elsewhere."""

from datetime import date, timedelta
from typing import assert_never

from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.circumstances import Circumstances
from tracker.domain.decide.words import needed
from tracker.domain.rejection import CommandRejected
from tracker.domain.state import RecommendationState
from tracker.domain.vocabulary import NOT_JUDGED, Closure, Response


def decide_closure(
    command: c.ClosureCommand, state: RecommendationState, circumstances: Circumstances
) -> tuple[e.Event, ...]:
    match command:
        case c.CloseRecommendation():
            event: e.Event = _close(command, state, circumstances)
        case c.ReopenRecommendation():
            event = _reopen(command, state, circumstances)
        case c.CarryForward():
            event = _carry_forward(command, circumstances)
        case c.LeaveOpen():
            event = _leave_open(command, state, circumstances)
        case c.ConfirmRecurrence():
            event = _confirm_recurrence(command, state, circumstances)
        case _:
            assert_never(command)
    return (event,)


def _close(
    command: c.CloseRecommendation, state: RecommendationState, circumstances: Circumstances
) -> e.RecommendationClosed:
    """After a judgement, or when the refusal of the recommendation is accepted."""
    match command.closure:
        case Closure.CARRIED_FORWARD:
            raise CommandRejected(
                "A recommendation is carried forward by naming those it goes on as; use “carry"
                " forward” instead.",
                code="use_carry_forward",
                field="closure",
            )
        case Closure.NOT_AGREED_ACCEPTED:
            _require_refusal(state)
        case Closure.ACHIEVED | Closure.NOT_ACHIEVED | Closure.NO_LONGER_RELEVANT:
            _require_judgement(state)
            _require_progress(command.closure, state, circumstances)
        case _:
            assert_never(command.closure)
    return e.RecommendationClosed(
        occurred_on=circumstances.today,
        closure=command.closure,
        reason=needed(command.reason, field="reason", what="why it is closed"),
    )


def _require_refusal(state: RecommendationState) -> None:
    if state.response is not Response.NOT_AGREED:
        raise CommandRejected(
            "The provider has not refused this recommendation; close it on another ground.",
            code="not_refused",
            field="closure",
        )


def _require_judgement(state: RecommendationState) -> None:
    if state.judgement == NOT_JUDGED:
        raise CommandRejected(
            "Progress is not judged yet; judge it first, then close the recommendation.",
            code="not_judged",
            field="closure",
        )


def _require_progress(
    closure: Closure, state: RecommendationState, circumstances: Circumstances
) -> None:
    """What was judged on the lowest step of the scale is not achieved by closing it."""
    if closure is Closure.ACHIEVED and state.judgement == circumstances.practice.judgements[0]:
        raise CommandRejected(
            "No progress is judged, so it is not achieved; judge it anew if that has changed, or"
            " close it on another ground.",
            code="no_progress_judged",
            field="closure",
        )


def _reopen(
    command: c.ReopenRecommendation, state: RecommendationState, circumstances: Circumstances
) -> e.RecommendationReopened:
    if state.closure is None:
        raise CommandRejected(
            "The recommendation is open, so there is nothing to reopen; carry on with it.",
            code="not_closed",
        )
    return e.RecommendationReopened(
        occurred_on=circumstances.today,
        reason=needed(command.reason, field="reason", what="why it is reopened"),
    )


def _carry_forward(
    command: c.CarryForward, circumstances: Circumstances
) -> e.RecommendationCarriedForward:
    """Names one or more recommendations of the provider's later report; needs no judgement."""
    carried_into = tuple(sorted(set(command.carried_into)))
    if not carried_into or not circumstances.pointable_recommendations.issuperset(carried_into):
        raise CommandRejected(
            "It can only go on as recommendations of the provider’s later report; choose one or"
            " more of those.",
            code="not_a_later_recommendation",
            field="carried_into",
        )
    return e.RecommendationCarriedForward(
        occurred_on=circumstances.today,
        carried_into=carried_into,
        reason=needed(command.reason, field="reason", what="why it is carried forward"),
    )


def _leave_open(
    command: c.LeaveOpen, state: RecommendationState, circumstances: Circumstances
) -> e.RecommendationLeftOpen:
    """After the latest inspection of the provider, once; the reason stays on record."""
    if command.inspection_id != circumstances.inspected_again_at:
        raise CommandRejected(
            "That is not the latest inspection of the provider since; open the list of its earlier"
            " recommendations afresh.",
            code="not_the_latest_inspection",
            field="inspection_id",
        )
    if command.inspection_id == state.left_open_at:
        raise CommandRejected(
            "It is left open after that inspection already; close it or carry it forward if that"
            " has changed.",
            code="nothing_changes",
            field="inspection_id",
        )
    return e.RecommendationLeftOpen(
        occurred_on=circumstances.today,
        inspection_id=command.inspection_id,
        response_due_on=_response_asked_for(state, circumstances),
        reason=needed(command.reason, field="reason", what="why it is left open"),
    )


def _response_asked_for(state: RecommendationState, circumstances: Circumstances) -> date | None:
    """Return by when to answer a recommendation that nobody was asked to answer before."""
    if state.response_due_on is not None or state.response is not Response.AWAITING:
        return None
    return circumstances.today + timedelta(days=circumstances.practice.response_due_after_days)


def _confirm_recurrence(
    command: c.ConfirmRecurrence, state: RecommendationState, circumstances: Circumstances
) -> e.RecurrenceConfirmed:
    """Another recommendation, of the same or another provider, each confirmed once."""
    other = command.other_recommendation_id
    if other not in circumstances.pointable_recommendations:
        raise CommandRejected(
            "This is no other published recommendation; choose the one where the matter recurred.",
            code="recommendation_unknown",
            field="other_recommendation_id",
        )
    if other in state.recurrences:
        raise CommandRejected(
            "This recurrence is confirmed already; choose another recommendation.",
            code="nothing_changes",
            field="other_recommendation_id",
        )
    return e.RecurrenceConfirmed(
        occurred_on=circumstances.today,
        other_recommendation_id=other,
        rationale=needed(command.rationale, field="rationale", what="how the matter recurred"),
    )
