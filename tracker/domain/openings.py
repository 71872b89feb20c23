"""Which commands make sense in a state: what menus offer, so that nobody is led to a refusal.

An opening promises that some command of the type would be accepted; a missing one, that none would.
The rules themselves stand in `decide`, which has the last word; a test holds the two together.
The state does not remember whether an update was ever recorded, or a later report published: for
`CorrectProgressUpdate` and `CarryForward` whoever asks must look.
"""

from collections.abc import Callable, Mapping
from uuid import UUID

from tracker.domain import commands as c
from tracker.domain.circumstances import Circumstances, Practice
from tracker.domain.decide.admission import GIVEN_WHEN_CLOSED, GIVEN_WHEN_WITHDRAWN, HOMEWORK
from tracker.domain.roles import figure_sources, may_give
from tracker.domain.state import ActionState, RecommendationState
from tracker.domain.vocabulary import (
    NOT_JUDGED,
    ActionStatus,
    Closure,
    Delivery,
    Response,
    Review,
    Role,
)

CLOSED_AFTER_JUDGEMENT = (Closure.ACHIEVED, Closure.NOT_ACHIEVED, Closure.NO_LONGER_RELEVANT)


def is_open_to(
    command_type: type[c.Command], state: RecommendationState, circumstances: Circumstances
) -> bool:
    """Say whether the person could give such a command now, in this role and this state."""
    return (
        holds(command_type, circumstances)
        and _stands(command_type, state)
        and _makes_sense(command_type, state, circumstances)
    )


def holds(command_type: type[c.Command], circumstances: Circumstances) -> bool:
    """Say whether the person holds the command at all in this role, whatever the state."""
    role, to_region = circumstances.role, circumstances.addressed_to_region
    if not may_give(command_type, role=role, addressed_to_region=to_region):
        return False
    own_work = circumstances.was_ever_member or circumstances.has_spoken_for_hmpps
    if issubclass(command_type, HOMEWORK) and own_work:
        return False
    own_request = command_type is c.DecideTargetDateExtension and to_region
    return not (own_request and role is Role.REGIONAL_LEAD)


def subjects(
    command_type: type[c.Command], state: RecommendationState, circumstances: Circumstances
) -> frozenset[UUID]:
    """Return the actions, blockers, escalations, measures or evidence it could be about."""
    fits = ACTIONS.get(command_type) or OPTIONAL_ACTIONS.get(command_type)
    if fits is not None:
        return frozenset(
            key for key, action in state.actions.items() if fits(action, circumstances)
        )
    if command_type in STANDING:
        return STANDING[command_type](state, circumstances)
    return frozenset()


def closures(state: RecommendationState, practice: Practice) -> tuple[Closure, ...]:
    """Return the grounds on which it could be closed now; carrying forward is its own command."""
    grounds = set() if state.judgement == NOT_JUDGED else {*CLOSED_AFTER_JUDGEMENT}
    if state.judgement == practice.judgements[0]:
        grounds.remove(Closure.ACHIEVED)
    if state.response is Response.NOT_AGREED:
        grounds.add(Closure.NOT_AGREED_ACCEPTED)
    return tuple(each for each in Closure if each in grounds)


def _stands(command_type: type[c.Command], state: RecommendationState) -> bool:
    if command_type is c.PublishRecommendation:
        return state.version == 0
    if state.withdrawn and not issubclass(command_type, GIVEN_WHEN_WITHDRAWN):
        return False
    if state.closure is not None and not issubclass(command_type, GIVEN_WHEN_CLOSED):
        return False
    return state.version > 0


def _makes_sense(
    command_type: type[c.Command], state: RecommendationState, circumstances: Circumstances
) -> bool:
    if command_type in SENSE and not SENSE[command_type](state, circumstances):
        return False
    if command_type in ACTIONS or command_type in STANDING:
        return bool(subjects(command_type, state, circumstances))
    return True


# --- Of the whole recommendation ------------------------------------------------------------------


def _is_agreed(state: RecommendationState) -> bool:
    return state.response in {Response.AGREED, Response.PARTLY_AGREED}


def _is_claimed(state: RecommendationState) -> bool:
    return state.delivery is Delivery.REPORTED_COMPLETE


def _may_take_work(state: RecommendationState, _: Circumstances) -> bool:
    return _is_agreed(state) and not _is_claimed(state)


def _may_plan(state: RecommendationState, circumstances: Circumstances) -> bool:
    return _may_take_work(state, circumstances) and bool(circumstances.members)


def _may_assign(state: RecommendationState, circumstances: Circumstances) -> bool:
    return any(person != state.accountable_id for person in circumstances.members)


