"""What is sent, to whom, when, and what becomes of the rows."""

from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inspections.models import Membership, Provider, Recommendation
from tests.reminding import (
    A_WEEK_BEFORE_RESPONSE,
    announce,
    at,
    give,
    morning,
    open_recommendations,
    plan_action,
)
from tests.world import make_provider, make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import Response, Role
from tracker.models import Practice, Reminder
from tracker.queries.reminders import reminder_ledger
from tracker.reminders import claim_and_send, preview, schedule, sweep
from tracker.reminders.mornings import bank_holidays

pytestmark = pytest.mark.django_db
NOW = morning(A_WEEK_BEFORE_RESPONSE)
AGREE = c.Respond(response=Response.AGREED)
State = Reminder.State
Mailbox = list[EmailMultiAlternatives]


@pytest.fixture
def unit() -> Provider:
    return make_provider()


@pytest.fixture
def lead(unit: Provider) -> User:
    return make_user("Lena Lead", Role.PDU_LEAD, unit)


@pytest.fixture
def recommendation(unit: Provider, lead: User) -> Recommendation:
    return open_recommendations(unit).recommendations.get()


def _states() -> set[tuple[str, str]]:
    return set(Reminder.objects.values_list("state", "reason"))


# --- The message ----------------------------------------------------------------------------------


def test_a_person_gets_one_message_with_all_that_is_due(
    unit: Provider, lead: User, mailoutbox: Mailbox
) -> None:
    open_recommendations(unit, 3)
    announce(unit, A_WEEK_BEFORE_RESPONSE + timedelta(days=60))
    outcome = sweep(at(NOW))
    (message,) = mailoutbox
    assert message.to == [lead.email]
    assert message.subject == "Recommendation tracker: 6 reminders"
    assert (outcome.messages, outcome.sent) == (1, 6)
    assert _states() == {(State.SENT, "")}


def test_the_message_says_unit_number_what_is_due_when_and_where(
    recommendation: Recommendation, mailoutbox: Mailbox, settings: LazySettings
) -> None:
    settings.SITE_URL = "https://tracker.example"
    sweep(at(NOW))
    (message,) = mailoutbox
    said = "the response is due on 29 September 2026, in 7 days"
    link = f"https://tracker.example/recommendations/{recommendation.pk}/"
    text, html = str(message.body), str(message.alternatives[0][0])
    assert f"- Northmarch PDU, recommendation 1 of 2026: {said}\n  {link}\n" in text
    assert f'<a href="{link}">Northmarch PDU, recommendation 1 of 2026</a>: {said}' in html
    assert "Hello Lena Lead," in text


def test_nothing_that_anybody_typed_is_in_the_message(
    recommendation: Recommendation, unit: Provider, lead: User, mailoutbox: Mailbox
) -> None:
    give(AGREE, recommendation, lead)
    plan_action(recommendation, lead, lead, date(2026, 10, 14))
    sweep(at(morning(date(2026, 10, 7))))
    (message,) = mailoutbox
    raw = message.message().as_bytes()
    for typed in (b"Something that somebody typed", b"Team managers", b"risk assessment"):
        assert typed not in raw
    assert "an action is due on 14 October 2026" in str(message.body)


def test_the_headers_say_that_a_machine_wrote_it_and_name_the_rows(
    recommendation: Recommendation, mailoutbox: Mailbox
) -> None:
    sweep(at(NOW))
    headers = message_from_bytes(mailoutbox[0].message().as_bytes())
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Message-ID"] == Reminder.objects.get().message_id
    assert headers["Message-ID"].endswith("@127.0.0.1>")
    assert "\n" not in headers["Subject"]


def test_markup_in_a_name_is_text_in_the_message(
    unit: Provider, lead: User, mailoutbox: Mailbox
) -> None:
    lead.first_name = "<b>Lena</b>"
    lead.save()
    unit.name = "Rock & Roll <i>PDU</i>"
    unit.save()
    open_recommendations(unit)
    sweep(at(NOW))
    (message,) = mailoutbox
    html = str(message.alternatives[0][0])
    assert "<b>Lena" not in html
    assert "Rock &amp; Roll &lt;i&gt;PDU" in html
    assert "Rock & Roll <i>PDU" in str(message.body)


def test_what_is_overdue_is_counted_in_the_subject_and_comes_first(
    unit: Provider, lead: User, mailoutbox: Mailbox
) -> None:
    open_recommendations(unit)
    announce(unit, date(2026, 11, 6), now=NOW)
    sweep(at(morning(date(2026, 10, 7))))
    (message,) = mailoutbox
    assert message.subject == "Recommendation tracker: 3 reminders, 1 overdue"
    text = str(message.body)
    places = [text.index(title) for title in ("Overdue", "Coming up", "Not reviewed lately")]
    assert places == sorted(places)


