from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.tracker.domain import facts as f
from tests.tracker.domain.scenario import ANN, BOB, STRANGER, TODAY, given
from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.decide.days import in_words
from tracker.domain.vocabulary import Response


def test_a_recommendation_is_assigned_to_a_member_by_name() -> None:
    given(f.published).when(c.Assign(accountable_id=BOB)).then(
        e.RecommendationAssigned(occurred_on=TODAY, accountable_id=BOB, accountable_name="Bob Roy")
    )


def test_a_recommendation_is_assigned_to_no_stranger() -> None:
    outcome = given(f.published).when(c.Assign(accountable_id=STRANGER))
    outcome.rejected("not_a_member", field="accountable_id")


def test_a_recommendation_is_not_assigned_to_the_same_person_twice() -> None:
    outcome = given(f.published, f.assigned).when(c.Assign(accountable_id=ANN))
    outcome.rejected("nothing_changes", field="accountable_id")


def test_agreeing_needs_no_reason() -> None:
    given(f.published).when(c.Respond(response=Response.AGREED)).then(
        e.ResponseRecorded(occurred_on=TODAY, response=Response.AGREED, reason="")
    )


def test_a_response_may_have_been_given_earlier() -> None:
    day = date(2026, 3, 20)
    command = c.Respond(response=Response.NOT_AGREED, reason="no money", occurred_on=day)
    given(f.published).when(command).then(
        e.ResponseRecorded(occurred_on=day, response=Response.NOT_AGREED, reason="no money")
    )


@pytest.mark.parametrize(
    ("response", "hint"),
    [
        (Response.PARTLY_AGREED, "which part is agreed"),
        (Response.NOT_AGREED, "why it is not agreed"),
    ],
)
def test_anything_but_agreement_needs_its_reason(response: Response, hint: str) -> None:
    outcome = given(f.published).when(c.Respond(response=response))
    assert hint in outcome.rejected("text_missing", field="reason").sentence
    revision = given(*f.AGREED).when(c.ReviseResponse(response=response, reason=" "))
    revision.rejected("text_missing", field="reason")


def test_awaiting_is_no_answer() -> None:
    given(f.published).when(c.Respond(response=Response.AWAITING)).rejected(
        "response_missing", field="response"
    )
    given(*f.AGREED).when(c.ReviseResponse(response=Response.AWAITING, reason="x")).rejected(
        "response_missing", field="response"
    )


def test_the_response_is_given_once_and_then_revised() -> None:
    command = c.Respond(response=Response.AGREED)
    given(*f.AGREED).when(command).rejected("already_responded")


def test_a_response_is_not_of_the_future() -> None:
    tomorrow = TODAY + timedelta(days=1)
    given(f.published).when(c.Respond(response=Response.AGREED, occurred_on=tomorrow)).rejected(
        "date_in_future", field="occurred_on"
    )
    given(*f.NOT_AGREED).when(
        c.ReviseResponse(response=Response.AGREED, reason="", occurred_on=tomorrow)
    ).rejected("date_in_future", field="occurred_on")


@pytest.mark.parametrize(
    ("history", "command"),
    [
        ((f.published,), c.Respond(response=Response.AGREED)),
        (f.AGREED, c.ReviseResponse(response=Response.NOT_AGREED, reason="no money")),
    ],
)
def test_a_response_is_of_no_day_before_the_report_was_published(
    history: tuple[e.Event, ...], command: c.Respond | c.ReviseResponse
) -> None:
    the_day = f.published.occurred_on
    the_day_before = the_day - timedelta(days=1)
    outcome = given(*history).when(replace(command, occurred_on=the_day_before))
    rejection = outcome.rejected("before_publication", field="occurred_on")
    assert f"published, on {in_words(the_day)}" in rejection.sentence
    given(*history).when(replace(command, occurred_on=the_day)).accepted()


def test_only_a_given_response_is_revised() -> None:
    command = c.ReviseResponse(response=Response.AGREED, reason="")
    given(f.published).when(command).rejected("not_yet_responded")


def test_a_response_is_revised_to_agreed_without_a_reason() -> None:
    command = c.ReviseResponse(response=Response.AGREED, reason="")
    given(*f.NOT_AGREED).when(command).then(
        e.ResponseRevised(occurred_on=TODAY, response=Response.AGREED, reason="")
    )


def test_agreeing_again_changes_nothing() -> None:
    command = c.ReviseResponse(response=Response.AGREED, reason="still")
    given(*f.AGREED).when(command).rejected("nothing_changes", field="response")


def test_another_part_may_be_agreed() -> None:
    command = c.ReviseResponse(response=Response.PARTLY_AGREED, reason="the second part as well")
    given(f.published, f.partly_agreed).when(command).accepted()


def test_nothing_becomes_not_agreed_while_an_action_is_open() -> None:
    command = c.ReviseResponse(response=Response.NOT_AGREED, reason="no money left")
    outcome = given(*f.PLANNED).when(command)
    rejection = outcome.rejected("actions_open", field="response")
    assert "1 action is still open" in rejection.sentence
    assert "withdraw them first" in rejection.sentence


@pytest.mark.parametrize("history", [f.ACTION_COMPLETE, (*f.PLANNED, f.action_withdrawn)])
def test_it_may_become_not_agreed_once_no_action_is_open(history: tuple[e.Event, ...]) -> None:
    command = c.ReviseResponse(response=Response.NOT_AGREED, reason="no money left")
    given(*history).when(command).accepted()


def test_nothing_becomes_not_agreed_while_it_is_reported_complete() -> None:
    command = c.ReviseResponse(response=Response.NOT_AGREED, reason="no money left")
    given(*f.REPORTED).when(command).rejected("claim_stands")
