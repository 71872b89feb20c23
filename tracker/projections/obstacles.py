"""How the events of blockers and escalations change the read models."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from tracker.domain import events as e
from tracker.models import ActionProgress, BlockerProgress, EscalationProgress

if TYPE_CHECKING:
    from uuid import UUID

    from tracker.projections.sheet import Sheet


def apply_obstacle(sheet: Sheet, event: e.ObstacleEvent) -> None:
    """Change the sheet by an event of a blocker or an escalation."""
    match event:
        case e.BlockerRecorded():
            sheet.add(_recorded(sheet, event))
            _mirror_block(sheet, event.action_id)
        case e.BlockerForecastRevised():
            _revise(sheet, event)
        case e.BlockerCleared():
            _clear(sheet, event)
        case e.EscalationRaised():
            sheet.add(_raised(sheet, event))
        case e.EscalationAnswered():
            _answer(sheet, event)
        case _:
            assert_never(event)


def _recorded(sheet: Sheet, event: e.BlockerRecorded) -> BlockerProgress:
    return BlockerProgress(
        blocker_id=event.blocker_id,
        recommendation_id=sheet.recommendation_id,
        recorded_version=sheet.state.version,
        action_id=event.action_id,
        cause=event.cause or "",
        controlled_by=event.controlled_by or "",
        risk_register_reference=event.risk_register_reference or "",
        recorded_on=event.occurred_on,
        original_forecast_on=event.forecast_on,
        forecast_on=event.forecast_on,
    )


def _revise(sheet: Sheet, event: e.BlockerForecastRevised) -> None:
    row = sheet.find(BlockerProgress, event.blocker_id)
    if row is not None:
        row.forecast_on = event.forecast_on
        row.revisions += 1


def _clear(sheet: Sheet, event: e.BlockerCleared) -> None:
    row = sheet.find(BlockerProgress, event.blocker_id)
    if row is not None:
        row.is_cleared = True
        row.cleared_on = event.occurred_on
        _mirror_block(sheet, row.action_id)


def _mirror_block(sheet: Sheet, action_id: UUID | None) -> None:
    row = sheet.find(ActionProgress, action_id)
    if row is not None:
        blocked = {blocker.action_id for blocker in sheet.state.blockers.values()}
        row.is_blocked = action_id in blocked


def _raised(sheet: Sheet, event: e.EscalationRaised) -> EscalationProgress:
    return EscalationProgress(
        escalation_id=event.escalation_id,
        recommendation_id=sheet.recommendation_id,
        raised_version=sheet.state.version,
        addressed_to=event.addressed_to,
        asked=event.asked or "",
        raised_on=event.occurred_on,
        reply_by=event.reply_by,
    )


def _answer(sheet: Sheet, event: e.EscalationAnswered) -> None:
    row = sheet.find(EscalationProgress, event.escalation_id)
    if row is not None:
        row.is_answered = True
        row.answer = event.answer or ""
        row.answered_on = event.occurred_on