def test_the_region_reads_how_often_a_date_moved_and_where_it_stands(
    recommendation: Recommendation, unit: Provider, lead: User, mailoutbox: Mailbox
) -> None:
    Practice.objects.update(slips_decided_by_the_lead=2)
    region = make_user("Regina Lead", Role.REGIONAL_LEAD, unit.region)
    give(AGREE, recommendation, lead)
    action_id = plan_action(recommendation, lead, lead, date(2026, 12, 1))
    for target_on in (date(2027, 1, 5), date(2027, 2, 9)):
        move = c.MoveTargetDate(action_id=action_id, target_on=target_on, reason="A vacancy")
        give(move, recommendation, lead, now=NOW)
    sweep(at(NOW))
    assert mailoutbox == []
    sweep(at(NOW + timedelta(days=1)))
    sweep(at(NOW + timedelta(days=2)))
    (message,) = mailoutbox
    assert message.to == [region.email]
    said = (
        "Northmarch PDU, recommendation 1 of 2026: the target date of an action is "
        "9 February 2027 now; it was moved twice, last on 22 September 2026"
    )
    assert f"Target dates moved in your region\n\n- {said}\n" in str(message.body)
    raw = message.message().as_bytes()
    for typed in (b"A vacancy", b"Something that somebody typed", b"Team managers"):
        assert typed not in raw


def test_a_moved_date_is_not_told_once_the_action_is_done(
    recommendation: Recommendation, unit: Provider, lead: User, mailoutbox: Mailbox
) -> None:
    make_user("Regina Lead", Role.REGIONAL_LEAD, unit.region)
    give(AGREE, recommendation, lead)
    action_id = plan_action(recommendation, lead, lead, date(2026, 12, 1))
    move = c.MoveTargetDate(action_id=action_id, target_on=date(2027, 1, 5), reason="A vacancy")
    give(move, recommendation, lead, now=NOW - timedelta(days=1))
    schedule(A_WEEK_BEFORE_RESPONSE)
    give(c.WithdrawAction(action_id=action_id, reason="Not needed"), recommendation, lead, now=NOW)
    claim_and_send(at(NOW))
    assert (mailoutbox, _states()) == ([], {(State.CANCELLED, "done")})


def test_a_message_about_many_moved_dates_asks_no_more_often_than_one_about_a_few(
    unit: Provider, lead: User, mailoutbox: Mailbox
) -> None:
    make_user("Regina Lead", Role.REGIONAL_LEAD, unit.region)

    def moved(number: int, day: datetime) -> int:
        for recommendation in open_recommendations(unit, number).recommendations.all():
            give(AGREE, recommendation, lead)
            action = plan_action(recommendation, lead, lead, date(2027, 3, 1))
            move = c.MoveTargetDate(action_id=action, target_on=date(2027, 4, 1), reason="Why")
            give(move, recommendation, lead, now=day)
        schedule(day.date() + timedelta(days=1))
        with CaptureQueriesContext(connection) as asked:
            assert claim_and_send(at(day + timedelta(days=1))).sent == number
        return len(asked)

    assert moved(2, NOW) == moved(9, NOW + timedelta(days=1))


# --- When -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "quiet",
    [
        morning(date(2026, 9, 26)),  # a Saturday
        morning(date(2026, 9, 27)),
        morning(date(2026, 12, 28)),  # in lieu of Boxing Day
        morning(date(2026, 4, 3)),  # Good Friday
        morning(A_WEEK_BEFORE_RESPONSE, 6, 59),
        datetime(2026, 9, 22, 5, 59, tzinfo=UTC),  # 6:59 in London: summer time
        datetime(2026, 11, 3, 6, 59, tzinfo=UTC),  # 6:59 in London: winter time
    ],
)
def test_no_mail_and_no_row_outside_working_mornings(
    recommendation: Recommendation, mailoutbox: Mailbox, quiet: datetime
) -> None:
    sweep(at(quiet))
    assert mailoutbox == []
    assert not Reminder.objects.exists()


@pytest.mark.parametrize(
    "seven",
    [datetime(2026, 9, 22, 6, 0, tzinfo=UTC), datetime(2026, 11, 3, 7, 0, tzinfo=UTC)],
)
def test_from_seven_in_london_mail_is_sent_in_summer_and_in_winter(
    recommendation: Recommendation, mailoutbox: Mailbox, seven: datetime
) -> None:
    sweep(at(seven))
    assert len(mailoutbox) == 1


def test_the_hour_is_practice(recommendation: Recommendation, mailoutbox: Mailbox) -> None:
    Practice.objects.update(send_from_hour=9)
    sweep(at(morning(A_WEEK_BEFORE_RESPONSE, 8, 59)))
    assert mailoutbox == []
    sweep(at(morning(A_WEEK_BEFORE_RESPONSE, 9)))
    assert len(mailoutbox) == 1