def _may_report_complete(state: RecommendationState, _: Circumstances) -> bool:
    asked_back = state.review is Review.FURTHER_EVIDENCE_REQUESTED
    return (
        _is_agreed(state)
        and (asked_back or not _is_claimed(state))
        and not any(action.status is ActionStatus.OPEN for action in state.actions.values())
        and bool(state.evidence)
    )


Sense = Callable[[RecommendationState, Circumstances], bool]
SENSE: Mapping[type[c.Command], Sense] = {
    c.Respond: lambda state, _: state.response is Response.AWAITING,
    c.ReviseResponse: lambda state, _: state.response is not Response.AWAITING,
    c.Assign: _may_assign,
    c.PlanAction: _may_plan,
    c.ReopenAction: _may_take_work,
    c.ReportRecommendationComplete: _may_report_complete,
    c.WithdrawCompletionClaim: lambda state, _: _is_claimed(state),
    c.StartReview: lambda state, _: state.review is not Review.STARTED,
    c.RequestFurtherEvidence: lambda state, _: state.review is Review.STARTED,
    c.CloseRecommendation: lambda state, now: bool(closures(state, now.practice)),
    c.LeaveOpen: lambda state, now: now.inspected_again_at not in {None, state.left_open_at},
    c.ReopenRecommendation: lambda state, _: state.closure is not None,
}
"""What the state must allow as a whole; a command that is not here is always possible."""


# --- Of one action --------------------------------------------------------------------------------


def _is_open(action: ActionState, _: Circumstances) -> bool:
    return action.status is ActionStatus.OPEN


def _lead_decides(action: ActionState, circumstances: Circumstances) -> bool:
    return action.slips < circumstances.practice.slips_decided_by_the_lead


def _may_slip(action: ActionState, circumstances: Circumstances) -> bool:
    return _is_open(action, circumstances) and action.extension_asked_to is None


def _may_be_moved(action: ActionState, circumstances: Circumstances) -> bool:
    return _may_slip(action, circumstances) and _lead_decides(action, circumstances)


def _may_be_asked_for(action: ActionState, circumstances: Circumstances) -> bool:
    return _may_slip(action, circumstances) and not _lead_decides(action, circumstances)


def _has_another_owner(action: ActionState, circumstances: Circumstances) -> bool:
    others = (person for person in circumstances.members if person != action.accountable_id)
    return _is_open(action, circumstances) and any(True for _ in others)


Fit = Callable[[ActionState, Circumstances], bool]
ACTIONS: Mapping[type[c.Command], Fit] = {
    c.ChangeActionOwner: _has_another_owner,
    c.ReportActionComplete: lambda action, now: _is_open(action, now) and action.has_update,
    c.ReopenAction: lambda action, now: not _is_open(action, now),
    c.WithdrawAction: _is_open,
    c.MoveTargetDate: _may_be_moved,
    c.RequestTargetDateExtension: _may_be_asked_for,
    c.DecideTargetDateExtension: lambda action, now: (
        _is_open(action, now) and action.extension_asked_to is not None
    ),
}
"""Which actions a command may be about; it needs one."""


def _is_unwithdrawn(action: ActionState, _: Circumstances) -> bool:
    return action.status is not ActionStatus.WITHDRAWN


OPTIONAL_ACTIONS: Mapping[type[c.Command], Fit] = {
    c.RecordProgressUpdate: _is_unwithdrawn,
    c.AttachEvidence: _is_unwithdrawn,
    c.RecordBlocker: _is_open,
}
"""Which actions a command may name; it can be about the whole recommendation as well."""


# --- Of what else stands --------------------------------------------------------------------------


def _evidence(state: RecommendationState, _: Circumstances) -> frozenset[UUID]:
    """A claim of completion keeps its last piece of evidence."""
    is_needed = _is_claimed(state) and len(state.evidence) == 1
    return frozenset() if is_needed else frozenset(state.evidence)


def _escalations(state: RecommendationState, circumstances: Circumstances) -> frozenset[UUID]:
    return frozenset(key for key, role in state.escalations.items() if role is circumstances.role)


def _measures(state: RecommendationState, circumstances: Circumstances) -> frozenset[UUID]:
    sources = figure_sources(
        role=circumstances.role, addressed_to_region=circumstances.addressed_to_region
    )
    return frozenset(state.measures) if sources else frozenset()


Stand = Callable[[RecommendationState, Circumstances], frozenset[UUID]]
STANDING: Mapping[type[c.Command], Stand] = {
    c.ReviseBlockerForecast: lambda state, _: frozenset(state.blockers),
    c.ClearBlocker: lambda state, _: frozenset(state.blockers),
    c.AnswerEscalation: _escalations,
    c.RecordMeasureFigure: _measures,
    c.WithdrawEvidence: _evidence,
}
"""Which blockers, escalations, measures or evidence a command may be about; it needs one."""
