from dataclasses import replace
from datetime import timedelta

import pytest

from tests.tracker.domain import facts as f
from tests.tracker.domain.scenario import TODAY, given
from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.vocabulary import Delivery, Review

REPORT = c.ReportRecommendationComplete(statement="all staff are trained")
TAKE_BACK = c.WithdrawCompletionClaim(reason="two are missing")


def test_a_recommendation_is_reported_complete_when_its_actions_and_evidence_stand() -> None:
    given(*f.EVIDENCED).when(REPORT).then(
        e.RecommendationReportedComplete(occurred_on=TODAY, statement="all staff are trained")
    )


def test_a_withdrawn_action_does_not_hold_it_up() -> None:
    given(*f.PLANNED, f.action_withdrawn, f.evidenced).when(REPORT).accepted()


def test_without_any_action_the_evidence_alone_must_do() -> None:
    given(f.published, f.partly_agreed, f.evidenced).when(REPORT).accepted()


@pytest.mark.parametrize("answer", [(), (f.not_agreed,)])
def test_what_is_not_agreed_is_not_complete(answer: tuple[e.Event, ...]) -> None:
    given(f.published, *answer, f.evidenced).when(REPORT).rejected("response_not_agreed")


def test_every_action_is_done_first() -> None:
    another = replace(f.planned, action_id=f.OTHER_ACTION)
    outcome = given(*f.UPDATED, another, f.evidenced).when(REPORT)
    assert "2 actions are still open" in outcome.rejected("actions_open").sentence


def test_a_claim_needs_evidence_that_stands() -> None:
    given(*f.ACTION_COMPLETE).when(REPORT).rejected("evidence_missing")
    gone = e.EvidenceWithdrawn(occurred_on=TODAY, evidence_id=f.EVIDENCE, sha256=f.SHA, reason="x")
    given(*f.EVIDENCED, gone).when(REPORT).rejected("evidence_missing")


def test_it_is_not_complete_in_advance() -> None:
    command = replace(REPORT, occurred_on=TODAY + timedelta(days=1))
    given(*f.EVIDENCED).when(command).rejected("date_in_future", field="occurred_on")


@pytest.mark.parametrize("history", [f.REPORTED, f.UNDER_REVIEW])
def test_a_standing_claim_is_not_repeated(history: tuple[e.Event, ...]) -> None:
    given(*history).when(REPORT).rejected("already_reported_complete")


def test_a_request_for_further_evidence_is_answered_by_reporting_once_more() -> None:
    more = replace(f.evidenced, evidence_id=f.UNKNOWN)
    history = (*f.SENT_BACK, more)
    again = given(*history).when(REPORT).accepted()
    state = given(*history, *again).state
    assert (state.delivery, state.review) == (Delivery.REPORTED_COMPLETE, Review.NONE)


def test_a_claim_is_taken_back_with_a_reason_and_made_again() -> None:
    given(*f.REPORTED).when(TAKE_BACK).then(
        e.CompletionClaimWithdrawn(occurred_on=TODAY, reason="two are missing")
    )
    given(*f.REPORTED, f.taken_back).when(REPORT).accepted()


def test_without_a_claim_there_is_nothing_to_take_back() -> None:
    given(*f.EVIDENCED).when(TAKE_BACK).rejected("no_claim")
