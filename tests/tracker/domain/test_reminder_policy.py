from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.day import Dates, Rhythm, is_silent
from tracker.domain.reminder_policy import (
    AUDIENCES,
    Audience,
    Cancellation,
    FallingDue,
    NoticeKind,
    OpenAction,
    OpenRecommendation,
    ReminderPractice,
    Rule,
    RulingNotice,
    StandingDate,
    falling_due,
    reason_to_cancel,
    standing_dates,
)
from tracker.domain.vocabulary import Delivery, Response
from tracker.domain.working_days import is_quiet

BANK_HOLIDAYS = frozenset(
    {
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 4),
        date(2026, 5, 25),
        date(2026, 8, 31),
        date(2026, 12, 25),
        date(2026, 12, 28),
        date(2027, 1, 1),
        date(2027, 3, 26),
        date(2027, 3, 29),
    }
)
PRACTICE = ReminderPractice(bank_holidays=BANK_HOLIDAYS)
PUBLISHED_ON = date(2025, 6, 3)  # a Tuesday
ACTION = UUID("00000000-0000-4000-8000-000000000001")
ONE_DAY = timedelta(days=1)


def a_recommendation(**changes: Any) -> OpenRecommendation:
    """One that gives no reason for any reminder, but for the changes."""
    quiet: dict[str, Any] = {
        "published_on": PUBLISHED_ON,
        "response_due_on": PUBLISHED_ON + timedelta(days=28),
        "response": Response.AGREED,
        "delivery": Delivery.REPORTED_COMPLETE,
        "notice": RulingNotice(kind=NoticeKind.PAUSED, noted_on=PUBLISHED_ON),
    }
    return OpenRecommendation(**{**quiet, **changes})


def announced(day: date, kind: NoticeKind = NoticeKind.ANNOUNCED) -> OpenRecommendation:
    notice = RulingNotice(kind=kind, noted_on=date(2025, 9, 1), starts_on=day)
    return a_recommendation(notice=notice)


def with_action(target_on: date) -> OpenRecommendation:
    return a_recommendation(actions=(OpenAction(ACTION, target_on),))


def swept(
    recommendation: OpenRecommendation,
    first: date,
    last: date,
    *,
    rule: Rule,
    every_days: int = 1,
    practice: ReminderPractice = PRACTICE,
) -> list[tuple[date, FallingDue]]:
    """Sweep on the working days from `first` to `last`; return what was new on which day.

    As the sweep does: each looks back to the last, and an occasion seen before is not new.
    """
    seen: dict[tuple[StandingDate, int], None] = {}
    news = []
    since = today = first
    while today <= last:
        if not is_quiet(today, practice.bank_holidays):
            for due in falling_due(recommendation, since=since, today=today, practice=practice):
                if due.standing.rule is rule and (due.standing, due.step) not in seen:
                    seen[due.standing, due.step] = None
                    news.append((today, due))
            since = today
        today += timedelta(days=every_days)
    return news


def steps(news: list[tuple[date, FallingDue]]) -> list[tuple[date, int]]:
    return [(day, due.step) for day, due in news]


def with_moved_date(moved_on: date | None) -> OpenRecommendation:
    return a_recommendation(actions=(OpenAction(ACTION, date(2026, 12, 1), moved_on),))


# --- Ahead of a date ------------------------------------------------------------------------------


def test_a_reinspection_is_announced_at_every_offset_of_practice() -> None:
    day = date(2026, 10, 14)  # a Wednesday
    news = swept(announced(day), date(2026, 1, 1), day, rule=Rule.REINSPECTION_AHEAD)
    assert steps(news) == [
        (date(2026, 4, 17), 180),
        (date(2026, 7, 16), 90),
        (date(2026, 8, 14), 60),  # the 15th is a Saturday
        (date(2026, 9, 14), 30),
        (date(2026, 9, 30), 14),
        (date(2026, 10, 7), 7),
        (date(2026, 10, 13), 1),
    ]


def test_a_window_counts_from_its_first_day() -> None:
    first = date(2026, 10, 14)
    window = announced(first, NoticeKind.EXPECTED)
    due = falling_due(window, since=date(2026, 9, 14), today=date(2026, 9, 14), practice=PRACTICE)
    assert [(each.standing.date, each.step) for each in due] == [(first, 30)]


