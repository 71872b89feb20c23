"""The queue's door: the task by itself, and the real worker and beat of the Procfile."""

import shlex
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMultiAlternatives

from config.celery import app
from inspections.tasks import publish_due_inspections
from tests.mail_server import MailServer, mail_server
from tests.other_processes import PATIENCE, ROOT, environment, running, wait_until
from tests.reminding import A_WEEK_BEFORE_RESPONSE, morning, open_recommendations
from tests.world import make_provider, make_user
from tracker.domain.vocabulary import Role
from tracker.models import Reminder
from tracker.tasks import (
    delete_files,
    exchange_files,
    put_away_evidence,
    scan_evidence,
    send_reminders,
)

NOW = morning(A_WEEK_BEFORE_RESPONSE)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running_server:
        yield running_server


@pytest.fixture
def env(server: MailServer, tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path, EMAIL_URL=f"smtp://127.0.0.1:{server.port}", BEAT_EVERY="1")


def _lead() -> User:
    unit = make_provider()
    open_recommendations(unit)
    return make_user("Lena Lead", Role.PDU_LEAD, unit)


def _of_procfile(program: str, data_dir: str) -> list[str]:
    """Return how the Procfile starts the program, as arguments of tests.at_a_time."""
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    (command,) = (line.partition(":")[2] for line in lines if line.startswith(f"{program}:"))
    start, *arguments = shlex.split(command.replace("$DATA_DIR", data_dir))
    assert [start, *arguments[:3]] == ["exec", "celery", "-A", "config"]
    return ["celery", *arguments[3:]]


def _stop(process: "subprocess.Popen[str]", how: signal.Signals) -> str:
    process.send_signal(how)
    said, _ = process.communicate(timeout=PATIENCE)
    # Celery's worker ends with 1 when it is interrupted, though it stopped in good order.
    assert process.returncode in ({0} if how is signal.SIGTERM else {0, 1}), said
    assert "Traceback" not in said
    return said


def test_beat_ticks_in_utc_for_tasks_that_exist() -> None:
    entries = settings.CELERY_BEAT_SCHEDULE.values()
    asked = {entry["task"] for entry in entries}
    ticking = (
        send_reminders,
        publish_due_inspections,
        delete_files,
        exchange_files,
        scan_evidence,
        put_away_evidence,
    )
    assert asked == {task.name for task in ticking}
    assert asked <= set(app.tasks)
    assert str(app.conf.timezone) == "UTC"
    assert all(each["options"] == {"expires": each["schedule"]} for each in entries)


@pytest.mark.django_db
def test_the_task_reads_the_clock_and_sends(mailoutbox: list[EmailMultiAlternatives]) -> None:
    lead = _lead()
    with time_machine.travel(NOW, tick=False):
        send_reminders()
        send_reminders()
    assert [message.to for message in mailoutbox] == [[lead.email]]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_real_worker_and_two_beats_send_a_reminder_once_and_stop_when_told(
    server: MailServer, env: dict[str, str], tmp_path: Path
) -> None:
    lead = _lead()
    (tmp_path / "second").mkdir()
    with (
        running(NOW, *_of_procfile("worker", str(tmp_path)), env=env) as worker,
        running(NOW, *_of_procfile("beat", str(tmp_path)), env=env) as beat,
        running(NOW, *_of_procfile("beat", str(tmp_path / "second")), env=env) as other_beat,
    ):
        sent = Reminder.objects.filter(state=Reminder.State.SENT)
        wait_until(sent.exists, "a reminder sent by the worker")
        for each in (other_beat, beat):
            _stop(each, signal.SIGTERM)
        said = _stop(worker, signal.SIGTERM)
    assert server.addresses() == [lead.email]
    assert "Reminders: 1 message with 1 reminder sent" in said
    assert said.count("succeeded") >= 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_worker_and_beat_stop_when_interrupted(env: dict[str, str], tmp_path: Path) -> None:
    with (
        running(NOW, *_of_procfile("worker", str(tmp_path)), env=env) as worker,
        running(NOW, *_of_procfile("beat", str(tmp_path)), env=env) as beat,
    ):
        wait_until(lambda: list(tmp_path.glob("beat-schedule*")), "the beat's timetable")
        assert worker.stdout is not None
        while "ready." not in (line := worker.stdout.readline()):
            assert line, "the worker ended before it was ready"
        _stop(beat, signal.SIGINT)
        _stop(worker, signal.SIGINT)
