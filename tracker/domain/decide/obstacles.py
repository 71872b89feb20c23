"""Rules of obstacles: what blocks the work, and who above is asked to help."""

from typing import assert_never
from uuid import UUID

from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.circumstances import Circumstances
from tracker.domain.decide.days import in_words, past_or_today, today_or_later
from tracker.domain.decide.subjects import open_action
from tracker.domain.decide.words import SHORT, needed, optional
from tracker.domain.rejection import CommandRejected, NotPermitted
from tracker.domain.roles import DECIDERS, NAMES
from tracker.domain.state import BlockerState, RecommendationState
from tracker.domain.vocabulary import Role


def decide_obstacle(
    command: c.ObstacleCommand, state: RecommendationState, circumstances: Circumstances
) -> tuple[e.Event, ...]:
    match command:
        case c.RecordBlocker():
            event: e.Event = _record_blocker(command, state, circumstances)
        case c.ReviseBlockerForecast():
            event = _revise_forecast(command, state, circumstances)
        case c.ClearBlocker():
            event = _clear_blocker(command, state, circumstances)
        case c.RaiseEscalation():
            event = _raise_escalation(command, circumstances)
        case c.AnswerEscalation():
            event = _answer_escalation(command, state, circumstances)
        case _:
            assert_never(command)
    return (event,)


def _record_blocker(
    command: c.RecordBlocker, state: RecommendationState, circumstances: Circumstances
) -> e.BlockerRecorded:
    """A blocker names its cause, who controls it, and when it should be out of the way."""
    if command.action_id is not None:
        open_action(state, command.action_id)
    today = circumstances.today
    return e.BlockerRecorded(
        occurred_on=past_or_today(command.occurred_on, today=today),
        blocker_id=circumstances.new_id,
        action_id=command.action_id,
        forecast_on=today_or_later(command.forecast_on, today=today, field="forecast_on"),
        cause=needed(command.cause, field="cause", what="what stands in the way"),
        controlled_by=needed(
            command.controlled_by, field="controlled_by", what="who controls it", limit=SHORT
        ),
        risk_register_reference=optional(
            command.risk_register_reference, field="risk_register_reference", limit=SHORT
        ),
    )


def _revise_forecast(
    command: c.ReviseBlockerForecast, state: RecommendationState, circumstances: Circumstances
) -> e.BlockerForecastRevised:
    blocker = _standing_blocker(state, command.blocker_id)
    if command.forecast_on == blocker.forecast_on:
        raise CommandRejected(
            f"The forecast is {in_words(blocker.forecast_on)} already; give another date to revise"
            " it.",
            code="nothing_changes",
            field="forecast_on",
        )
    return e.BlockerForecastRevised(
        occurred_on=circumstances.today,
        blocker_id=command.blocker_id,
        previous_forecast_on=blocker.forecast_on,
        forecast_on=today_or_later(
            command.forecast_on, today=circumstances.today, field="forecast_on"
        ),
        reason=needed(command.reason, field="reason", what="why the forecast changes"),
    )


def _clear_blocker(
    command: c.ClearBlocker, state: RecommendationState, circumstances: Circumstances
) -> e.BlockerCleared:
    _standing_blocker(state, command.blocker_id)
    return e.BlockerCleared(
        occurred_on=past_or_today(command.occurred_on, today=circumstances.today),
        blocker_id=command.blocker_id,
        note=optional(command.note, field="note"),
    )


def _standing_blocker(state: RecommendationState, blocker_id: UUID) -> BlockerState:
    if (blocker := state.blockers.get(blocker_id)) is None:
        raise CommandRejected(
            "No such blocker stands (it may be cleared already); reload the page to see those that"
            " stand.",
            code="blocker_unknown",
            field="blocker_id",
        )
    return blocker


def _raise_escalation(
    command: c.RaiseEscalation, circumstances: Circumstances
) -> e.EscalationRaised:
    """Upwards only: to the region, or to HMPPS; a region's own goes to HMPPS."""
    above = DECIDERS - {Role.REGIONAL_LEAD} if circumstances.addressed_to_region else DECIDERS
    if command.addressed_to not in above:
        asked = " or ".join(NAMES[role] for role in sorted(above, reverse=True))
        raise CommandRejected(
            f"This cannot be escalated to {NAMES[command.addressed_to]}; escalate to {asked}.",
            code="not_above",
            field="addressed_to",
        )
    return e.EscalationRaised(
        occurred_on=circumstances.today,
        escalation_id=circumstances.new_id,
        addressed_to=command.addressed_to,
        reply_by=today_or_later(command.reply_by, today=circumstances.today, field="reply_by"),
        asked=needed(command.asked, field="asked", what="what is asked"),
    )


def _answer_escalation(
    command: c.AnswerEscalation, state: RecommendationState, circumstances: Circumstances
) -> e.EscalationAnswered:
    """Whoever was asked answers, and nobody in their place."""
    asked = state.escalations.get(command.escalation_id)
    if asked is None:
        raise CommandRejected(
            "No such escalation is waiting (it may be answered already); reload the page to see"
            " those that wait.",
            code="escalation_unknown",
            field="escalation_id",
        )
    if asked is not circumstances.role:
        raise NotPermitted(
            f"This escalation asks {NAMES[asked]}; leave the answer to them.",
            code="not_the_one_asked",
        )
    return e.EscalationAnswered(
        occurred_on=circumstances.today,
        escalation_id=command.escalation_id,
        answer=needed(command.answer, field="answer", what="what the answer is"),
    )