def test_a_target_date_is_announced_to_lead_and_owner() -> None:
    target = date(2026, 6, 17)
    news = swept(with_action(target), date(2026, 3, 2), target, rule=Rule.ACTION_AHEAD)
    assert steps(news) == [
        (date(2026, 5, 18), 30),
        (date(2026, 6, 3), 14),
        (date(2026, 6, 10), 7),
        (date(2026, 6, 16), 1),
    ]
    assert {due.standing.action_id for _, due in news} == {ACTION}
    assert AUDIENCES[Rule.ACTION_AHEAD] == {Audience.LEADS, Audience.ACTION_OWNER}


def test_a_response_is_asked_for_until_it_is_given() -> None:
    awaited = a_recommendation(response=Response.AWAITING)
    last = awaited.response_due_on or PUBLISHED_ON
    assert steps(swept(awaited, PUBLISHED_ON, last, rule=Rule.RESPONSE_AHEAD)) == [
        (date(2025, 6, 17), 14),
        (date(2025, 6, 24), 7),
        (date(2025, 6, 30), 1),
    ]
    given_ = replace(awaited, response=Response.PARTLY_AGREED)
    assert swept(given_, PUBLISHED_ON, last, rule=Rule.RESPONSE_AHEAD) == []


def test_of_what_was_never_asked_nobody_is_reminded_until_the_provider_speaks() -> None:
    notice = RulingNotice(
        kind=NoticeKind.ANNOUNCED, noted_on=PUBLISHED_ON, starts_on=date(2027, 5, 1)
    )
    on_record = a_recommendation(response=Response.AWAITING, response_due_on=None, notice=notice)
    assert list(standing_dates(on_record)) == []
    spoken = replace(on_record, last_said_on=date(2026, 5, 1))
    assert {each.rule for each in standing_dates(spoken)} == {Rule.REINSPECTION_AHEAD}
    in_progress = replace(spoken, delivery=Delivery.IN_PROGRESS)
    assert Rule.SILENT in {each.rule for each in standing_dates(in_progress)}


def test_a_quiet_day_moves_to_the_working_day_before_when_it_lies_ahead_of_a_date() -> None:
    tuesday_after_easter = date(2026, 4, 7)
    maundy_thursday = date(2026, 4, 2)
    news = swept(
        announced(tuesday_after_easter),
        date(2026, 3, 25),
        tuesday_after_easter,
        rule=Rule.REINSPECTION_AHEAD,
    )
    assert steps(news) == [(date(2026, 3, 31), 7), (maundy_thursday, 1)]


# --- Overdue --------------------------------------------------------------------------------------


def test_what_is_overdue_comes_back_weekly_until_it_is_done() -> None:
    target = date(2026, 6, 17)
    news = swept(with_action(target), target, date(2026, 7, 10), rule=Rule.ACTION_OVERDUE)
    assert steps(news) == [
        (date(2026, 6, 24), 7),
        (date(2026, 7, 1), 14),
        (date(2026, 7, 8), 21),
    ]
    assert swept(a_recommendation(), target, date(2026, 7, 10), rule=Rule.ACTION_OVERDUE) == []


def test_a_quiet_day_moves_to_the_next_working_day_when_overdue() -> None:
    christmas_eve_less_a_week = date(2026, 12, 18)
    news = swept(
        with_action(christmas_eve_less_a_week),
        date(2026, 12, 18),
        date(2027, 1, 5),
        rule=Rule.ACTION_OVERDUE,
    )
    assert steps(news) == [(date(2026, 12, 29), 7), (date(2027, 1, 4), 14)]


def test_the_region_gets_one_list_a_week_from_day_14_overdue() -> None:
    target = date(2026, 6, 17)  # day 14 is Wednesday, 1 July
    news = swept(with_action(target), target, date(2026, 7, 21), rule=Rule.ACTION_OVERDUE_IN_REGION)
    assert [day for day, _ in news] == [date(2026, 7, 6), date(2026, 7, 13), date(2026, 7, 20)]
    assert AUDIENCES[Rule.ACTION_OVERDUE_IN_REGION] == {Audience.REGIONAL_LEADS}


def test_from_day_14_a_monday_that_is_day_14_counts_and_day_13_does_not() -> None:
    monday = date(2026, 7, 6)
    for days, heard in ((13, False), (14, True)):
        news = swept(
            with_action(monday - timedelta(days=days)),
            monday,
            monday,
            rule=Rule.ACTION_OVERDUE_IN_REGION,
        )
        assert bool(news) is heard