def test_the_bank_holidays_are_those_of_england_and_wales_not_of_scotland() -> None:
    holidays = bank_holidays(2026)
    assert {date(2026, 5, 4), date(2026, 8, 31), date(2026, 12, 28)} <= holidays
    assert date(2026, 1, 2) not in holidays
    assert date(2026, 11, 30) not in holidays


@pytest.mark.parametrize("friday", [date(2026, 3, 27), date(2026, 10, 23)])
def test_over_a_clock_change_every_reminder_goes_once_on_its_day(
    unit: Provider, lead: User, mailoutbox: Mailbox, friday: date
) -> None:
    published_on = friday - timedelta(days=20)
    open_recommendations(unit, published_on=published_on, now=morning(published_on))
    Practice.objects.update(reinspection_offsets=[6, 5, 4, 3, 2, 1])
    announce(unit, friday + timedelta(days=6), now=morning(friday))
    midnight = datetime(friday.year, friday.month, friday.day, tzinfo=UTC)
    for quarters in range(5 * 24 * 4):
        sweep(at(midnight + timedelta(minutes=15 * quarters)))
    sent = Reminder.objects.filter(rule="reinspection_ahead", state=State.SENT).order_by("pk")
    # The days before Saturday, Sunday and Monday: those of the weekend moved to the Friday.
    assert [(row.step, row.settled_at) for row in sent] == [
        (4, morning(friday, 7)),
        (3, morning(friday + timedelta(days=3), 7)),
        (2, morning(friday + timedelta(days=4), 7)),
    ]
    assert len(mailoutbox) == 3


def test_nobody_gets_two_messages_on_one_day(
    recommendation: Recommendation, unit: Provider, mailoutbox: Mailbox
) -> None:
    sweep(at(NOW))
    announce(unit, A_WEEK_BEFORE_RESPONSE + timedelta(days=14))
    for minutes in range(5):
        sweep(at(NOW + timedelta(minutes=minutes)))
    assert len(mailoutbox) == 1
    assert Reminder.objects.filter(state=State.DUE).count() == 1
    sweep(at(NOW + timedelta(days=1)))
    assert len(mailoutbox) == 2
    assert not Reminder.objects.filter(state=State.DUE).exists()


def test_a_tick_that_finds_nothing_asks_little(recommendation: Recommendation) -> None:
    sweep(at(NOW))
    with CaptureQueriesContext(connection) as asked:
        sweep(at(NOW + timedelta(minutes=1)))
    assert len(asked) <= 5


# --- Looking again --------------------------------------------------------------------------------


def test_what_was_done_since_is_cancelled_with_its_reason(
    recommendation: Recommendation, lead: User, mailoutbox: Mailbox
) -> None:
    schedule(A_WEEK_BEFORE_RESPONSE)
    give(AGREE, recommendation, lead)
    outcome = claim_and_send(at(NOW))
    assert (mailoutbox, outcome.cancelled, _states()) == ([], 1, {(State.CANCELLED, "done")})


def test_a_recommendation_closed_since_is_not_mentioned(
    recommendation: Recommendation, unit: Provider, mailoutbox: Mailbox
) -> None:
    schedule(A_WEEK_BEFORE_RESPONSE)
    administrator = make_user("Ada Administrator", Role.HMIP_ADMINISTRATOR)
    withdraw = c.WithdrawPublication(reason="Published by mistake.")
    give(withdraw, recommendation, administrator, Role.HMIP_ADMINISTRATOR)
    claim_and_send(at(NOW))
    assert (mailoutbox, _states()) == ([], {(State.CANCELLED, "closed")})


def test_work_handed_over_is_no_longer_the_former_leads(
    recommendation: Recommendation, unit: Provider, lead: User, mailoutbox: Mailbox
) -> None:
    schedule(A_WEEK_BEFORE_RESPONSE)
    yesterday = A_WEEK_BEFORE_RESPONSE - timedelta(days=1)
    Membership.objects.filter(user=lead).update(ends_on=yesterday)
    successor = make_user("Sue Cessor", Role.PDU_LEAD, unit)
    claim_and_send(at(NOW))
    assert (mailoutbox, _states()) == ([], {(State.CANCELLED, "handed_over")})
    sweep(at(NOW + timedelta(days=1)))
    assert [message.to for message in mailoutbox] == [[successor.email]]


