"""Real processes on one database: sweeps at once, and a sweep that is killed."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from django.contrib.auth.models import User

from tests.mail_server import TAKEN, MailServer, mail_server
from tests.other_processes import PATIENCE, environment, running, wait_until
from tests.reminding import A_WEEK_BEFORE_RESPONSE, morning, open_recommendations
from tests.world import make_provider, make_user
from tracker.domain.vocabulary import Role
from tracker.models import Reminder
from tracker.reminders.claim import LEASE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
NOW = morning(A_WEEK_BEFORE_RESPONSE)
State = Reminder.State
PEOPLE = 12


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running_server:
        yield running_server


@pytest.fixture
def env(server: MailServer, tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path, EMAIL_URL=f"smtp://127.0.0.1:{server.port}")


@pytest.fixture
def leads() -> list[User]:
    unit = make_provider()
    open_recommendations(unit, 3)
    return [make_user(f"Lead {number}", Role.PDU_LEAD, unit) for number in range(PEOPLE)]


def _finish(process: "subprocess.Popen[str]") -> str:
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    return said


def test_sweeps_in_four_processes_at_once_send_each_person_one_message(
    leads: list[User], server: MailServer, env: dict[str, str]
) -> None:
    with ExitStack() as stack:
        sweeps = [stack.enter_context(running(NOW, "send_reminders", env=env)) for _ in range(4)]
        for process in sweeps:
            _finish(process)
    assert server.addresses() == sorted(lead.email for lead in leads)
    assert Reminder.objects.filter(state=State.SENT).count() == 3 * PEOPLE
    assert Reminder.objects.exclude(state=State.SENT).count() == 0


def test_a_sweep_killed_before_its_message_was_taken_loses_nothing(
    leads: list[User], server: MailServer, env: dict[str, str]
) -> None:
    asked, answer = Event(), Event()

    def hold(_: str) -> str:
        asked.set()
        answer.wait(PATIENCE)
        return TAKEN

    server.on_recipient = hold
    with running(NOW, "send_reminders", env=env) as killed:
        assert asked.wait(PATIENCE)
        os.killpg(killed.pid, signal.SIGKILL)
        killed.wait(PATIENCE)
    answer.set()
    server.on_recipient = lambda _: TAKEN
    assert Reminder.objects.filter(state=State.CLAIMED).count() == 3
    with running(NOW, "send_reminders", env=env) as meanwhile:
        _finish(meanwhile)
    assert len(server.received) == PEOPLE - 1
    with running(NOW + LEASE + timedelta(minutes=1), "send_reminders", env=env) as afterwards:
        _finish(afterwards)
    assert server.addresses() == sorted(lead.email for lead in leads)
    assert Reminder.objects.filter(state=State.SENT).count() == 3 * PEOPLE


def test_a_sweep_killed_after_its_message_was_taken_repeats_that_one_with_the_same_id(
    leads: list[User], server: MailServer, env: dict[str, str]
) -> None:
    with running(NOW, "send_reminders", env=env) as killed:

        def kill(_: str) -> str:
            if killed.poll() is None:
                os.killpg(killed.pid, signal.SIGKILL)
            return TAKEN

        server.on_message = kill
        wait_until(lambda: killed.poll() is not None, "the kill")
    wait_until(lambda: server.received, "the message that was taken")
    server.on_message = lambda _: TAKEN
    with running(NOW + LEASE + timedelta(minutes=1), "send_reminders", env=env) as afterwards:
        _finish(afterwards)
    assert len(server.received) == PEOPLE + 1
    assert len({message["Message-ID"] for message in server.received}) == PEOPLE
    assert set(server.addresses()) == {lead.email for lead in leads}


def test_the_preview_of_the_command_sends_nothing(
    leads: list[User], server: MailServer, env: dict[str, str]
) -> None:
    with running(NOW, "send_reminders", "--dry-run", env=env) as process:
        said = _finish(process)
    assert f"{PEOPLE} messages would be sent now." in said
    assert f"To {leads[0].username}: Recommendation tracker: 3 reminders" in said
    assert server.received == []
    assert not Reminder.objects.exists()
