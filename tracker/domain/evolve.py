"""How each event changes what the rules remember. Total: it refuses nothing and reads no free text.

An as-at view folds only part of a stream, so an event may speak of an action or a blocker whose
beginning was left out: it then changes nothing but the version.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeAlias, TypeVar, assert_never

from tracker.domain import events as e
from tracker.domain.state import ActionState, Basis, BlockerState, RecommendationState
from tracker.domain.vocabulary import ActionStatus, Closure, Delivery, FigureSource, Review

ActionChange: TypeAlias = (
    e.ActionOwnerChanged
    | e.ActionReportedComplete
    | e.ActionReopened
    | e.ActionWithdrawn
    | e.TargetDateExtended
    | e.TargetDateExtensionRequested
    | e.TargetDateExtensionDeclined
)
Key = TypeVar("Key")
Value = TypeVar("Value")


def fold(
    events: Iterable[e.Event], state: RecommendationState | None = None
) -> RecommendationState:
    """Return the state after `events`, on top of `state` or of the stream that does not exist."""
    current = RecommendationState() if state is None else state
    for event in events:
        current = evolve(current, event)
    return current


def evolve(state: RecommendationState, event: e.Event) -> RecommendationState:
    """Return the state after one more event."""
    said_on = _said_on(event)
    last_said_on = max((day for day in (state.last_said_on, said_on) if day), default=None)
    return replace(_evolve_axis(state, event), version=state.version + 1, last_said_on=last_said_on)


def _evolve_axis(state: RecommendationState, event: e.Event) -> RecommendationState:
    if isinstance(event, e.PublicationEvent):
        changed = _evolve_publication(state, event)
    elif isinstance(event, e.ResponseEvent):
        changed = _evolve_response(state, event)
    elif isinstance(event, e.ActionEvent):
        changed = _evolve_actions(state, event)
    elif isinstance(event, e.ObstacleEvent):
        changed = _evolve_obstacles(state, event)
    elif isinstance(event, e.MeasureEvent):
        changed = _evolve_measures(state, event)
    elif isinstance(event, e.ProgressEvent):
        changed = _evolve_progress(state, event)
    elif isinstance(event, e.JudgementEvent):
        changed = _evolve_judgement(state, event)
    else:
        assert_never(event)
    return changed


def _evolve_publication(
    state: RecommendationState, event: e.PublicationEvent
) -> RecommendationState:
    match event:
        case e.RecommendationPublished():
            return replace(
                state,
                inspection_id=event.inspection_id,
                provider_id=event.provider_id,
                framework=event.framework,
                published_on=event.occurred_on,
                response_due_on=event.response_due_on,
            )
        case e.RecommendationBasisLinked():
            basis = Basis(
                standards=event.standards,
                key_questions=event.key_questions,
                findings=event.findings,
                themes=event.themes,
            )
            return replace(state, basis=basis)
        case e.PublicationWithdrawn():
            return replace(state, withdrawn=True)
        case e.RecommendationTransferred():
            former = (*state.former_provider_ids, event.from_provider_id)
            return replace(state, provider_id=event.to_provider_id, former_provider_ids=former)
        case e.RecommendationWordingCorrected() | e.PersonalDataRedacted():
            return state
        case _:
            assert_never(event)


def _evolve_response(state: RecommendationState, event: e.ResponseEvent) -> RecommendationState:
    match event:
        case e.RecommendationAssigned():
            return replace(state, accountable_id=event.accountable_id)
        case e.ResponseRecorded() | e.ResponseRevised():
            return replace(state, response=event.response)
        case _:
            assert_never(event)


def _evolve_actions(state: RecommendationState, event: e.ActionEvent) -> RecommendationState:
    if isinstance(event, e.ActionPlanned):
        planned = ActionState(accountable_id=event.accountable_id, target_on=event.target_on)
        return replace(state, actions=_with(state.actions, event.action_id, planned))
    if isinstance(event, e.ActionReportedComplete):
        state = _delivery_begun(state)
    action = state.actions.get(event.action_id)
    if action is None:
        return state
    changed = _evolve_action(action, event)
    return replace(state, actions=_with(state.actions, event.action_id, changed))


def _evolve_action(action: ActionState, event: ActionChange) -> ActionState:
    match event:
        case e.ActionOwnerChanged():
            changed = replace(action, accountable_id=event.accountable_id)
        case e.ActionReportedComplete():
            changed = replace(
                action, status=ActionStatus.REPORTED_COMPLETE, extension_asked_to=None
            )
        case e.ActionReopened():
            changed = replace(action, status=ActionStatus.OPEN)
        case e.ActionWithdrawn():
            changed = replace(action, status=ActionStatus.WITHDRAWN, extension_asked_to=None)
        case e.TargetDateExtended():
            changed = replace(
                action, target_on=event.target_on, slips=event.slip, extension_asked_to=None
            )
        case e.TargetDateExtensionRequested():
            changed = replace(action, extension_asked_to=event.target_on)
        case e.TargetDateExtensionDeclined():
            changed = replace(action, extension_asked_to=None)
        case _:
            assert_never(event)
    return changed


def _evolve_obstacles(state: RecommendationState, event: e.ObstacleEvent) -> RecommendationState:
    match event:
        case e.BlockerRecorded():
            blocker = BlockerState(action_id=event.action_id, forecast_on=event.forecast_on)
            return replace(state, blockers=_with(state.blockers, event.blocker_id, blocker))
        case e.BlockerForecastRevised():
            if (standing := state.blockers.get(event.blocker_id)) is None:
                return state
            revised = replace(standing, forecast_on=event.forecast_on)
            return replace(state, blockers=_with(state.blockers, event.blocker_id, revised))
        case e.BlockerCleared():
            return replace(state, blockers=_without(state.blockers, event.blocker_id))
        case e.EscalationRaised():
            asked = _with(state.escalations, event.escalation_id, event.addressed_to)
            return replace(state, escalations=asked)
        case e.EscalationAnswered():
            return replace(state, escalations=_without(state.escalations, event.escalation_id))
        case _:
            assert_never(event)


def _evolve_measures(state: RecommendationState, event: e.MeasureEvent) -> RecommendationState:
    match event:
        case e.MeasureDefined():
            return replace(state, measures=_with(state.measures, event.measure_id, event.unit))
        case e.MeasureFigureRecorded():
            return state
        case _:
            assert_never(event)


def _evolve_progress(state: RecommendationState, event: e.ProgressEvent) -> RecommendationState:
    match event:
        case e.ProgressUpdateRecorded():
            changed = _updated(state, event)
        case e.EvidenceAttached():
            evidence = _with(state.evidence, event.evidence_id, event.sha256)
            changed = replace(state, evidence=evidence)
        case e.EvidenceWithdrawn():
            changed = replace(state, evidence=_without(state.evidence, event.evidence_id))
        case e.RecommendationReportedComplete():
            changed = _claimed(state)
        case e.CompletionClaimWithdrawn():
            changed = replace(state, delivery=Delivery.IN_PROGRESS)
        case e.ReviewedWithoutChange() | e.ProgressUpdateCorrected():
            changed = state
        case _:
            assert_never(event)
    return changed


def _updated(state: RecommendationState, event: e.ProgressUpdateRecorded) -> RecommendationState:
    """Delivery begins with the first update; an action may be complete once it has one."""
    begun = _delivery_begun(state)
    if event.action_id is None or (action := begun.actions.get(event.action_id)) is None:
        return begun
    updated = replace(action, has_update=True)
    return replace(begun, actions=_with(begun.actions, event.action_id, updated))


def _claimed(state: RecommendationState) -> RecommendationState:
    """A new claim answers a request for further evidence: it awaits a new look."""
    answered = state.review is Review.FURTHER_EVIDENCE_REQUESTED
    review = Review.NONE if answered else state.review
    return replace(state, delivery=Delivery.REPORTED_COMPLETE, review=review)


def _delivery_begun(state: RecommendationState) -> RecommendationState:
    """Planning alone does not begin delivery, and a claim of completion stands until taken back."""
    if state.delivery is not Delivery.NOT_STARTED:
        return state
    return replace(state, delivery=Delivery.IN_PROGRESS)


def _evolve_judgement(state: RecommendationState, event: e.JudgementEvent) -> RecommendationState:
    match event:
        case e.ReviewStarted():
            changed = replace(state, review=Review.STARTED)
        case e.FurtherEvidenceRequested():
            changed = replace(state, review=Review.FURTHER_EVIDENCE_REQUESTED)
        case e.ProgressJudged():
            changed = replace(state, judgement=event.judgement)
        case e.RecommendationClosed():
            changed = replace(state, closure=event.closure)
        case e.RecommendationReopened():
            changed = replace(state, closure=None, review=Review.NONE)
        case e.RecommendationCarriedForward():
            changed = replace(state, closure=Closure.CARRIED_FORWARD)
        case e.RecommendationLeftOpen():
            due_on = event.response_due_on or state.response_due_on
            changed = replace(state, left_open_at=event.inspection_id, response_due_on=due_on)
        case e.RecurrenceConfirmed():
            recurrences = (*state.recurrences, event.other_recommendation_id)
            changed = replace(state, recurrences=recurrences)
        case _:
            assert_never(event)
    return changed


def _said_on(event: e.Event) -> date | None:
    """Return the day of the provider's word; None where another speaks, or of bookkeeping."""
    if isinstance(event, e.PublicationEvent | e.JudgementEvent | e.RecommendationAssigned):
        return None
    match event:
        case e.TargetDateExtended():
            return None if event.decided else event.occurred_on
        case e.MeasureFigureRecorded():
            return event.occurred_on if event.source is FigureSource.DIP_SAMPLE else None
        case e.TargetDateExtensionDeclined() | e.EscalationAnswered() | e.MeasureDefined():
            return None
        case (
            e.ResponseRecorded()
            | e.ResponseRevised()
            | e.ActionPlanned()
            | e.ActionOwnerChanged()
            | e.ActionReportedComplete()
            | e.ActionReopened()
            | e.ActionWithdrawn()
            | e.TargetDateExtensionRequested()
            | e.BlockerRecorded()
            | e.BlockerForecastRevised()
            | e.BlockerCleared()
            | e.EscalationRaised()
            | e.ReviewedWithoutChange()
            | e.ProgressUpdateRecorded()
            | e.ProgressUpdateCorrected()
            | e.EvidenceAttached()
            | e.EvidenceWithdrawn()
            | e.RecommendationReportedComplete()
            | e.CompletionClaimWithdrawn()
        ):
            return event.occurred_on
        case _:
            assert_never(event)


def _with(mapping: Mapping[Key, Value], key: Key, value: Value) -> Mapping[Key, Value]:
    return {**mapping, key: value}


def _without(mapping: Mapping[Key, Value], key: Key) -> Mapping[Key, Value]:
    return {known: value for known, value in mapping.items() if known != key}