def test_the_regions_list_moves_past_a_bank_holiday_monday() -> None:
    news = swept(
        with_action(date(2026, 3, 2)),
        date(2026, 4, 1),
        date(2026, 4, 10),
        rule=Rule.ACTION_OVERDUE_IN_REGION,
    )
    assert [day for day, _ in news] == [date(2026, 4, 7)]


# --- Review rhythm and readiness ------------------------------------------------------------------


def test_silence_is_noticed_when_the_rhythm_is_missed_and_each_time_it_is_missed_again() -> None:
    said_on = date(2026, 6, 1)
    silent = a_recommendation(delivery=Delivery.IN_PROGRESS, last_said_on=said_on)
    news = swept(silent, said_on, date(2026, 8, 31), rule=Rule.SILENT)
    assert steps(news) == [(date(2026, 7, 3), 31), (date(2026, 8, 3), 62)]


def test_whoever_reported_complete_is_never_silent() -> None:
    complete = a_recommendation(last_said_on=date(2026, 1, 5))
    assert swept(complete, date(2026, 1, 5), date(2026, 12, 31), rule=Rule.SILENT) == []


@given(st.integers(0, 200), st.sampled_from(Delivery))
def test_a_reminder_of_silence_goes_only_to_those_whom_the_lists_show_as_silent(
    days: int, delivery: Delivery
) -> None:
    said_on = date(2026, 6, 1)
    today = said_on + timedelta(days=days)
    recommendation = a_recommendation(delivery=delivery, last_said_on=said_on)
    due = falling_due(recommendation, since=said_on, today=today, practice=PRACTICE)
    shown = is_silent(
        Dates(
            is_open=True,
            response=recommendation.response,
            delivery=delivery,
            published_on=PUBLISHED_ON,
            response_due_on=recommendation.response_due_on,
            next_target_on=None,
            last_said_on=said_on,
        ),
        today,
        Rhythm(review_rhythm_days=PRACTICE.review_rhythm_days),
    )
    if Rule.SILENT in {each.standing.rule for each in due}:
        assert shown


def test_while_no_date_is_known_readiness_is_asked_after_months() -> None:
    waiting = a_recommendation(notice=None)
    news = swept(waiting, PUBLISHED_ON, date(2028, 6, 30), rule=Rule.READINESS_CHECK)
    assert steps(news) == [
        (date(2026, 6, 3), 12),
        (date(2026, 12, 3), 18),
        (date(2027, 6, 3), 24),
        (date(2027, 12, 3), 30),
    ]


def test_once_a_date_is_known_readiness_is_not_asked() -> None:
    day = date(2028, 3, 1)
    assert swept(announced(day), PUBLISHED_ON, day, rule=Rule.READINESS_CHECK) == []


def test_a_notice_about_the_inspection_that_made_the_recommendation_says_nothing_of_the_next() -> (
    None
):
    for notice in (
        RulingNotice(
            kind=NoticeKind.ANNOUNCED,
            noted_on=date(2024, 12, 2),
            starts_on=date(2025, 2, 3),
        ),
        RulingNotice(kind=NoticeKind.COMPLETED, noted_on=date(2025, 3, 3)),
    ):
        rules = {each.rule for each in standing_dates(a_recommendation(notice=notice))}
        assert rules == {Rule.READINESS_CHECK}


@pytest.mark.parametrize("kind", [NoticeKind.PAUSED, NoticeKind.COMPLETED])
def test_a_pause_or_completion_silences_everything_about_the_reinspection(
    kind: NoticeKind,
) -> None:
    notice = RulingNotice(kind=kind, noted_on=date(2025, 9, 1))
    assert list(standing_dates(a_recommendation(notice=notice))) == []


def test_a_pause_does_not_silence_the_providers_own_dates() -> None:
    paused = with_action(date(2026, 6, 17))
    assert {each.rule for each in standing_dates(paused)} == {
        Rule.ACTION_AHEAD,
        Rule.ACTION_OVERDUE,
        Rule.ACTION_OVERDUE_IN_REGION,
    }


# --- Missed runs and moved dates ------------------------------------------------------------------


def test_after_a_missed_run_only_the_latest_missed_offset_is_sent() -> None:
    day = date(2026, 10, 14)
    due = falling_due(
        announced(day), since=date(2026, 7, 1), today=date(2026, 10, 1), practice=PRACTICE
    )
    assert [each.step for each in due] == [14]


