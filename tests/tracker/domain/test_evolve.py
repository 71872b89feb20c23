from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from tests.tracker.domain import facts as f
from tests.tracker.domain.scenario import ANN, BOB, TODAY
from tracker.domain import events as e
from tracker.domain.evolve import evolve, fold
from tracker.domain.state import ActionState, Basis, BlockerState, RecommendationState
from tracker.domain.vocabulary import (
    NOT_JUDGED,
    ActionStatus,
    Closure,
    Delivery,
    FigureSource,
    Language,
    MeasureUnit,
    RedactionReason,
    Response,
    Review,
    Role,
)

NOVEMBER = date(2026, 11, 2)

granted = e.TargetDateExtended(
    occurred_on=TODAY,
    action_id=f.ACTION,
    previous_target_on=f.TARGET_ON,
    target_on=NOVEMBER,
    slip=2,
    decided=True,
    region_told=True,
    reason="",
)
declined = e.TargetDateExtensionDeclined(
    occurred_on=TODAY, action_id=f.ACTION, target_on=NOVEMBER, reason="hire another"
)
owner_changed = e.ActionOwnerChanged(
    occurred_on=TODAY, action_id=f.ACTION, accountable_id=BOB, accountable_name="Bob Roy", reason=""
)
forecast_revised = e.BlockerForecastRevised(
    occurred_on=TODAY,
    blocker_id=f.BLOCKER,
    previous_forecast_on=f.FORECAST_ON,
    forecast_on=NOVEMBER,
    reason="late",
)
blocker_cleared = e.BlockerCleared(occurred_on=TODAY, blocker_id=f.BLOCKER, note="")
answered = e.EscalationAnswered(occurred_on=TODAY, escalation_id=f.ESCALATION, answer="room 4")
figure = e.MeasureFigureRecorded(
    occurred_on=TODAY,
    measure_id=f.MEASURE,
    value=e.MeasureValue(n=18, m=40),
    period_from=f.DAY,
    period_to=TODAY,
    source=FigureSource.DIP_SAMPLE,
    note="",
)
no_change = e.ReviewedWithoutChange(occurred_on=TODAY, note="")
corrected = e.ProgressUpdateCorrected(
    occurred_on=TODAY, corrects=f.UPDATE, action_id=f.ACTION, text="a third", reason="miscounted"
)
evidence_withdrawn = e.EvidenceWithdrawn(
    occurred_on=TODAY, evidence_id=f.EVIDENCE, sha256=f.SHA, reason="wrong year"
)
wording_corrected = e.RecommendationWordingCorrected(
    occurred_on=TODAY, language=Language.ENGLISH, wording="improve", reason="misprint"
)
basis_linked = e.RecommendationBasisLinked(
    occurred_on=TODAY,
    standards=("P 2.1",),
    key_questions=("P 2.1.1",),
    findings=(301,),
    themes=("staffing",),
)
transferred = e.RecommendationTransferred(
    occurred_on=TODAY, from_provider_id=7, to_provider_id=72, reason="merged"
)
redacted = e.PersonalDataRedacted(
    occurred_on=TODAY,
    redacts=f.UPDATE,
    reason=RedactionReason.COURT_ORDER,
    payload_hash="e" * 64,
    authority="",
)
revised = e.ResponseRevised(
    occurred_on=TODAY, response=Response.PARTLY_AGREED, reason="the first part"
)
carried_forward = e.RecommendationCarriedForward(
    occurred_on=TODAY, carried_into=(901,), reason="found again"
)
recurred = e.RecurrenceConfirmed(
    occurred_on=TODAY, other_recommendation_id=902, rationale="the same gap"
)

EVERY_EVENT: tuple[e.Event, ...] = (
    f.published,
    f.assigned,
    f.agreed,
    revised,
    f.planned,
    owner_changed,
    f.moved,
    f.more_time_asked,
    declined,
    granted,
    f.updated,
    corrected,
    no_change,
    f.action_complete,
    f.action_reopened,
    f.action_withdrawn,
    f.blocked,
    forecast_revised,
    blocker_cleared,
    f.escalated,
    answered,
    f.measured,
    figure,
    f.evidenced,
    evidence_withdrawn,
    f.reported,
    f.taken_back,
    f.review_started,
    f.evidence_requested,
    f.judged,
    f.closed,
    f.reopened,
    carried_forward,
    recurred,
    wording_corrected,
    basis_linked,
    transferred,
    redacted,
    f.withdrawn,
)


def after(*events: e.Event) -> RecommendationState:
    return fold(events)


def action_after(*events: e.Event) -> ActionState:
    return fold(events).actions[f.ACTION]


def test_these_tests_know_every_event() -> None:
    assert {type(event) for event in EVERY_EVENT} == set(get_args(e.Event))


