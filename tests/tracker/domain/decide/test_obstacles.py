from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.tracker.domain import facts as f
from tests.tracker.domain.scenario import NEW, TODAY, given
from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.rejection import NotPermitted
from tracker.domain.vocabulary import Role

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
RECORD = c.RecordBlocker(cause="no room", controlled_by="estates", forecast_on=f.FORECAST_ON)
REVISE = c.ReviseBlockerForecast(
    blocker_id=f.BLOCKER, forecast_on=date(2026, 10, 5), reason="the lease is late"
)
CLEAR = c.ClearBlocker(blocker_id=f.BLOCKER, note="a room is found")
ESCALATE = c.RaiseEscalation(
    addressed_to=Role.REGIONAL_LEAD, asked="find us a room", reply_by=date(2026, 9, 15)
)
ANSWER = c.AnswerEscalation(escalation_id=f.ESCALATION, answer="take room 4")


@pytest.mark.parametrize("action_id", [None, f.ACTION])
def test_a_blocker_stands_in_the_way_of_an_action_or_of_everything(
    action_id: UUID | None,
) -> None:
    command = replace(RECORD, action_id=action_id, occurred_on=YESTERDAY)
    given(*f.PLANNED).when(command).then(
        e.BlockerRecorded(
            occurred_on=YESTERDAY,
            blocker_id=NEW,
            action_id=action_id,
            forecast_on=f.FORECAST_ON,
            cause="no room",
            controlled_by="estates",
            risk_register_reference="",
        )
    )


def test_a_blocker_has_begun_and_its_end_lies_ahead() -> None:
    late = replace(RECORD, forecast_on=YESTERDAY)
    given(*f.PLANNED).when(late).rejected("date_in_past", field="forecast_on")
    early = replace(RECORD, occurred_on=TOMORROW)
    given(*f.PLANNED).when(early).rejected("date_in_future", field="occurred_on")


def test_a_forecast_is_revised_with_a_reason() -> None:
    given(*f.BLOCKED).when(REVISE).then(
        e.BlockerForecastRevised(
            occurred_on=TODAY,
            blocker_id=f.BLOCKER,
            previous_forecast_on=f.FORECAST_ON,
            forecast_on=date(2026, 10, 5),
            reason="the lease is late",
        )
    )


def test_a_forecast_may_come_nearer_but_not_into_the_past() -> None:
    given(*f.BLOCKED).when(replace(REVISE, forecast_on=TODAY)).accepted()
    past = replace(REVISE, forecast_on=YESTERDAY)
    given(*f.BLOCKED).when(past).rejected("date_in_past", field="forecast_on")


def test_the_same_forecast_is_no_revision() -> None:
    same = replace(REVISE, forecast_on=f.FORECAST_ON)
    given(*f.BLOCKED).when(same).rejected("nothing_changes", field="forecast_on")


def test_a_blocker_is_cleared() -> None:
    given(*f.BLOCKED).when(CLEAR).then(
        e.BlockerCleared(occurred_on=TODAY, blocker_id=f.BLOCKER, note="a room is found")
    )


def test_a_blocker_is_not_cleared_in_advance() -> None:
    command = replace(CLEAR, occurred_on=TOMORROW)
    given(*f.BLOCKED).when(command).rejected("date_in_future", field="occurred_on")


@pytest.mark.parametrize("command", [REVISE, CLEAR])
def test_only_a_standing_blocker_is_revised_or_cleared(command: c.Command) -> None:
    given(*f.PLANNED).when(command).rejected("blocker_unknown", field="blocker_id")
    cleared = given(*f.BLOCKED).when(CLEAR).accepted()
    given(*f.BLOCKED, *cleared).when(command).rejected("blocker_unknown", field="blocker_id")


@pytest.mark.parametrize("above", [Role.REGIONAL_LEAD, Role.HMPPS_COORDINATOR])
def test_a_matter_is_escalated_to_those_above(above: Role) -> None:
    given(*f.AGREED).when(replace(ESCALATE, addressed_to=above)).then(
        e.EscalationRaised(
            occurred_on=TODAY,
            escalation_id=NEW,
            addressed_to=above,
            reply_by=date(2026, 9, 15),
            asked="find us a room",
        )
    )


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.REGIONAL_LEAD, Role.HMPPS_COORDINATOR}))
def test_a_matter_is_escalated_to_nobody_else(role: Role) -> None:
    command = replace(ESCALATE, addressed_to=role)
    outcome = given(*f.AGREED).when(command)
    sentence = outcome.rejected("not_above", field="addressed_to").sentence
    assert sentence.endswith("escalate to a regional lead or an HMPPS co-ordinator.")


def test_a_region_does_not_escalate_to_itself() -> None:
    outcome = given(*f.AGREED).when(ESCALATE, role=Role.REGIONAL_LEAD, addressed_to_region=True)
    outcome.rejected("not_above", field="addressed_to")


def test_a_reply_is_asked_for_by_today_or_later() -> None:
    command = replace(ESCALATE, reply_by=YESTERDAY)
    given(*f.AGREED).when(command).rejected("date_in_past", field="reply_by")


def test_whoever_was_asked_answers() -> None:
    given(*f.ESCALATED).when(ANSWER, role=Role.REGIONAL_LEAD).then(
        e.EscalationAnswered(occurred_on=TODAY, escalation_id=f.ESCALATION, answer="take room 4")
    )


def test_nobody_answers_in_place_of_the_one_asked() -> None:
    outcome = given(*f.ESCALATED).when(ANSWER, role=Role.HMPPS_COORDINATOR)
    assert isinstance(outcome.rejected("not_the_one_asked"), NotPermitted)


def test_an_escalation_is_answered_once() -> None:
    given(*f.AGREED).when(ANSWER).rejected("escalation_unknown", field="escalation_id")
    answered = given(*f.ESCALATED).when(ANSWER).accepted()
    outcome = given(*f.ESCALATED, *answered).when(ANSWER)
    outcome.rejected("escalation_unknown", field="escalation_id")
