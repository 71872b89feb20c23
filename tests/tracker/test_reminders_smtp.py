"""Over a real SMTP server: what it takes, refuses for now, refuses for good, or never answers."""

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User

from inspections.models import Provider
from tests.mail_server import TAKEN, MailServer, mail_server
from tests.reminding import A_WEEK_BEFORE_RESPONSE, at, morning, open_recommendations
from tests.world import make_provider, make_user
from tracker.domain.vocabulary import Role
from tracker.models import Reminder
from tracker.reminders import Outcome, sweep

pytestmark = pytest.mark.django_db
NOW = morning(A_WEEK_BEFORE_RESPONSE)
BUSY = "451 Come back later"
State = Reminder.State


@pytest.fixture
def unit() -> Provider:
    return make_provider()


@pytest.fixture
def leads(unit: Provider) -> list[User]:
    people = [make_user(f"{name} Lead", Role.PDU_LEAD, unit) for name in ("Ada", "Ben", "Cy")]
    open_recommendations(unit, 2)
    return people


@pytest.fixture
def server(settings: LazySettings) -> Iterator[MailServer]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    with mail_server() as running:
        settings.EMAIL_PORT = running.port
        yield running


def _sweep(minutes: int = 0) -> Outcome:
    return sweep(at(NOW + timedelta(minutes=minutes)))


def _rows(person: User) -> list[tuple[str, int, datetime]]:
    rows = Reminder.objects.filter(recipient=person).order_by("pk")
    return [(row.state, row.attempts, row.next_attempt_at) for row in rows]


def test_each_person_gets_one_message(leads: list[User], server: MailServer) -> None:
    for minutes in range(3):
        _sweep(minutes)
    assert server.addresses() == sorted(lead.email for lead in leads)
    message = server.received[0]
    assert message["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in message.iter_parts()] == [
        "text/plain",
        "text/html",
    ]
    ids = {received["Message-ID"] for received in server.received}
    assert ids == set(Reminder.objects.values_list("message_id", flat=True))


def test_a_refusal_for_now_is_tried_again_after_1_5_15_and_60_minutes(
    leads: list[User], server: MailServer
) -> None:
    server.on_message = lambda _: BUSY
    ada = leads[0]
    minutes = 0
    for attempts, wait in enumerate((1, 5, 15, 60), start=1):
        _sweep(minutes)
        again = NOW + timedelta(minutes=minutes + wait)
        assert _rows(ada) == [(State.DUE, attempts, again)] * 2
        assert wait == 1 or not _sweep(minutes + wait - 1).has_news
        minutes += wait
    server.on_message = lambda _: TAKEN
    outcome = _sweep(minutes)
    assert (outcome.messages, outcome.sent) == (3, 6)
    assert server.addresses() == sorted(lead.email for lead in leads)


def test_after_the_last_attempt_it_has_failed_and_says_why(
    leads: list[User], server: MailServer
) -> None:
    server.on_message = lambda _: BUSY
    for minutes in (0, 1, 6, 21, 81):
        _sweep(minutes)
    assert {row.state for row in Reminder.objects.all()} == {State.FAILED}
    assert {row.last_error for row in Reminder.objects.all()} == {BUSY}
    server.on_message = lambda _: TAKEN
    assert not _sweep(82).has_news


def test_one_address_refused_for_good_fails_with_the_servers_words_and_stops_nobody(
    leads: list[User], server: MailServer
) -> None:
    ada, ben, cy = leads
    server.on_recipient = lambda address: "550 No such mailbox" if address == ada.email else TAKEN
    outcome = _sweep()
    assert server.addresses() == sorted([ben.email, cy.email])
    assert (outcome.failed, outcome.sent) == (2, 4)
    failed = Reminder.objects.filter(recipient=ada, state=State.FAILED)
    assert {row.last_error for row in failed} == {"550 No such mailbox"}
    assert all(row.settled_at == NOW for row in failed)


def test_one_address_refused_for_now_waits_alone(leads: list[User], server: MailServer) -> None:
    ada, ben, cy = leads
    server.on_recipient = lambda address: "450 Mailbox busy" if address == ada.email else TAKEN
    _sweep()
    assert server.addresses() == sorted([ben.email, cy.email])
    server.on_recipient = lambda _: TAKEN
    _sweep(1)
    assert server.addresses() == sorted(lead.email for lead in leads)


def test_a_server_that_is_down_loses_nothing(
    leads: list[User], server: MailServer, settings: LazySettings
) -> None:
    with socket.socket() as nobody_listens:
        nobody_listens.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = nobody_listens.getsockname()[1]
        assert _sweep().put_off == 6
    settings.EMAIL_PORT = server.port
    assert _sweep(1).sent == 6


def test_a_server_that_never_answers_is_given_up_after_the_timeout(
    leads: list[User], settings: LazySettings, server: MailServer
) -> None:
    assert settings.EMAIL_TIMEOUT == 10
    settings.EMAIL_TIMEOUT = 0.2
    with socket.create_server(("127.0.0.1", 0)) as tarpit:
        settings.EMAIL_PORT = tarpit.getsockname()[1]
        assert _sweep().put_off == 6
    settings.EMAIL_PORT = server.port
    assert _sweep(1).sent == 6


def test_a_claim_that_ran_out_is_taken_over_and_the_late_one_changes_nothing(
    leads: list[User], server: MailServer
) -> None:
    from tracker.reminders import claim as claiming
    from tracker.reminders import schedule

    schedule(A_WEEK_BEFORE_RESPONSE)
    first = claiming.claim(leads[0].pk, NOW)
    assert first is not None
    assert claiming.claim(leads[0].pk, NOW + timedelta(minutes=2)) is None
    second = claiming.claim(leads[0].pk, NOW + claiming.LEASE)
    assert second is not None
    assert claiming.mark_sent(first, "<late@tracker.example>", NOW) == 0
    assert claiming.put_off(first, "late", NOW) == 0
    assert claiming.mark_sent(second, "<new@tracker.example>", NOW) == 2
    assert claiming.claim(leads[0].pk, NOW + timedelta(hours=1)) is None
