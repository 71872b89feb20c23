from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.tracker.domain import facts as f
from tests.tracker.domain.scenario import ANN, BOB, NEW, STRANGER, TODAY, given
from tracker.domain import commands as c
from tracker.domain import events as e

PLAN = c.PlanAction(
    description="train all staff",
    accountable_id=BOB,
    delivered_by="the training team",
    target_on=f.TARGET_ON,
)


@pytest.mark.parametrize("answer", [f.agreed, f.partly_agreed])
def test_an_action_is_planned_for_what_is_agreed(answer: e.Event) -> None:
    given(f.published, answer).when(PLAN).then(
        e.ActionPlanned(
            occurred_on=TODAY,
            action_id=NEW,
            accountable_id=BOB,
            target_on=f.TARGET_ON,
            description="train all staff",
            accountable_name="Bob Roy",
            delivered_by="the training team",
        )
    )


@pytest.mark.parametrize("history", [(f.published,), f.NOT_AGREED])
def test_no_action_is_planned_for_what_is_not_agreed(history: tuple[e.Event, ...]) -> None:
    given(*history).when(PLAN).rejected("response_not_agreed")


def test_no_action_is_planned_while_the_recommendation_is_reported_complete() -> None:
    given(*f.REPORTED).when(PLAN).rejected("claim_stands")
    given(*f.SENT_BACK).when(PLAN).rejected("claim_stands")
    given(*f.SENT_BACK, f.taken_back).when(PLAN).accepted()


def test_an_action_is_planned_for_today_or_later() -> None:
    given(*f.AGREED).when(replace(PLAN, target_on=TODAY)).accepted()
    yesterday = replace(PLAN, target_on=TODAY - timedelta(days=1))
    given(*f.AGREED).when(yesterday).rejected("date_in_past", field="target_on")


def test_an_action_is_not_planned_for_the_next_generation() -> None:
    command = replace(PLAN, target_on=date(2126, 10, 1))
    given(*f.AGREED).when(command).rejected("date_too_far", field="target_on")


def test_the_owner_of_an_action_belongs_to_the_provider() -> None:
    command = replace(PLAN, accountable_id=STRANGER)
    given(*f.AGREED).when(command).rejected("not_a_member", field="accountable_id")


def test_an_action_changes_hands() -> None:
    command = c.ChangeActionOwner(action_id=f.ACTION, accountable_id=BOB)
    given(*f.PLANNED).when(command).then(
        e.ActionOwnerChanged(
            occurred_on=TODAY,
            action_id=f.ACTION,
            accountable_id=BOB,
            accountable_name="Bob Roy",
            reason="",
        )
    )


def test_an_action_is_not_handed_to_its_owner_or_to_a_stranger() -> None:
    to_ann = c.ChangeActionOwner(action_id=f.ACTION, accountable_id=ANN)
    given(*f.PLANNED).when(to_ann).rejected("nothing_changes", field="accountable_id")
    to_stranger = c.ChangeActionOwner(action_id=f.ACTION, accountable_id=STRANGER)
    given(*f.PLANNED).when(to_stranger).rejected("not_a_member", field="accountable_id")


def test_an_action_with_an_update_is_reported_complete() -> None:
    day = date(2026, 8, 28)
    command = c.ReportActionComplete(action_id=f.ACTION, note="done", occurred_on=day)
    given(*f.UPDATED).when(command).then(
        e.ActionReportedComplete(occurred_on=day, action_id=f.ACTION, note="done")
    )


def test_an_action_without_an_update_is_not_complete() -> None:
    command = c.ReportActionComplete(action_id=f.ACTION)
    given(*f.PLANNED).when(command).rejected("update_missing", field="action_id")


def test_an_update_on_another_action_does_not_count() -> None:
    other = replace(f.planned, action_id=f.OTHER_ACTION)
    command = c.ReportActionComplete(action_id=f.OTHER_ACTION)
    given(*f.UPDATED, other).when(command).rejected("update_missing", field="action_id")


def test_an_action_is_not_complete_in_advance() -> None:
    command = c.ReportActionComplete(action_id=f.ACTION, occurred_on=TODAY + timedelta(days=1))
    given(*f.UPDATED).when(command).rejected("date_in_future", field="occurred_on")


@pytest.mark.parametrize("ended", [f.ACTION_COMPLETE, (*f.PLANNED, f.action_withdrawn)])
def test_an_ended_action_is_reopened(ended: tuple[e.Event, ...]) -> None:
    command = c.ReopenAction(action_id=f.ACTION, reason="new staff came")
    given(*ended).when(command).then(
        e.ActionReopened(occurred_on=TODAY, action_id=f.ACTION, reason="new staff came")
    )


def test_an_open_action_is_not_reopened() -> None:
    command = c.ReopenAction(action_id=f.ACTION, reason="x")
    given(*f.PLANNED).when(command).rejected("action_open", field="action_id")


def test_no_action_is_reopened_under_a_claim_of_completion() -> None:
    command = c.ReopenAction(action_id=f.ACTION, reason="x")
    given(*f.REPORTED).when(command).rejected("claim_stands")
    given(*f.REPORTED, f.taken_back).when(command).accepted()


def test_no_action_is_reopened_once_the_recommendation_is_not_agreed() -> None:
    revised = e.ResponseRevised(
        occurred_on=TODAY, response=f.not_agreed.response, reason="no money"
    )
    command = c.ReopenAction(action_id=f.ACTION, reason="x")
    given(*f.ACTION_COMPLETE, revised).when(command).rejected("response_not_agreed")


def test_an_action_is_withdrawn_with_a_reason() -> None:
    command = c.WithdrawAction(action_id=f.ACTION, reason="no use")
    given(*f.PLANNED).when(command).then(
        e.ActionWithdrawn(occurred_on=TODAY, action_id=f.ACTION, reason="no use")
    )


ON_OPEN_ACTIONS: list[c.Command] = [
    c.ChangeActionOwner(action_id=f.ACTION, accountable_id=BOB),
    c.ReportActionComplete(action_id=f.ACTION),
    c.WithdrawAction(action_id=f.ACTION, reason="x"),
    c.MoveTargetDate(action_id=f.ACTION, target_on=date(2026, 12, 1), reason="x"),
    c.RequestTargetDateExtension(action_id=f.ACTION, target_on=date(2026, 12, 1), reason="x"),
    c.DecideTargetDateExtension(action_id=f.ACTION, granted=True, reason=""),
    c.RecordBlocker(
        action_id=f.ACTION, cause="x", controlled_by="y", forecast_on=date(2026, 12, 1)
    ),
]


@pytest.mark.parametrize("command", ON_OPEN_ACTIONS)
@pytest.mark.parametrize("ended", [f.ACTION_COMPLETE, (*f.UPDATED, f.action_withdrawn)])
def test_work_on_an_action_ends_with_it(command: c.Command, ended: tuple[e.Event, ...]) -> None:
    given(*ended).when(command).rejected("action_not_open", field="action_id")


@pytest.mark.parametrize(
    "command",
    [
        *ON_OPEN_ACTIONS,
        c.ReopenAction(action_id=f.ACTION, reason="x"),
        c.RecordProgressUpdate(action_id=f.ACTION, text="x", occurred_on=TODAY),
    ],
)
def test_an_action_must_be_one_of_the_recommendation(command: c.Command) -> None:
    given(*f.AGREED).when(command).rejected("action_unknown", field="action_id")
