"""How each event changes the read models. Rules that decide anything are in the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never
from uuid import uuid5

from tracker.domain import events as e
from tracker.domain.evolve import evolve
from tracker.domain.vocabulary import ActionStatus, Language, Review
from tracker.models import ActionProgress, EvidenceProgress, RecommendationLink
from tracker.projections.attention import mirror_attention
from tracker.projections.measures import apply_measure
from tracker.projections.obstacles import apply_obstacle

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from tracker.domain.state import RecommendationState
    from tracker.event_store import RecordedEvent
    from tracker.projections.sheet import Sheet


def apply(sheet: Sheet, recorded: RecordedEvent) -> None:
    """Change the sheet by one event."""
    sheet.state = evolve(sheet.state, recorded.event)
    _apply_axis(sheet, recorded)
    _mirror_state(sheet, recorded.event)
    mirror_attention(sheet.progress, recorded)


def _apply_axis(sheet: Sheet, recorded: RecordedEvent) -> None:
    event = recorded.event
    if isinstance(event, e.PublicationEvent):
        _apply_publication(sheet, event)
    elif isinstance(event, e.ResponseEvent):
        _apply_response(sheet, event)
    elif isinstance(event, e.ActionEvent):
        _apply_action(sheet, event)
    elif isinstance(event, e.ObstacleEvent):
        apply_obstacle(sheet, event)
    elif isinstance(event, e.MeasureEvent):
        apply_measure(sheet, event, recorded)
    elif isinstance(event, e.ProgressEvent):
        _apply_progress(sheet, event, recorded.event_id)
    elif isinstance(event, e.JudgementEvent):
        _apply_judgement(sheet, event, recorded.event_id)
    else:
        assert_never(event)


def _mirror_state(sheet: Sheet, event: e.Event) -> None:
    """Copy what lists filter and sort by from the folded state."""
    state, progress = sheet.state, sheet.progress
    progress.version = state.version
    progress.provider_id = state.provider_id
    progress.response = state.response
    progress.delivery = state.delivery
    progress.review = _review_that_holds(sheet, event)
    progress.judgement = state.judgement
    progress.closure = state.closure or ""
    progress.is_open = state.is_open
    progress.is_withdrawn = state.withdrawn
    progress.is_blocked = bool(state.blockers)
    progress.accountable_id = state.accountable_id
    progress.last_said_on = state.last_said_on
    progress.next_target_on = _next_target_on(state)
    if not progress.closure:
        progress.closed_on = None


def _review_that_holds(sheet: Sheet, event: e.Event) -> str:
    """Return the inspector's review as it still asks something of somebody.

    A request for further evidence ends with the judgement that follows it, and every review with
    the recommendation. The axis itself, which the rules read, stays as the state has it.
    """
    review, shown = sheet.state.review, sheet.progress.review
    if not sheet.state.is_open:
        return Review.NONE
    if review is not Review.FURTHER_EVIDENCE_REQUESTED or isinstance(
        event, e.FurtherEvidenceRequested
    ):
        return review
    return Review.NONE if isinstance(event, e.ProgressJudged) else shown


def _next_target_on(state: RecommendationState) -> date | None:
    open_actions = (each for each in state.actions.values() if each.status is ActionStatus.OPEN)
    return min((action.target_on for action in open_actions), default=None)


def _apply_publication(sheet: Sheet, event: e.PublicationEvent) -> None:
    progress = sheet.progress
    match event:
        case e.RecommendationPublished():
            progress.wording = event.wording or ""
            progress.published_on = event.occurred_on
            progress.response_due_on = event.response_due_on
        case e.RecommendationWordingCorrected(language=Language.ENGLISH):
            progress.wording = event.wording or ""
        case e.RecommendationWordingCorrected():
            progress.wording_cy = event.wording or ""
        case (
            e.RecommendationBasisLinked()
            | e.PublicationWithdrawn()
            | e.RecommendationTransferred()
            | e.PersonalDataRedacted()
        ):
            pass  # the state says it all
        case _:
            assert_never(event)


def _apply_response(sheet: Sheet, event: e.ResponseEvent) -> None:
    match event:
        case e.ResponseRecorded() | e.ResponseRevised():
            sheet.progress.response_reason = event.reason or ""
        case e.RecommendationAssigned():
            pass  # the state says it all
        case _:
            assert_never(event)


def _apply_action(sheet: Sheet, event: e.ActionEvent) -> None:
    if isinstance(event, e.ActionPlanned):
        sheet.add(_planned(sheet, event))
    row = sheet.find(ActionProgress, event.action_id)
    if row is None:
        return
    stands = sheet.state.actions[event.action_id]
    row.accountable_id = stands.accountable_id
    row.status = stands.status
    row.target_on = stands.target_on
    row.slips = stands.slips
    row.extension_asked_to = stands.extension_asked_to
    if isinstance(event, e.TargetDateExtended):
        row.moved_on = event.occurred_on
        row.tells_region = event.tells_region
    elif isinstance(event, e.ActionReportedComplete):
        row.completed_on = event.occurred_on
    elif isinstance(event, e.ActionReopened):
        row.completed_on = None


def _planned(sheet: Sheet, event: e.ActionPlanned) -> ActionProgress:
    return ActionProgress(
        action_id=event.action_id,
        recommendation_id=sheet.recommendation_id,
        planned_version=sheet.state.version,
        description=event.description or "",
        accountable_id=event.accountable_id,
        delivered_by=event.delivered_by or "",
        original_target_on=event.target_on,
        target_on=event.target_on,
    )


def _apply_progress(sheet: Sheet, event: e.ProgressEvent, event_id: UUID) -> None:
    match event:
        case e.ProgressUpdateRecorded():
            sheet.progress.latest_update = event.text or ""
            sheet.progress.latest_update_id = event_id
            _mark_updated(sheet, event.action_id)
        case e.ProgressUpdateCorrected():
            if sheet.progress.latest_update_id == event.corrects:
                sheet.progress.latest_update = event.text or ""
        case e.EvidenceAttached():
            sheet.add(_attached(sheet, event))
        case e.EvidenceWithdrawn():
            row = sheet.find(EvidenceProgress, event.evidence_id)
            if row is not None:
                row.is_withdrawn = True
        case (
            e.ReviewedWithoutChange()
            | e.RecommendationReportedComplete()
            | e.CompletionClaimWithdrawn()
        ):
            pass  # the state says it all
        case _:
            assert_never(event)


def _mark_updated(sheet: Sheet, action_id: UUID | None) -> None:
    row = sheet.find(ActionProgress, action_id)
    if row is not None:
        row.has_update = True


def _attached(sheet: Sheet, event: e.EvidenceAttached) -> EvidenceProgress:
    return EvidenceProgress(
        evidence_id=event.evidence_id,
        recommendation_id=sheet.recommendation_id,
        attached_version=sheet.state.version,
        action_id=event.action_id,
        kind=event.kind,
        file_id=event.file_id,
        title=event.title or "",
        location=event.location or "",
        sha256=event.sha256,
        effective_on=event.occurred_on,
    )


def _apply_judgement(sheet: Sheet, event: e.JudgementEvent, event_id: UUID) -> None:
    match event:
        case e.RecommendationClosed():
            sheet.progress.closed_on = event.occurred_on
        case e.RecommendationCarriedForward():
            sheet.progress.closed_on = event.occurred_on
            for other in event.carried_into:
                sheet.add(_link(sheet, event_id, other, RecommendationLink.Kind.CARRIED_FORWARD))
        case e.RecurrenceConfirmed():
            other = event.other_recommendation_id
            sheet.add(_link(sheet, event_id, other, RecommendationLink.Kind.RECURRENCE))
        case e.RecommendationLeftOpen():
            sheet.progress.left_open_at_id = event.inspection_id
            sheet.progress.response_due_on = sheet.state.response_due_on
        case (
            e.ReviewStarted()
            | e.FurtherEvidenceRequested()
            | e.ProgressJudged()
            | e.RecommendationReopened()
        ):
            pass  # the state says it all
        case _:
            assert_never(event)


def _link(sheet: Sheet, event_id: UUID, other: int, kind: str) -> RecommendationLink:
    return RecommendationLink(
        link_id=uuid5(event_id, str(other)),
        recommendation_id=sheet.recommendation_id,
        other_id=other,
        kind=kind,
        said_version=sheet.state.version,
    )