def test_a_date_that_moved_cancels_its_reminders_and_arms_its_own(
    recommendation: Recommendation, unit: Provider, lead: User, mailoutbox: Mailbox
) -> None:
    give(AGREE, recommendation, lead)
    announce(unit, A_WEEK_BEFORE_RESPONSE + timedelta(days=14))
    schedule(A_WEEK_BEFORE_RESPONSE)
    announce(unit, A_WEEK_BEFORE_RESPONSE + timedelta(days=30))
    sweep(at(NOW))
    rows = Reminder.objects.order_by("step").values_list("step", "state", "reason")
    assert list(rows) == [(14, State.CANCELLED, "date_moved"), (30, State.SENT, "")]
    assert "22 October 2026, in 30 days" in str(mailoutbox[0].body)


def test_a_pause_cancels_with_a_reason_that_can_be_seen(
    recommendation: Recommendation, unit: Provider, lead: User, mailoutbox: Mailbox
) -> None:
    from inspections.notices import announce_reinspection

    give(AGREE, recommendation, lead)
    notice = announce(unit, A_WEEK_BEFORE_RESPONSE + timedelta(days=14))
    schedule(A_WEEK_BEFORE_RESPONSE)
    announce_reinspection(
        provider=unit, kind="paused", note="Elections.", actor=notice.noted_by, now=NOW
    )
    sweep(at(NOW))
    assert mailoutbox == []
    (entry,) = reminder_ledger(recommendation.pk)
    assert (entry.state_label, entry.reason) == ("Cancelled", "re-inspections are paused")


def test_a_deactivated_account_gets_nothing_more(
    recommendation: Recommendation, lead: User, mailoutbox: Mailbox
) -> None:
    schedule(A_WEEK_BEFORE_RESPONSE)
    lead.is_active = False
    lead.save()
    claim_and_send(at(NOW))
    assert (mailoutbox, _states()) == ([], {(State.CANCELLED, "handed_over")})


def test_without_an_address_it_is_suppressed_with_the_reason(
    recommendation: Recommendation, lead: User, mailoutbox: Mailbox
) -> None:
    lead.email = ""
    lead.save()
    outcome = sweep(at(NOW))
    assert (mailoutbox, outcome.suppressed) == ([], 1)
    (entry,) = reminder_ledger(recommendation.pk)
    assert entry.reason == "the person has no email address"


def test_an_address_that_no_mail_can_carry_fails_at_once_and_stops_nobody(
    unit: Provider, lead: User, mailoutbox: Mailbox
) -> None:
    other = make_user("Otto Other", Role.PDU_LEAD, unit)
    open_recommendations(unit)
    User.objects.filter(pk=lead.pk).update(email="lena@example.org\nBcc: all@example.org")
    outcome = sweep(at(NOW))
    assert [message.to for message in mailoutbox] == [[other.email]]
    assert (outcome.failed, outcome.sent) == (1, 1)
    failed = Reminder.objects.get(recipient=lead)
    assert (failed.state, failed.attempts) == (State.FAILED, 0)
    assert "newline" in failed.last_error


def test_a_mistake_in_one_message_is_put_off_and_stops_nobody(
    unit: Provider, lead: User, mailoutbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    other = make_user("Otto Other", Role.PDU_LEAD, unit)
    open_recommendations(unit)
    schedule(A_WEEK_BEFORE_RESPONSE)
    Reminder.objects.filter(recipient=lead).update(rule="a_rule_of_tomorrow")
    outcome = claim_and_send(at(NOW))
    assert [message.to for message in mailoutbox] == [[other.email]]
    assert (outcome.put_off, outcome.sent) == (1, 1)
    assert f"account {lead.pk}" in caplog.text
    assert lead.email not in caplog.text


# --- What can be seen afterwards ------------------------------------------------------------------


def test_the_ledger_tells_what_was_sent_to_whom_and_when(
    recommendation: Recommendation, unit: Provider
) -> None:
    make_user("Otto Other", Role.PDU_LEAD, unit)
    sweep(at(NOW))
    with CaptureQueriesContext(connection) as asked:
        entries = reminder_ledger(recommendation.pk)
    assert len(asked) == 1
    assert {entry.recipient for entry in entries} == {"Lena Lead", "Otto Other"}
    first = entries[0]
    assert (first.title, first.state_label, first.at) == ("Response due", "Sent", NOW)
    assert reminder_ledger(recommendation.pk + 1) == []


def test_a_preview_shows_the_messages_and_keeps_nothing(
    recommendation: Recommendation, lead: User, mailoutbox: Mailbox
) -> None:
    (digest,) = preview(NOW)
    assert digest.username == lead.username
    assert "the response is due" in digest.body
    assert mailoutbox == []
    assert not Reminder.objects.exists()
    sweep(at(NOW))
    assert preview(NOW) == []


def test_reminders_leave_the_version_of_every_form_alone(recommendation: Recommendation) -> None:
    def version() -> Any:
        return type(recommendation.progress).objects.values_list("version").get()

    before = version()
    sweep(at(NOW))
    assert version() == before
