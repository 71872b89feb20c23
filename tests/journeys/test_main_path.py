"""The whole main path through the real doors: a report in, a recommendation tracked, a mail out."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import call_command
from django.test import Client

from inspections.models import Provider, ReinspectionNotice
from tests.inspections.report_parser.report_texts import GWENT, NORTH_WALES, text_of
from tests.world import make_user
from tracker.api_tokens import issue_token
from tracker.domain.vocabulary import Role
from tracker.models import ActionProgress, RecommendationProgress

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)  # a Tuesday
CANARY = "Nine of ten plans met the standard in October."


class Person:
    """Somebody at the admin: opens a form as the page gives it, fills it in, sends it."""

    def __init__(self, user: User) -> None:
        self.client = Client()
        self.client.force_login(user)

    def give(self, recommendation: int, command: str, **typed: str) -> None:
        address = f"/admin/tracker/recommendationprogress/{recommendation}/give/{command}/"
        page = self.client.get(address)
        assert page.status_code == 200, command
        hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text)
        answer = self.client.post(address, {**dict(hidden), **typed})
        assert answer.status_code == 302, answer.text[-3000:]


@pytest.fixture
def reports(tmp_path: Path) -> list[str]:
    """Return the paths of both published reports."""
    paths = [tmp_path / "gwent.txt", tmp_path / "north-wales.txt"]
    for path, name in zip(paths, (GWENT, NORTH_WALES), strict=True):
        path.write_text(text_of(name), encoding="utf-8")
    return [str(path) for path in paths]


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_a_report_is_published_worked_on_judged_closed_seen_everywhere_and_reminded_of(
    reports: list[str],
) -> None:
    call_command("import_report", *reports, "--publish", "--set", "published_on=2026-11-03")
    assert RecommendationProgress.objects.count() == 11

    unit = Provider.objects.get(name="Gwent PDU")
    lead_user = make_user("Lena Lead", Role.PDU_LEAD, unit)
    lead = Person(lead_user)
    inspector = Person(make_user("Ines Inspector", Role.INSPECTOR))
    lead_inspector = Person(make_user("Lars Leadinspector", Role.LEAD_INSPECTOR))
    first = RecommendationProgress.objects.get(provider=unit, recommendation__number=1).pk

    lead.give(first, "respond", response="agreed", reason="", occurred_on="2026-11-24")
    lead.give(
        first,
        "plan-action",
        description="Sample ten plans a month",
        accountable_id=str(lead_user.pk),
        delivered_by="Quality team",
        target_on="2026-12-24",
    )
    action = ActionProgress.objects.get()
    lead.give(
        first,
        "record-progress-update",
        text=CANARY,
        action_id=str(action.pk),
        occurred_on="2026-11-24",
    )
    lead.give(
        first,
        "attach-evidence",
        title="Summary of samples",
        location="https://intranet.example/samples",
        effective_on="2026-11-20",
    )
    today = {"occurred_on": "2026-11-24"}
    lead.give(first, "report-action-complete", action_id=str(action.pk), note="", **today)
    lead.give(first, "report-recommendation-complete", statement="Done as planned.", **today)
    inspector.give(
        first, "judge-progress", judgement="sufficient_progress", rationale="Our sample agrees."
    )
    lead_inspector.give(first, "close-recommendation", closure="achieved", reason="Judged so.")

    assert CANARY in inspector.client.get(f"/recommendations/{first}/").text
    token = issue_token(user=lead_user)
    read = Client(headers={"Authorization": f"Bearer {token}"})
    assert CANARY in read.get(f"/api/v1/recommendations/{first}/timeline/").text
    rows = read.get("/api/v1/recommendations/").json()["results"]
    assert len(rows) == 6
    assert {row["id"]: row["closure"] for row in rows}[first] == "achieved"

    announced = lead_inspector.client.post(
        "/admin/inspections/reinspectionnotice/add/",
        {"provider": unit.pk, "kind": "announced", "starts_on": "2026-12-24", "note": ""},
    )
    assert announced.status_code == 302, announced.text[-3000:]
    assert ReinspectionNotice.objects.filter(provider=unit).exists()
    call_command("send_reminders")
    (message,) = [each for each in mail.outbox if each.to == [lead_user.email]]
    assert "re-inspection" in str(message.body).lower()
    assert CANARY not in str(message.body)
    call_command("verify_log")
    call_command("rebuild_projections", "--check")