@pytest.mark.parametrize("event", EVERY_EVENT, ids=lambda event: event.type)
def test_every_event_counts_as_one_version(event: e.Event) -> None:
    assert evolve(after(*f.AGREED), event).version == 3


@pytest.mark.parametrize("event", EVERY_EVENT, ids=lambda event: event.type)
def test_an_event_whose_beginning_is_left_out_is_no_trouble(event: e.Event) -> None:
    assert evolve(RecommendationState(), event).version == 1


def test_folding_goes_on_from_a_state() -> None:
    assert fold([f.planned], fold(f.AGREED)) == after(*f.PLANNED)


def test_a_stream_that_does_not_exist_is_not_open() -> None:
    assert not RecommendationState().is_open


def test_publication_opens_the_stream() -> None:
    assert after(f.published) == RecommendationState(
        version=1,
        inspection_id=5,
        provider_id=7,
        framework="pdu-2024",
        published_on=f.PUBLISHED_ON,
        response_due_on=date(2026, 3, 30),
    )
    assert after(f.published).is_open


def test_the_basis_is_remembered_as_it_now_stands() -> None:
    assert after(f.published, basis_linked).basis == Basis(
        standards=("P 2.1",), key_questions=("P 2.1.1",), findings=(301,), themes=("staffing",)
    )


@pytest.mark.parametrize("event", [wording_corrected, redacted])
def test_words_leave_no_trace_in_the_state(event: e.Event) -> None:
    before = after(*f.UPDATED)
    assert evolve(before, event) == replace(before, version=before.version + 1)


def test_a_withdrawn_publication_is_not_open() -> None:
    assert after(*f.WITHDRAWN).withdrawn
    assert not after(*f.WITHDRAWN).is_open


def test_the_successor_answers_from_now_on() -> None:
    assert after(f.published, transferred).provider_id == 72


def test_the_response_and_its_revision() -> None:
    assert after(f.published).response is Response.AWAITING
    assert after(*f.NOT_AGREED).response is Response.NOT_AGREED
    assert after(*f.NOT_AGREED, revised).response is Response.PARTLY_AGREED


def test_the_accountable_member_is_remembered() -> None:
    assert after(f.published, f.assigned).accountable_id == ANN


def test_a_planned_action_is_open_and_begins_no_delivery() -> None:
    assert action_after(*f.PLANNED) == ActionState(accountable_id=ANN, target_on=f.TARGET_ON)
    assert after(*f.PLANNED).delivery is Delivery.NOT_STARTED


def test_an_action_changes_hands() -> None:
    assert action_after(*f.PLANNED, owner_changed).accountable_id == BOB


def test_an_update_begins_delivery_and_counts_for_its_action() -> None:
    assert after(*f.UPDATED).delivery is Delivery.IN_PROGRESS
    assert action_after(*f.UPDATED).has_update


def test_an_update_on_no_action_begins_delivery_too() -> None:
    state = after(*f.PLANNED, replace(f.updated, action_id=None))
    assert state.delivery is Delivery.IN_PROGRESS
    assert not state.actions[f.ACTION].has_update


@pytest.mark.parametrize("event", [no_change, corrected, f.evidenced, f.blocked])
def test_nothing_but_work_begins_delivery(event: e.Event) -> None:
    assert after(*f.PLANNED, event).delivery is Delivery.NOT_STARTED


def test_an_update_leaves_a_claim_standing() -> None:
    assert after(*f.REPORTED, f.updated).delivery is Delivery.REPORTED_COMPLETE


def test_a_complete_action_begins_delivery() -> None:
    assert after(*f.PLANNED, f.action_complete).delivery is Delivery.IN_PROGRESS


def test_the_status_of_an_action() -> None:
    assert action_after(*f.ACTION_COMPLETE).status is ActionStatus.REPORTED_COMPLETE
    assert action_after(*f.ACTION_COMPLETE, f.action_reopened).status is ActionStatus.OPEN
    assert action_after(*f.PLANNED, f.action_withdrawn).status is ActionStatus.WITHDRAWN


def test_slips_are_counted_and_requests_remembered_until_decided() -> None:
    asked = action_after(*f.ASKED_FOR_MORE)
    assert (asked.slips, asked.target_on, asked.extension_asked_to) == (1, f.TARGET_ON, NOVEMBER)
    given = action_after(*f.ASKED_FOR_MORE, granted)
    assert (given.slips, given.target_on, given.extension_asked_to) == (2, NOVEMBER, None)
    refused = action_after(*f.ASKED_FOR_MORE, declined)
    assert (refused.slips, refused.target_on, refused.extension_asked_to) == (1, f.TARGET_ON, None)


@pytest.mark.parametrize("end", [f.action_complete, f.action_withdrawn])
def test_a_request_ends_with_its_action(end: e.Event) -> None:
    assert action_after(*f.ASKED_FOR_MORE, end).extension_asked_to is None


