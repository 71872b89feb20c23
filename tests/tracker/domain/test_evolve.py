from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from tests.tracker.domain import facts as f
from tests.tracker.domain.scenario import ANN, BOB
from tracker.domain import events as e
from tracker.domain.evolve import evolve, fold
from tracker.domain.state import ActionState, Basis, BlockerState, RecommendationState
from tracker.domain.vocabulary import (
    NOT_JUDGED,
    ActionStatus,
    Closure,
    Delivery,
    MeasureUnit,
    Response,
    Review,
    Role,
)


def after(*events: e.Event) -> RecommendationState:
    return fold(events)


def action_after(*events: e.Event) -> ActionState:
    return fold(events).actions[f.ACTION]


def test_these_tests_know_every_event() -> None:
    assert {type(event) for event in f.EVERY_EVENT} == set(get_args(e.Event))


@pytest.mark.parametrize("event", f.EVERY_EVENT, ids=lambda event: event.type)
def test_every_event_counts_as_one_version(event: e.Event) -> None:
    assert evolve(after(*f.AGREED), event).version == 3


@pytest.mark.parametrize("event", f.EVERY_EVENT, ids=lambda event: event.type)
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
    assert after(f.published, f.basis_linked).basis == Basis(
        standards=("P 2.1",), key_questions=("P 2.1.1",), findings=(301,), themes=("staffing",)
    )


@pytest.mark.parametrize("event", [f.wording_corrected, f.redacted])
def test_words_leave_no_trace_in_the_state(event: e.Event) -> None:
    before = after(*f.UPDATED)
    assert evolve(before, event) == replace(before, version=before.version + 1)


def test_a_withdrawn_publication_is_not_open() -> None:
    assert after(*f.WITHDRAWN).withdrawn
    assert not after(*f.WITHDRAWN).is_open


def test_the_successor_answers_from_now_on() -> None:
    transferred = after(f.published, f.transferred)
    assert transferred.provider_id == 72
    assert transferred.provider_ids == {7, 72}


def test_the_response_and_its_revision() -> None:
    assert after(f.published).response is Response.AWAITING
    assert after(*f.NOT_AGREED).response is Response.NOT_AGREED
    assert after(*f.NOT_AGREED, f.revised).response is Response.PARTLY_AGREED


def test_the_accountable_member_is_remembered() -> None:
    assert after(f.published, f.assigned).accountable_id == ANN


def test_a_planned_action_is_open_and_begins_no_delivery() -> None:
    assert action_after(*f.PLANNED) == ActionState(accountable_id=ANN, target_on=f.TARGET_ON)
    assert after(*f.PLANNED).delivery is Delivery.NOT_STARTED


def test_an_action_changes_hands() -> None:
    assert action_after(*f.PLANNED, f.owner_changed).accountable_id == BOB


def test_an_update_begins_delivery_and_counts_for_its_action() -> None:
    assert after(*f.UPDATED).delivery is Delivery.IN_PROGRESS
    assert action_after(*f.UPDATED).has_update


def test_an_update_on_no_action_begins_delivery_too() -> None:
    state = after(*f.PLANNED, replace(f.updated, action_id=None))
    assert state.delivery is Delivery.IN_PROGRESS
    assert not state.actions[f.ACTION].has_update


@pytest.mark.parametrize("event", [f.no_change, f.corrected, f.evidenced, f.blocked])
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
    assert (asked.slips, asked.target_on, asked.extension_asked_to) == (1, f.TARGET_ON, f.NOVEMBER)
    given = action_after(*f.ASKED_FOR_MORE, f.granted)
    assert (given.slips, given.target_on, given.extension_asked_to) == (2, f.NOVEMBER, None)
    refused = action_after(*f.ASKED_FOR_MORE, f.declined)
    assert (refused.slips, refused.target_on, refused.extension_asked_to) == (1, f.TARGET_ON, None)


@pytest.mark.parametrize("end", [f.action_complete, f.action_withdrawn])
def test_a_request_ends_with_its_action(end: e.Event) -> None:
    assert action_after(*f.ASKED_FOR_MORE, end).extension_asked_to is None


def test_a_blocker_stands_until_cleared() -> None:
    standing = BlockerState(action_id=f.ACTION, forecast_on=f.FORECAST_ON)
    assert after(*f.BLOCKED).blockers == {f.BLOCKER: standing}
    later = after(*f.BLOCKED, f.forecast_revised)
    assert later.blockers == {f.BLOCKER: replace(standing, forecast_on=f.NOVEMBER)}
    assert after(*f.BLOCKED, f.blocker_cleared).blockers == {}


def test_an_escalation_waits_until_answered() -> None:
    assert after(*f.ESCALATED).escalations == {f.ESCALATION: Role.REGIONAL_LEAD}
    assert after(*f.ESCALATED, f.answered).escalations == {}


def test_the_unit_of_a_measure_is_remembered_its_figures_are_not() -> None:
    assert after(*f.MEASURED, f.figure).measures == {f.MEASURE: MeasureUnit.N_OF_M}


def test_evidence_stands_until_withdrawn() -> None:
    assert after(*f.EVIDENCED).evidence == {f.EVIDENCE: f.SHA}
    assert after(*f.EVIDENCED, f.evidence_withdrawn).evidence == {}


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
    assert after(*f.REPORTED, f.carried_forward).closure is Closure.CARRIED_FORWARD
    assert not after(*f.CLOSED).is_open


def test_reopening_keeps_the_judgement_and_lets_the_review_start_again() -> None:
    state = after(*f.CLOSED, f.reopened)
    assert state.is_open
    assert (state.closure, state.review, state.judgement) == (None, Review.NONE, "some_progress")
    assert after(f.published).judgement == NOT_JUDGED


def test_recurrences_are_remembered() -> None:
    assert after(f.published, f.recurred).recurrences == (902,)
