"""From a published recommendation to the mail that reminds of it, through the real doors."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User

from inspections.models import Recommendation
from tests.mail_server import MailServer, mail_server
from tests.other_processes import PATIENCE, ROOT, environment
from tests.reminding import announce, at, give, morning, open_recommendations, plan_action
from tests.world import make_provider, make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import Closure, EvidenceKind, Response, Role
from tracker.projections import rebuild
from tracker.queries.reminders import reminder_ledger
from tracker.reminders import sweep

REINSPECTION_ON = date(2026, 12, 9)  # a Wednesday


@pytest.fixture
def server(settings: LazySettings) -> Iterator[MailServer]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    with mail_server() as running:
        settings.EMAIL_PORT = running.port
        yield running


def _sweep_every_morning(first: date, last: date) -> None:
    day = first
    while day <= last:
        sweep(at(morning(day)))
        day += timedelta(days=1)


def _texts_to(server: MailServer, address: str) -> list[str]:
    bodies = [
        message.get_body(("plain",)) for message in server.received if message["To"] == address
    ]
    return [str(body.get_content()) for body in bodies if body is not None]


def _report_all_complete(
    recommendation: Recommendation, action: UUID, lead: User, now: datetime
) -> None:
    day = now.date()
    for command in (
        c.RecordProgressUpdate(text="Done.", occurred_on=day, action_id=action),
        c.ReportActionComplete(action_id=action),
        c.AttachEvidence(
            kind=EvidenceKind.LINK,
            title="Rota",
            location="https://intranet.example/rota",
            sha256="0" * 64,
            effective_on=day,
        ),
        c.ReportRecommendationComplete(statement="Done."),
    ):
        give(command, recommendation, lead, now=now)


def _judge_and_close(recommendation: Recommendation, inspector: User, now: datetime) -> None:
    scale = recommendation.inspection.framework.judgements
    for command in (
        c.JudgeProgress(judgement=scale[-1][0], rationale="Seen."),
        c.CloseRecommendation(closure=Closure.ACHIEVED, reason="Seen."),
    ):
        give(command, recommendation, inspector, Role.LEAD_INSPECTOR, now=now)


@pytest.mark.django_db
def test_a_unit_is_reminded_until_the_work_is_done_and_the_recommendation_closed(
    server: MailServer,
) -> None:
    unit = make_provider()
    lead = make_user("Lena Lead", Role.PDU_LEAD, unit)
    owner = make_user("Owen Owner", Role.ACTION_OWNER, unit)
    inspector = make_user("Lara Inspector", Role.LEAD_INSPECTOR)
    inspection = open_recommendations(unit)
    inspection.allocated_inspectors.add(inspector)
    recommendation = inspection.recommendations.get()

    _sweep_every_morning(date(2026, 9, 14), date(2026, 9, 22))
    *_, response_due = _texts_to(server, lead.email)
    assert "the response is due on 29 September 2026" in response_due
    assert f"/recommendations/{recommendation.pk}/" in response_due

    give(c.Respond(response=Response.AGREED), recommendation, lead, now=morning(date(2026, 9, 23)))
    action = plan_action(
        recommendation, lead, owner, date(2026, 10, 28), now=morning(date(2026, 9, 23))
    )
    _sweep_every_morning(date(2026, 9, 23), date(2026, 9, 30))
    (action_due,) = _texts_to(server, owner.email)
    assert "an action is due on 28 October 2026, in 30 days" in action_due

    done_at = morning(date(2026, 10, 8))
    _report_all_complete(recommendation, action, lead, now=done_at)
    announce(unit, REINSPECTION_ON, now=done_at)
    _sweep_every_morning(date(2026, 10, 8), date(2026, 11, 9))
    assert len(_texts_to(server, owner.email)) == 1
    for person in (lead, inspector):
        texts = _texts_to(server, person.email)
        assert "the re-inspection may begin on 9 December 2026, in 61 days" in texts[-2]  # a Friday
        assert "the re-inspection may begin on 9 December 2026, in 30 days" in texts[-1]

    _judge_and_close(recommendation, inspector, now=morning(date(2026, 11, 10)))
    before = len(server.received)
    _sweep_every_morning(date(2026, 11, 10), REINSPECTION_ON)
    assert len(server.received) == before

    ledger = reminder_ledger(recommendation.pk)
    assert {entry.state_label for entry in ledger} == {"Sent"}
    assert {entry.recipient for entry in ledger} == {"Lena Lead", "Owen Owner", "Lara Inspector"}
    assert not [difference for _, found in rebuild(check_only=True) for difference in found]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_without_any_configuration_the_mail_lies_in_the_file_mailbox(tmp_path: Path) -> None:
    unit = make_provider()
    lead = make_user("Lena Lead", Role.PDU_LEAD, unit)
    open_recommendations(unit)
    announce(unit, REINSPECTION_ON)
    env = environment(tmp_path)
    env.pop("EMAIL_URL", None)
    said = _manage("send_reminders", "--at", "2026-11-09T08:00", env=env)
    assert said.startswith("1 message with ")
    (file,) = (tmp_path / "mailbox").iterdir()
    message = message_from_bytes(file.read_bytes().strip(b"-\n"), policy=policy.default)
    assert message["To"] == lead.email
    assert "the re-inspection may begin on 9 December 2026, in 30 days" in str(message)


def _manage(*arguments: str, env: dict[str, str]) -> str:
    finished = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=env,
        check=True,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    return finished.stdout