def test_after_a_missed_run_overdue_weeks_are_not_sent_one_by_one() -> None:
    due = falling_due(
        with_action(date(2026, 6, 17)),
        since=date(2026, 6, 17),
        today=date(2026, 7, 22),
        practice=PRACTICE,
    )
    assert {each.standing.rule: each.step for each in due} == {
        Rule.ACTION_OVERDUE: 35,
        Rule.ACTION_OVERDUE_IN_REGION: 33,
    }


def test_once_the_date_has_come_nothing_ahead_of_it_is_caught_up() -> None:
    day = date(2026, 10, 14)
    due = falling_due(
        announced(day), since=date(2026, 7, 1), today=day + ONE_DAY, practice=PRACTICE
    )
    assert due == []


def test_a_moved_date_arms_its_own_reminders() -> None:
    first, moved = date(2026, 10, 14), date(2026, 11, 11)
    before = swept(
        announced(first), date(2026, 9, 1), date(2026, 9, 30), rule=Rule.REINSPECTION_AHEAD
    )
    after = swept(announced(moved), date(2026, 9, 30), moved, rule=Rule.REINSPECTION_AHEAD)
    assert [due.step for _, due in before] == [30, 14]
    assert [due.step for _, due in after] == [30, 14, 7, 1]
    assert not {due.standing for _, due in before} & {due.standing for _, due in after}


# --- A target date that moved ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moved_on", "told_on"),
    [
        (date(2026, 9, 1), date(2026, 9, 2)),
        (date(2026, 9, 4), date(2026, 9, 7)),  # a Friday
        (date(2026, 9, 5), date(2026, 9, 7)),
        (date(2026, 4, 2), date(2026, 4, 7)),  # before Good Friday
    ],
)
def test_the_region_is_told_of_a_moved_date_once_on_the_next_working_morning(
    moved_on: date, told_on: date
) -> None:
    last = moved_on + timedelta(days=60)
    news = swept(with_moved_date(moved_on), moved_on, last, rule=Rule.TARGET_DATE_MOVED)
    assert steps(news) == [(told_on, 0)]
    (due,) = (due for _, due in news)
    assert due.standing == StandingDate(Rule.TARGET_DATE_MOVED, moved_on, ACTION)
    assert AUDIENCES[Rule.TARGET_DATE_MOVED] == {Audience.REGIONAL_LEADS}


@pytest.mark.parametrize(("days", "is_told"), [(31, True), (32, False)])
def test_a_moved_date_is_caught_up_for_a_month(days: int, is_told: object) -> None:
    moved_on = date(2026, 9, 1)
    today = moved_on + timedelta(days=days)
    due = falling_due(with_moved_date(moved_on), since=moved_on, today=today, practice=PRACTICE)
    assert (Rule.TARGET_DATE_MOVED in {each.standing.rule for each in due}) is is_told


def test_of_a_date_that_moved_without_the_region_nothing_is_told() -> None:
    rules = {each.rule for each in standing_dates(with_moved_date(None))}
    assert Rule.TARGET_DATE_MOVED not in rules


@given(
    target=st.dates(date(2026, 1, 5), date(2027, 2, 1)),
    lead_time=st.integers(45, 90),
)
def test_every_offset_of_a_date_is_reminded_of_once_or_overtaken_on_the_same_day(
    target: date, lead_time: int
) -> None:
    start = target - timedelta(days=lead_time)
    news = swept(with_action(target), start, target, rule=Rule.ACTION_AHEAD)
    found = [due.step for _, due in news]
    assert found == sorted(set(found), reverse=True)
    days = {due.due_on for _, due in news}
    assert len(days) == len(news)
    assert all(day == due.due_on for day, due in news)
    for _, due in news:
        assert due.due_on <= target - timedelta(days=due.step)
    assert found[-1] == 1


@given(
    target=st.dates(date(2026, 1, 5), date(2027, 2, 1)),
    pause=st.integers(2, 40),
)
def test_however_long_runs_are_missed_no_step_comes_twice_and_the_latest_is_never_lost(
    target: date, pause: int
) -> None:
    last = target + timedelta(days=90)
    start = target - timedelta(days=45)
    daily = swept(with_action(target), start, last, rule=Rule.ACTION_OVERDUE)
    rarely = swept(with_action(target), start, last, rule=Rule.ACTION_OVERDUE, every_days=pause)
    assert set(steps_only(rarely)) <= set(steps_only(daily))
    for day, due in rarely:
        overtaken = [step for known, step in steps(daily) if known <= day]
        assert due.step == overtaken[-1]


