"""Rules of target dates: the lead moves one once, from then on somebody above decides.

A date only ever moves later: work done early is reported complete early, so a date brought forward
would tell nobody anything, and would blur the count of slips.
"""

from datetime import date
from typing import assert_never
from uuid import UUID

from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.circumstances import Circumstances
from tracker.domain.decide.days import in_words, today_or_later
from tracker.domain.decide.subjects import open_action
from tracker.domain.decide.words import needed, optional
from tracker.domain.rejection import CommandRejected, NotPermitted
from tracker.domain.state import ActionState, RecommendationState
from tracker.domain.vocabulary import Role


def decide_target_date(
    command: c.TargetDateCommand, state: RecommendationState, circumstances: Circumstances
) -> tuple[e.Event, ...]:
    match command:
        case c.MoveTargetDate():
            return (_move(command, state, circumstances),)
        case c.RequestTargetDateExtension():
            return (_request(command, state, circumstances),)
        case c.DecideTargetDateExtension():
            return (_decide_request(command, state, circumstances),)
        case _:
            assert_never(command)


def _move(
    command: c.MoveTargetDate, state: RecommendationState, circumstances: Circumstances
) -> e.TargetDateExtended:
    """The first slip is the lead's to decide, with a reason; the region is told."""
    action = open_action(state, command.action_id)
    _require_none_pending(action)
    if not _lead_decides(action, circumstances):
        raise CommandRejected(
            f"Moves of this date so far: {action.slips}; the next is for the region or HMPPS to"
            " decide, so ask for more time instead.",
            code="extension_needs_request",
            field="action_id",
        )
    return e.TargetDateExtended(
        occurred_on=circumstances.today,
        action_id=command.action_id,
        previous_target_on=action.target_on,
        target_on=_later(command.target_on, action, circumstances),
        slip=action.slips + 1,
        decided=False,
        tells_region=_tells_region(circumstances),
        reason=needed(command.reason, field="reason", what="why the date moves"),
    )


def _request(
    command: c.RequestTargetDateExtension, state: RecommendationState, circumstances: Circumstances
) -> e.TargetDateExtensionRequested:
    """From the second slip on, one request at a time."""
    action = open_action(state, command.action_id)
    _require_none_pending(action)
    if _lead_decides(action, circumstances):
        raise CommandRejected(
            "The PDU lead may still move this date without asking; let the lead move it.",
            code="request_not_needed",
            field="action_id",
        )
    return e.TargetDateExtensionRequested(
        occurred_on=circumstances.today,
        action_id=command.action_id,
        target_on=_later(command.target_on, action, circumstances),
        reason=needed(command.reason, field="reason", what="why more time is needed"),
    )


def _decide_request(
    command: c.DecideTargetDateExtension, state: RecommendationState, circumstances: Circumstances
) -> e.TargetDateExtended | e.TargetDateExtensionDeclined:
    """Granting may go without words; declining says why."""
    _require_somebody_else(circumstances)
    action, asked_to = _pending_request(state, command.action_id)
    if not command.granted:
        return e.TargetDateExtensionDeclined(
            occurred_on=circumstances.today,
            action_id=command.action_id,
            target_on=asked_to,
            reason=needed(command.reason, field="reason", what="why the request is declined"),
        )
    if asked_to < circumstances.today:
        raise CommandRejected(
            f"The date asked for, {in_words(asked_to)}, has passed; decline the request, so that a"
            " later date can be asked for.",
            code="asked_date_passed",
            field="granted",
        )
    return e.TargetDateExtended(
        occurred_on=circumstances.today,
        action_id=command.action_id,
        previous_target_on=action.target_on,
        target_on=asked_to,
        slip=action.slips + 1,
        decided=True,
        tells_region=_tells_region(circumstances),
        reason=optional(command.reason, field="reason"),
    )


def _pending_request(state: RecommendationState, action_id: UUID) -> tuple[ActionState, date]:
    action = open_action(state, action_id)
    if action.extension_asked_to is None:
        raise CommandRejected(
            "Nobody asks for more time on this action; reload the page to see what is pending.",
            code="no_request_pending",
            field="action_id",
        )
    return action, action.extension_asked_to


def _tells_region(circumstances: Circumstances) -> bool:
    """A regional lead who moves or grants it knows already."""
    is_its_own = circumstances.role is Role.REGIONAL_LEAD
    return circumstances.practice.region_hears_of_slips and not is_its_own


def _lead_decides(action: ActionState, circumstances: Circumstances) -> bool:
    return action.slips < circumstances.practice.slips_decided_by_the_lead


def _require_none_pending(action: ActionState) -> None:
    if action.extension_asked_to is not None:
        raise CommandRejected(
            f"More time, until {in_words(action.extension_asked_to)}, is asked for already; wait"
            " for that decision.",
            code="request_pending",
            field="action_id",
        )


def _require_somebody_else(circumstances: Circumstances) -> None:
    """Nobody marks their own homework: the region does not decide what the region asks for."""
    if circumstances.addressed_to_region and circumstances.role is Role.REGIONAL_LEAD:
        raise NotPermitted(
            "This recommendation is addressed to the region itself; an HMPPS co-ordinator decides"
            " its requests for more time.",
            code="own_request",
        )


def _later(target_on: date, action: ActionState, circumstances: Circumstances) -> date:
    if target_on <= action.target_on:
        raise CommandRejected(
            f"The date is {in_words(action.target_on)} now; give a later one (work done early is"
            " simply reported complete).",
            code="date_not_later",
            field="target_on",
        )
    return today_or_later(target_on, today=circumstances.today, field="target_on")