def test_a_blocker_stands_until_cleared() -> None:
    standing = BlockerState(action_id=f.ACTION, forecast_on=f.FORECAST_ON)
    assert after(*f.BLOCKED).blockers == {f.BLOCKER: standing}
    later = after(*f.BLOCKED, forecast_revised)
    assert later.blockers == {f.BLOCKER: replace(standing, forecast_on=NOVEMBER)}
    assert after(*f.BLOCKED, blocker_cleared).blockers == {}


def test_an_escalation_waits_until_answered() -> None:
    assert after(*f.ESCALATED).escalations == {f.ESCALATION: Role.REGIONAL_LEAD}
    assert after(*f.ESCALATED, answered).escalations == {}


def test_the_unit_of_a_measure_is_remembered_its_figures_are_not() -> None:
    assert after(*f.MEASURED, figure).measures == {f.MEASURE: MeasureUnit.N_OF_M}


def test_evidence_stands_until_withdrawn() -> None:
    assert after(*f.EVIDENCED).evidence == {f.EVIDENCE: f.SHA}
    assert after(*f.EVIDENCED, evidence_withdrawn).evidence == {}


def test_a_claim_stands_until_taken_back() -> None:
    assert after(*f.REPORTED).delivery is Delivery.REPORTED_COMPLETE
    assert after(*f.REPORTED, f.taken_back).delivery is Delivery.IN_PROGRESS


def test_the_review_leaves_delivery_untouched() -> None:
    assert after(*f.UNDER_REVIEW).review is Review.STARTED
    sent_back = after(*f.SENT_BACK)
    assert sent_back.review is Review.FURTHER_EVIDENCE_REQUESTED
    assert sent_back.delivery is Delivery.REPORTED_COMPLETE


def test_a_new_claim_answers_a_request_for_further_evidence() -> None:
    assert after(*f.SENT_BACK, f.reported).review is Review.NONE
    assert after(*f.SENT_BACK, f.taken_back, f.reported).review is Review.NONE
    assert after(*f.UNDER_REVIEW, f.taken_back, f.reported).review is Review.STARTED


def test_a_judgement_closes_nothing() -> None:
    state = after(*f.JUDGED)
    assert (state.judgement, state.review, state.closure) == ("some_progress", Review.STARTED, None)
    assert state.is_open


def test_closing_and_carrying_forward_close() -> None:
    assert after(*f.CLOSED).closure is Closure.NOT_ACHIEVED
    assert after(*f.REPORTED, carried_forward).closure is Closure.CARRIED_FORWARD
    assert not after(*f.CLOSED).is_open


def test_reopening_keeps_the_judgement_and_lets_the_review_start_again() -> None:
    state = after(*f.CLOSED, f.reopened)
    assert state.is_open
    assert (state.closure, state.review, state.judgement) == (None, Review.NONE, "some_progress")
    assert after(f.published).judgement == NOT_JUDGED


def test_recurrences_are_remembered() -> None:
    assert after(f.published, recurred).recurrences == (902,)


@pytest.mark.parametrize(
    "event",
    [
        replace(f.agreed, occurred_on=TODAY),
        revised,
        replace(f.planned, occurred_on=TODAY),
        owner_changed,
        replace(f.updated, occurred_on=TODAY),
        no_change,
        replace(f.action_complete, occurred_on=TODAY),
        replace(f.moved, occurred_on=TODAY),
        replace(f.blocked, occurred_on=TODAY),
        replace(f.escalated, occurred_on=TODAY),
        figure,
        replace(f.evidenced, occurred_on=TODAY),
        replace(f.reported, occurred_on=TODAY),
    ],
    ids=lambda event: event.type,
)
def test_the_provider_is_heard_on_the_day_it_speaks_of(event: e.Event) -> None:
    assert evolve(after(*f.AGREED), event).last_said_on == TODAY


@pytest.mark.parametrize(
    "event",
    [
        wording_corrected,
        basis_linked,
        transferred,
        redacted,
        replace(f.assigned, occurred_on=TODAY),
        granted,
        declined,
        answered,
        replace(f.measured, occurred_on=TODAY),
        replace(figure, source=FigureSource.HMIP),
        replace(figure, source=FigureSource.REGIONAL_ASSURANCE),
        replace(f.review_started, occurred_on=TODAY),
        replace(f.evidence_requested, occurred_on=TODAY),
        replace(f.judged, occurred_on=TODAY),
        replace(f.closed, occurred_on=TODAY),
        carried_forward,
        recurred,
    ],
    ids=lambda event: event.type,
)
def test_the_word_of_others_does_not_break_the_providers_silence(event: e.Event) -> None:
    assert evolve(after(*f.AGREED), event).last_said_on == f.DAY


def test_an_older_word_does_not_turn_the_clock_back() -> None:
    older = replace(f.updated, occurred_on=f.PUBLISHED_ON)
    assert after(*f.UPDATED, older).last_said_on == f.DAY
