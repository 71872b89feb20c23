"""Which rows a sweep writes, for whom, and how often."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inspections.models import Membership, Provider, Recommendation
from tests.reminding import (
    A_WEEK_BEFORE_RESPONSE,
    PUBLISHED,
    RESPONSE_DUE_ON,
    announce,
    give,
    morning,
    open_recommendations,
    plan_action,
)
from tests.world import make_provider, make_user
from tracker.domain import commands as c
from tracker.domain.reminder_policy import Rule
from tracker.domain.vocabulary import Response, Role
from tracker.models import Practice, RecommendationProgress, Reminder, ReminderSweep
from tracker.reminders import schedule
from tracker.reminders.schedule import is_scheduled

pytestmark = pytest.mark.django_db
AGREE = c.Respond(response=Response.AGREED)


@pytest.fixture
def unit() -> Provider:
    return make_provider()


@pytest.fixture
def lead(unit: Provider) -> User:
    return make_user("Lena Lead", Role.PDU_LEAD, unit)


@pytest.fixture
def recommendation(unit: Provider, lead: User) -> Recommendation:
    return open_recommendations(unit).recommendations.get()


def _written(rule: Rule | None = None) -> set[tuple[str, int, str]]:
    rows = Reminder.objects.select_related("recipient").order_by("pk")
    return {
        (row.rule, row.step, row.recipient.get_full_name())
        for row in rows
        if rule in (None, row.rule)
    }


def test_a_response_due_in_a_week_is_a_row_for_the_lead(
    recommendation: Recommendation, lead: User
) -> None:
    schedule(A_WEEK_BEFORE_RESPONSE)
    row = Reminder.objects.get()
    assert (row.recommendation, row.recipient, row.rule) == (recommendation, lead, "response_ahead")
    assert (row.for_date, row.step, row.due_on) == (RESPONSE_DUE_ON, 7, A_WEEK_BEFORE_RESPONSE)
    assert row.state == Reminder.State.DUE


def test_sweeping_again_writes_nothing_more(recommendation: Recommendation) -> None:
    for _ in range(3):
        schedule(A_WEEK_BEFORE_RESPONSE)
    assert Reminder.objects.count() == 1


def test_every_day_in_turn_writes_each_reminder_once(recommendation: Recommendation) -> None:
    day = PUBLISHED.date()
    while day < RESPONSE_DUE_ON:
        schedule(day)
        day += timedelta(days=1)
    steps = Reminder.objects.order_by("pk").values_list("rule", "step")
    assert list(steps) == [("response_ahead", step) for step in (30, 14, 7, 1)]


def test_a_day_that_was_missed_is_caught_up_with_the_latest_offset_only(
    recommendation: Recommendation,
) -> None:
    schedule(date(2026, 9, 2))
    Reminder.objects.all().delete()
    schedule(date(2026, 9, 25))
    assert _written() == {("response_ahead", 7, "Lena Lead")}


def test_a_sweep_that_missed_nothing_brings_nothing_up_again(
    recommendation: Recommendation, unit: Provider
) -> None:
    schedule(A_WEEK_BEFORE_RESPONSE)
    announce(unit, A_WEEK_BEFORE_RESPONSE + timedelta(days=20))
    schedule(A_WEEK_BEFORE_RESPONSE)
    assert _written(Rule.REINSPECTION_AHEAD) == set()


def test_a_former_lead_a_deactivated_one_and_a_stranger_get_nothing(
    recommendation: Recommendation, unit: Provider
) -> None:
    make_user("Former Lead", Role.PDU_LEAD, unit, ends_on=A_WEEK_BEFORE_RESPONSE - timedelta(1))
    make_user("Future Lead", Role.PDU_LEAD, unit, starts_on=A_WEEK_BEFORE_RESPONSE + timedelta(1))
    gone = make_user("Gone Lead", Role.PDU_LEAD, unit)
    gone.is_active = False
    gone.save()
    make_user("Other Lead", Role.PDU_LEAD, make_provider("Southmere PDU"))
    make_user("Dell Egate", Role.DELEGATE, unit)
    make_user("Regional Lead", Role.REGIONAL_LEAD, unit.region)
    schedule(A_WEEK_BEFORE_RESPONSE)
    assert _written() == {("response_ahead", 7, "Lena Lead")}


def test_an_action_is_for_its_owner_too_while_they_belong_to_the_unit(
    recommendation: Recommendation, unit: Provider, lead: User
) -> None:
    owner = make_user("Owen Owner", Role.ACTION_OWNER, unit)
    give(AGREE, recommendation, lead)
    target_on = date(2026, 10, 14)
    plan_action(recommendation, lead, owner, target_on)
    schedule(target_on - timedelta(days=14))
    both = {("action_ahead", 14, "Lena Lead"), ("action_ahead", 14, "Owen Owner")}
    assert _written(Rule.ACTION_AHEAD) == both
    Membership.objects.filter(user=owner).update(ends_on=target_on - timedelta(days=8))
    schedule(target_on - timedelta(days=7))
    assert _written(Rule.ACTION_AHEAD) == both | {("action_ahead", 7, "Lena Lead")}


def test_a_lead_who_owns_the_action_is_reminded_once(
    recommendation: Recommendation, lead: User
) -> None:
    give(AGREE, recommendation, lead)
    plan_action(recommendation, lead, lead, date(2026, 10, 14))
    schedule(date(2026, 10, 7))
    assert Reminder.objects.filter(rule=Rule.ACTION_AHEAD, step=7).count() == 1


def test_the_regional_lead_hears_from_day_14_and_once_a_week(
    recommendation: Recommendation, unit: Provider
) -> None:
    make_user("Regional Lead", Role.REGIONAL_LEAD, unit.region)
    day = RESPONSE_DUE_ON
    while day <= date(2026, 10, 27):
        schedule(day)
        day += timedelta(days=1)
    rows = Reminder.objects.filter(rule=Rule.RESPONSE_OVERDUE_IN_REGION).order_by("due_on")
    assert [row.due_on for row in rows] == [date(2026, 10, 19), date(2026, 10, 26)]
    assert {row.recipient.get_full_name() for row in rows} == {"Regional Lead"}


def test_every_regional_lead_is_told_once_of_a_moved_date_and_no_other_region(
    recommendation: Recommendation, unit: Provider, lead: User
) -> None:
    make_user("Regional Lead", Role.REGIONAL_LEAD, unit.region)
    make_user("Second Lead", Role.REGIONAL_LEAD, unit.region)
    elsewhere = make_provider("Other Region", kind=Provider.Kind.REGION)
    make_user("Other Lead", Role.REGIONAL_LEAD, elsewhere)
    give(AGREE, recommendation, lead)
    action_id = plan_action(recommendation, lead, lead, date(2026, 12, 1))
    friday = date(2026, 9, 18)
    move = c.MoveTargetDate(action_id=action_id, target_on=date(2027, 1, 5), reason="A vacancy")
    schedule(friday)
    give(move, recommendation, lead, now=morning(friday, 15))
    schedule(friday)
    assert _written(Rule.TARGET_DATE_MOVED) == set()
    for days in range(3, 40):
        schedule(friday + timedelta(days=days))
    rows = Reminder.objects.filter(rule=Rule.TARGET_DATE_MOVED).order_by("pk")
    assert [(row.for_date, row.due_on, row.about) for row in rows] == [
        (friday, date(2026, 9, 21), str(action_id))
    ] * 2
    assert _written(Rule.TARGET_DATE_MOVED) == {
        ("target_date_moved", 0, "Regional Lead"),
        ("target_date_moved", 0, "Second Lead"),
    }


def test_where_practice_says_so_the_region_is_not_told_of_moved_dates(
    recommendation: Recommendation, unit: Provider, lead: User
) -> None:
    Practice.objects.update(region_hears_of_slips=False)
    make_user("Regional Lead", Role.REGIONAL_LEAD, unit.region)
    give(AGREE, recommendation, lead)
    action_id = plan_action(recommendation, lead, lead, date(2026, 12, 1))
    move = c.MoveTargetDate(action_id=action_id, target_on=date(2027, 1, 5), reason="A vacancy")
    give(move, recommendation, lead)
    schedule(PUBLISHED.date() + timedelta(days=1))
    assert _written(Rule.TARGET_DATE_MOVED) == set()


def test_where_the_region_is_addressed_its_regional_lead_is_the_lead() -> None:
    region = make_provider("Invented Region", kind=Provider.Kind.REGION)
    make_user("Regional Lead", Role.REGIONAL_LEAD, region)
    open_recommendations(region)
    schedule(A_WEEK_BEFORE_RESPONSE)
    schedule(date(2026, 10, 19))
    assert _written() == {
        ("response_ahead", 7, "Regional Lead"),
        ("response_overdue", 14, "Regional Lead"),
        ("silent", 31, "Regional Lead"),
    }


def test_a_reinspection_is_for_leads_and_allocated_inspectors(unit: Provider, lead: User) -> None:
    inspection = open_recommendations(unit, 2)
    allocated = make_user("Alla Cated", Role.INSPECTOR)
    former = make_user("Former Inspector", Role.INSPECTOR, ends_on=date(2026, 9, 30))
    make_user("Other Inspector", Role.INSPECTOR)
    inspection.allocated_inspectors.add(allocated, former)
    announce(unit, date(2026, 12, 9))
    schedule(date(2026, 10, 9))
    assert _written(Rule.REINSPECTION_AHEAD) == {
        ("reinspection_ahead", 60, "Lena Lead"),
        ("reinspection_ahead", 60, "Alla Cated"),
    }
    assert Reminder.objects.filter(rule=Rule.REINSPECTION_AHEAD).count() == 4


def test_the_offsets_are_practice_that_an_administrator_changes(
    recommendation: Recommendation, unit: Provider
) -> None:
    Practice.objects.update(reinspection_offsets=[45])
    announce(unit, date(2026, 12, 9))
    schedule(date(2026, 10, 23))  # 45 days before is a Sunday
    assert _written(Rule.REINSPECTION_AHEAD) == {("reinspection_ahead", 45, "Lena Lead")}


def test_a_recommendation_of_a_units_report_to_the_region_follows_the_units_reinspection(
    unit: Provider,
) -> None:
    assert unit.region is not None
    make_user("Regional Lead", Role.REGIONAL_LEAD, unit.region)
    inspection = open_recommendations(unit, 0)
    inspection.recommendations.create(
        number=1, text="Recruit.", addressed_to="Invented Region", addressee=unit.region
    )
    from tracker.services import open_streams

    administrator = make_user("Ada Administrator", Role.HMIP_ADMINISTRATOR)
    open_streams(inspection=inspection, actor=administrator, now=PUBLISHED)
    announce(unit, date(2026, 12, 9))
    schedule(date(2026, 10, 9))
    assert _written(Rule.REINSPECTION_AHEAD) == {("reinspection_ahead", 60, "Regional Lead")}


def test_a_sweep_of_today_need_not_be_repeated_until_something_new_is_on_record(
    recommendation: Recommendation, unit: Provider, lead: User
) -> None:
    today = A_WEEK_BEFORE_RESPONSE
    assert not is_scheduled(today)
    schedule(today)
    assert is_scheduled(today)
    announce(unit, date(2026, 12, 9))
    assert not is_scheduled(today)
    schedule(today)
    give(AGREE, recommendation, lead)
    assert not is_scheduled(today)
    schedule(today)
    assert is_scheduled(today)
    assert not is_scheduled(today + timedelta(days=1))


def test_a_date_moved_to_and_fro_makes_a_cancelled_reminder_due_again(
    recommendation: Recommendation,
) -> None:
    schedule(A_WEEK_BEFORE_RESPONSE)
    Reminder.objects.update(state="cancelled", settled_at=PUBLISHED, reason="date_moved")
    schedule(A_WEEK_BEFORE_RESPONSE)
    row = Reminder.objects.get()
    assert (row.state, row.reason, row.settled_at) == (Reminder.State.DUE, "", None)


def test_what_was_sent_is_not_made_due_again(recommendation: Recommendation) -> None:
    schedule(A_WEEK_BEFORE_RESPONSE)
    Reminder.objects.update(state="sent", settled_at=PUBLISHED)
    schedule(A_WEEK_BEFORE_RESPONSE)
    assert Reminder.objects.get().state == Reminder.State.SENT


def test_a_clock_set_back_after_a_sweep_loses_and_doubles_nothing(
    recommendation: Recommendation,
) -> None:
    schedule(A_WEEK_BEFORE_RESPONSE + timedelta(days=3))
    schedule(A_WEEK_BEFORE_RESPONSE)
    schedule(date(2026, 9, 28))
    assert ReminderSweep.objects.get().swept_on == date(2026, 9, 28)
    assert {step for _, step, _ in _written()} == {7, 1}


def test_a_recommendation_that_makes_no_sense_stops_no_other_and_is_logged_by_its_id(
    unit: Provider, lead: User, caplog: pytest.LogCaptureFixture
) -> None:
    first, second, third = open_recommendations(unit, 3).recommendations.order_by("number")
    stored = RecommendationProgress.objects.filter(pk=second.pk)
    stored.update(response="a word of tomorrow")
    schedule(A_WEEK_BEFORE_RESPONSE)
    stored.update(response=Response.AWAITING)
    reminded = Reminder.objects.order_by("pk").values_list("recommendation", flat=True)
    assert list(reminded) == [first.pk, third.pk]
    (record,) = caplog.records
    assert f"recommendation {second.pk} could not" in record.getMessage()
    assert "a word of tomorrow" not in caplog.text


def test_a_sweep_over_200_recommendations_asks_no_more_often_than_one_over_20(
    unit: Provider, lead: User
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            schedule(A_WEEK_BEFORE_RESPONSE)
        return len([each for each in asked if not each["sql"].startswith("INSERT")])

    schedule(PUBLISHED.date())
    open_recommendations(unit, 20)
    few = queries()
    open_recommendations(unit, 180)
    assert queries() == few
    assert Reminder.objects.count() == 200
