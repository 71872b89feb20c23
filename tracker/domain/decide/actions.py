"""Rules of planned actions: planning, owners, completion, reopening and withdrawal."""

from typing import assert_never

from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.circumstances import Circumstances
from tracker.domain.decide.days import past_or_today, today_or_later
from tracker.domain.decide.subjects import (
    known_action,
    member_name,
    open_action,
    require_agreement,
    require_no_claim,
)
from tracker.domain.decide.words import SHORT, needed, optional
from tracker.domain.rejection import CommandRejected
from tracker.domain.state import RecommendationState
from tracker.domain.vocabulary import ActionStatus


def decide_action(
    command: c.ActionCommand, state: RecommendationState, circumstances: Circumstances
) -> tuple[e.Event, ...]:
    match command:
        case c.PlanAction():
            event: e.Event = _plan(command, state, circumstances)
        case c.ChangeActionOwner():
            event = _change_owner(command, state, circumstances)
        case c.ReportActionComplete():
            event = _report_complete(command, state, circumstances)
        case c.ReopenAction():
            event = _reopen(command, state, circumstances)
        case c.WithdrawAction():
            event = _withdraw(command, state, circumstances)
        case _:
            assert_never(command)
    return (event,)


def _plan(
    command: c.PlanAction, state: RecommendationState, circumstances: Circumstances
) -> e.ActionPlanned:
    """Only for what is agreed, wholly or partly, and not while it is reported complete."""
    require_agreement(state)
    require_no_claim(state)
    return e.ActionPlanned(
        occurred_on=circumstances.today,
        action_id=circumstances.new_id,
        accountable_id=command.accountable_id,
        target_on=today_or_later(command.target_on, today=circumstances.today, field="target_on"),
        description=needed(command.description, field="description", what="what will be done"),
        accountable_name=member_name(circumstances, command.accountable_id),
        delivered_by=needed(
            command.delivered_by,
            field="delivered_by",
            what="which body or post delivers it",
            limit=SHORT,
        ),
    )


def _change_owner(
    command: c.ChangeActionOwner, state: RecommendationState, circumstances: Circumstances
) -> e.ActionOwnerChanged:
    action = open_action(state, command.action_id)
    name = member_name(circumstances, command.accountable_id)
    if command.accountable_id == action.accountable_id:
        raise CommandRejected(
            "This person owns the action already; choose somebody else to hand it over.",
            code="nothing_changes",
            field="accountable_id",
        )
    return e.ActionOwnerChanged(
        occurred_on=circumstances.today,
        action_id=command.action_id,
        accountable_id=command.accountable_id,
        accountable_name=name,
        reason=optional(command.reason, field="reason"),
    )


def _report_complete(
    command: c.ReportActionComplete, state: RecommendationState, circumstances: Circumstances
) -> e.ActionReportedComplete:
    """Complete needs at least one update on this very action."""
    if not open_action(state, command.action_id).has_update:
        raise CommandRejected(
            "No update on this action was ever recorded; record what was done, then report it"
            " complete.",
            code="update_missing",
            field="action_id",
        )
    return e.ActionReportedComplete(
        occurred_on=past_or_today(command.occurred_on, today=circumstances.today),
        action_id=command.action_id,
        note=optional(command.note, field="note"),
    )


def _reopen(
    command: c.ReopenAction, state: RecommendationState, circumstances: Circumstances
) -> e.ActionReopened:
    """A complete or withdrawn action goes on, as long as the recommendation does."""
    if known_action(state, command.action_id).status is ActionStatus.OPEN:
        raise CommandRejected(
            "This action is open, so there is nothing to reopen; carry on with it.",
            code="action_open",
            field="action_id",
        )
    require_agreement(state)
    require_no_claim(state)
    return e.ActionReopened(
        occurred_on=circumstances.today,
        action_id=command.action_id,
        reason=needed(command.reason, field="reason", what="why the action is reopened"),
    )


def _withdraw(
    command: c.WithdrawAction, state: RecommendationState, circumstances: Circumstances
) -> e.ActionWithdrawn:
    open_action(state, command.action_id)
    return e.ActionWithdrawn(
        occurred_on=circumstances.today,
        action_id=command.action_id,
        reason=needed(command.reason, field="reason", what="why the action is withdrawn"),
    )