def steps_only(news: list[tuple[date, FallingDue]]) -> list[int]:
    return [due.step for _, due in news]


@pytest.mark.parametrize("change", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_clock_changes_move_no_day(change: date) -> None:
    for days in range(-3, 4):
        target = change + timedelta(days=30 + days)
        news = swept(
            with_action(target), change - timedelta(days=10), target, rule=Rule.ACTION_AHEAD
        )
        assert steps_only(news) == [30, 14, 7, 1]


# --- Looking again before it goes -----------------------------------------------------------------


def test_a_reminder_keeps_its_reason_while_the_date_stands() -> None:
    day = date(2026, 10, 14)
    assert reason_to_cancel(StandingDate(Rule.REINSPECTION_AHEAD, day), announced(day)) is None


@pytest.mark.parametrize(
    ("standing", "now", "reason"),
    [
        (StandingDate(Rule.REINSPECTION_AHEAD, date(2026, 10, 14)), None, Cancellation.CLOSED),
        (
            StandingDate(Rule.REINSPECTION_AHEAD, date(2026, 10, 14)),
            announced(date(2026, 11, 1)),
            Cancellation.DATE_MOVED,
        ),
        (
            StandingDate(Rule.REINSPECTION_AHEAD, date(2026, 10, 14)),
            a_recommendation(),
            Cancellation.PAUSED,
        ),
        (
            StandingDate(Rule.REINSPECTION_AHEAD, date(2026, 10, 14)),
            announced(date(2025, 9, 9), NoticeKind.COMPLETED),
            Cancellation.DONE,
        ),
        (
            StandingDate(Rule.READINESS_CHECK, PUBLISHED_ON),
            announced(date(2026, 11, 1)),
            Cancellation.DATE_KNOWN,
        ),
        (
            StandingDate(Rule.RESPONSE_OVERDUE, PUBLISHED_ON + timedelta(days=28)),
            a_recommendation(),
            Cancellation.DONE,
        ),
        (
            StandingDate(Rule.ACTION_OVERDUE, date(2026, 6, 17), ACTION),
            a_recommendation(),
            Cancellation.DONE,
        ),
        (
            StandingDate(Rule.ACTION_OVERDUE, date(2026, 6, 17), ACTION),
            with_action(date(2026, 7, 1)),
            Cancellation.DATE_MOVED,
        ),
        (
            StandingDate(Rule.TARGET_DATE_MOVED, date(2026, 6, 1), ACTION),
            with_moved_date(date(2026, 6, 8)),
            Cancellation.DATE_MOVED,
        ),
        (
            StandingDate(Rule.TARGET_DATE_MOVED, date(2026, 6, 1), ACTION),
            with_moved_date(None),
            Cancellation.DATE_MOVED,
        ),
        (
            StandingDate(Rule.TARGET_DATE_MOVED, date(2026, 6, 1), ACTION),
            a_recommendation(),
            Cancellation.DONE,
        ),
        (
            StandingDate(Rule.SILENT, date(2026, 6, 1)),
            a_recommendation(delivery=Delivery.IN_PROGRESS, last_said_on=date(2026, 7, 1)),
            Cancellation.DONE,
        ),
    ],
)
def test_a_reminder_that_lost_its_reason_says_why(
    standing: StandingDate, now: OpenRecommendation | None, reason: Cancellation
) -> None:
    assert reason_to_cancel(standing, now) is reason


@given(
    st.dates(date(2026, 1, 5), date(2027, 6, 30)),
    st.sampled_from(Response),
    st.sampled_from(Delivery),
)
def test_what_falls_due_has_its_reason(today: date, response: Response, delivery: Delivery) -> None:
    recommendation = replace(
        announced(today + timedelta(days=12)),
        response=response,
        delivery=delivery,
        actions=(OpenAction(ACTION, today - timedelta(days=20), today - timedelta(days=9)),),
    )
    due = falling_due(
        recommendation, since=today - timedelta(days=31), today=today, practice=PRACTICE
    )
    assert due
    assert all(reason_to_cancel(each.standing, recommendation) is None for each in due)
    assert not any(is_quiet(each.due_on, BANK_HOLIDAYS) for each in due)
