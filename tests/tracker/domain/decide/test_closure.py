from dataclasses import replace

import pytest

from tests.tracker.domain import facts as f
from tests.tracker.domain.scenario import TODAY, given
from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.vocabulary import Closure

AFTER_A_JUDGEMENT = [Closure.ACHIEVED, Closure.NOT_ACHIEVED, Closure.NO_LONGER_RELEVANT]


def close(closure: Closure) -> c.CloseRecommendation:
    return c.CloseRecommendation(closure=closure, reason="seen at the re-inspection")


@pytest.mark.parametrize("closure", AFTER_A_JUDGEMENT)
def test_a_recommendation_closes_after_a_judgement(closure: Closure) -> None:
    given(*f.JUDGED).when(close(closure)).then(
        e.RecommendationClosed(
            occurred_on=TODAY, closure=closure, reason="seen at the re-inspection"
        )
    )


@pytest.mark.parametrize("closure", AFTER_A_JUDGEMENT)
@pytest.mark.parametrize("history", [f.UNDER_REVIEW, f.NOT_AGREED])
def test_nothing_closes_unjudged(closure: Closure, history: tuple[e.Event, ...]) -> None:
    given(*history).when(close(closure)).rejected("not_judged", field="closure")


def test_a_refusal_may_be_accepted_without_a_judgement() -> None:
    given(*f.NOT_AGREED).when(close(Closure.NOT_AGREED_ACCEPTED)).accepted()


@pytest.mark.parametrize("history", [(f.published,), f.JUDGED])
def test_only_a_refusal_is_accepted_as_one(history: tuple[e.Event, ...]) -> None:
    command = close(Closure.NOT_AGREED_ACCEPTED)
    given(*history).when(command).rejected("not_refused", field="closure")


def test_carrying_forward_names_where_it_goes_on() -> None:
    outcome = given(*f.JUDGED).when(close(Closure.CARRIED_FORWARD))
    outcome.rejected("use_carry_forward", field="closure")


def test_a_closed_recommendation_reopens_with_a_reason() -> None:
    given(*f.CLOSED).when(c.ReopenRecommendation(reason="by mistake")).then(
        e.RecommendationReopened(occurred_on=TODAY, reason="by mistake")
    )


def test_an_open_recommendation_does_not_reopen() -> None:
    given(*f.JUDGED).when(c.ReopenRecommendation(reason="by mistake")).rejected("not_closed")


def test_after_reopening_work_and_review_go_on() -> None:
    history = given(*f.CLOSED, f.reopened)
    history.when(c.StartReview()).accepted()
    history.when(c.WithdrawCompletionClaim(reason="two are missing")).accepted()


def test_an_unjudged_recommendation_is_carried_forward_into_later_ones() -> None:
    command = c.CarryForward(carried_into=(902, 901, 902), reason="found again")
    given(*f.UPDATED).when(command).then(
        e.RecommendationCarriedForward(
            occurred_on=TODAY, carried_into=(901, 902), reason="found again"
        )
    )


@pytest.mark.parametrize("carried_into", [(), (999,), (901, 999)])
def test_it_is_carried_into_later_recommendations_only(carried_into: tuple[int, ...]) -> None:
    command = c.CarryForward(carried_into=carried_into, reason="found again")
    outcome = given(*f.UPDATED).when(command)
    outcome.rejected("not_a_later_recommendation", field="carried_into")


def test_a_recurrence_points_to_another_recommendation() -> None:
    command = c.ConfirmRecurrence(other_recommendation_id=901, rationale="the same gap")
    given(*f.CLOSED).when(command).then(
        e.RecurrenceConfirmed(
            occurred_on=TODAY, other_recommendation_id=901, rationale="the same gap"
        )
    )


def test_a_recurrence_points_to_a_published_one() -> None:
    command = c.ConfirmRecurrence(other_recommendation_id=999, rationale="the same gap")
    outcome = given(*f.CLOSED).when(command)
    outcome.rejected("recommendation_unknown", field="other_recommendation_id")


def test_a_recurrence_is_confirmed_once() -> None:
    command = c.ConfirmRecurrence(other_recommendation_id=901, rationale="the same gap")
    confirmed = given(*f.CLOSED).when(command).accepted()
    outcome = given(*f.CLOSED, *confirmed).when(command)
    outcome.rejected("nothing_changes", field="other_recommendation_id")


def test_nothing_judged_without_progress_closes_as_achieved() -> None:
    no_progress = replace(f.judged, judgement="no_progress")
    history = given(*f.UNDER_REVIEW, no_progress)
    history.when(close(Closure.ACHIEVED)).rejected("no_progress_judged", field="closure")
    history.when(close(Closure.NOT_ACHIEVED)).accepted()
    history.when(close(Closure.NO_LONGER_RELEVANT)).accepted()
    given(*history.events, f.judged).when(close(Closure.ACHIEVED)).accepted()


LEAVE_OPEN = c.LeaveOpen(inspection_id=801, reason="half of it is done")


def test_it_is_left_open_after_the_later_inspection_with_a_reason() -> None:
    given(*f.UPDATED).when(LEAVE_OPEN).then(f.left_open)


def test_it_is_left_open_after_the_latest_inspection_alone() -> None:
    outcome = given(*f.UPDATED).when(LEAVE_OPEN, inspected_again_at=802)
    outcome.rejected("not_the_latest_inspection", field="inspection_id")
    outcome = given(*f.UPDATED).when(LEAVE_OPEN, inspected_again_at=None)
    outcome.rejected("not_the_latest_inspection", field="inspection_id")


def test_it_is_left_open_once_after_each_inspection() -> None:
    history = given(*f.UPDATED, f.left_open)
    history.when(LEAVE_OPEN).rejected("nothing_changes", field="inspection_id")
    again = c.LeaveOpen(inspection_id=802, reason="still half")
    history.when(again, inspected_again_at=802).accepted()


def test_leaving_open_needs_a_reason() -> None:
    command = c.LeaveOpen(inspection_id=801, reason=" ")
    given(*f.UPDATED).when(command).rejected("text_missing", field="reason")
