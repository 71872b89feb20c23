from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.tracker.domain import facts as f
from tests.tracker.domain.scenario import TODAY, given
from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.circumstances import Practice
from tracker.domain.rejection import NotPermitted
from tracker.domain.vocabulary import Role

NOVEMBER = date(2026, 11, 2)
MOVE = c.MoveTargetDate(action_id=f.ACTION, target_on=NOVEMBER, reason="the trainer is ill")
ASK = c.RequestTargetDateExtension(action_id=f.ACTION, target_on=NOVEMBER, reason="still ill")
GRANT = c.DecideTargetDateExtension(action_id=f.ACTION, granted=True, reason="")
DECLINE = c.DecideTargetDateExtension(action_id=f.ACTION, granted=False, reason="hire another")


def test_the_lead_moves_a_date_once_and_the_region_is_told() -> None:
    given(*f.PLANNED).when(MOVE).then(
        e.TargetDateExtended(
            occurred_on=TODAY,
            action_id=f.ACTION,
            previous_target_on=f.TARGET_ON,
            target_on=NOVEMBER,
            slip=1,
            decided=False,
            tells_region=True,
            reason="the trainer is ill",
        )
    )


def test_the_second_slip_must_be_asked_for() -> None:
    given(*f.MOVED_ONCE).when(MOVE).rejected("extension_needs_request", field="action_id")
    given(*f.MOVED_ONCE).when(ASK).then(
        e.TargetDateExtensionRequested(
            occurred_on=TODAY, action_id=f.ACTION, target_on=NOVEMBER, reason="still ill"
        )
    )


def test_the_first_slip_need_not_be_asked_for() -> None:
    given(*f.PLANNED).when(ASK).rejected("request_not_needed", field="action_id")


def test_how_many_slips_the_lead_decides_is_a_matter_of_practice() -> None:
    given(*f.MOVED_ONCE).when(MOVE, practice=Practice(slips_decided_by_the_lead=2)).accepted()
    strict = Practice(slips_decided_by_the_lead=0)
    given(*f.PLANNED).when(MOVE, practice=strict).rejected(
        "extension_needs_request", field="action_id"
    )
    given(*f.PLANNED).when(ASK, practice=strict).accepted()


@pytest.mark.parametrize(("command", "history"), [(MOVE, f.PLANNED), (ASK, f.MOVED_ONCE)])
@pytest.mark.parametrize("day", [f.TARGET_ON, f.TARGET_ON - timedelta(days=1)])
def test_a_date_only_moves_later(
    command: c.MoveTargetDate | c.RequestTargetDateExtension,
    history: tuple[e.Event, ...],
    day: date,
) -> None:
    outcome = given(*history).when(replace(command, target_on=day))
    assert "1 October 2026" in outcome.rejected("date_not_later", field="target_on").sentence


def test_an_overdue_date_does_not_move_into_the_past() -> None:
    overdue = replace(f.planned, target_on=date(2026, 8, 10))
    command = replace(MOVE, target_on=date(2026, 8, 20))
    outcome = given(*f.AGREED, overdue).when(command)
    outcome.rejected("date_in_past", field="target_on")


@pytest.mark.parametrize("command", [MOVE, ASK])
def test_one_request_is_pending_at_a_time(command: c.Command) -> None:
    outcome = given(*f.ASKED_FOR_MORE).when(command, practice=Practice(slips_decided_by_the_lead=2))
    outcome.rejected("request_pending", field="action_id")


@pytest.mark.parametrize("role", [Role.REGIONAL_LEAD, Role.HMPPS_COORDINATOR])
def test_a_granted_request_moves_the_date_and_counts_as_a_slip(role: Role) -> None:
    given(*f.ASKED_FOR_MORE).when(GRANT, role=role).then(
        e.TargetDateExtended(
            occurred_on=TODAY,
            action_id=f.ACTION,
            previous_target_on=f.TARGET_ON,
            target_on=NOVEMBER,
            slip=2,
            decided=True,
            tells_region=role is Role.HMPPS_COORDINATOR,  # the regional lead knows already
            reason="",
        )
    )


def test_a_declined_request_says_why_and_leaves_the_date() -> None:
    given(*f.ASKED_FOR_MORE).when(DECLINE).then(
        e.TargetDateExtensionDeclined(
            occurred_on=TODAY, action_id=f.ACTION, target_on=NOVEMBER, reason="hire another"
        )
    )
    silent = replace(DECLINE, reason=" ")
    given(*f.ASKED_FOR_MORE).when(silent).rejected("text_missing", field="reason")


@pytest.mark.parametrize("command", [GRANT, DECLINE])
def test_what_nobody_asked_for_is_not_decided(command: c.Command) -> None:
    given(*f.MOVED_ONCE).when(command).rejected("no_request_pending", field="action_id")


def test_a_decided_request_is_gone() -> None:
    declined = given(*f.ASKED_FOR_MORE).when(DECLINE).accepted()
    history = given(*f.ASKED_FOR_MORE, *declined)
    history.when(GRANT).rejected("no_request_pending", field="action_id")
    history.when(ASK).accepted()


def test_a_request_whose_date_has_passed_can_only_be_declined() -> None:
    late = NOVEMBER + timedelta(days=1)
    given(*f.ASKED_FOR_MORE).when(GRANT, today=late).rejected("asked_date_passed", field="granted")
    given(*f.ASKED_FOR_MORE).when(DECLINE, today=late).accepted()


def test_a_request_ends_with_its_action() -> None:
    history = given(*f.ASKED_FOR_MORE, f.action_withdrawn, f.action_reopened)
    history.when(GRANT).rejected("no_request_pending", field="action_id")


def test_a_region_does_not_decide_its_own_request() -> None:
    outcome = given(*f.ASKED_FOR_MORE).when(
        GRANT, role=Role.REGIONAL_LEAD, addressed_to_region=True
    )
    assert isinstance(outcome.rejected("own_request"), NotPermitted)
    given(*f.ASKED_FOR_MORE).when(
        GRANT, role=Role.HMPPS_COORDINATOR, addressed_to_region=True
    ).accepted()


def test_the_region_is_not_told_where_practice_says_so() -> None:
    outcome = given(*f.PLANNED).when(MOVE, practice=Practice(region_hears_of_slips=False))
    (moved,) = outcome.events
    assert isinstance(moved, e.TargetDateExtended)
    assert not moved.tells_region
