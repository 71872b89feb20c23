"""The demo data: every stage of the lifecycle, two years long, told once, by the rules."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from inspections.models import Inspection
from tracker.demonstration import DEMO_USERS, tell
from tracker.models import ActionProgress, EscalationProgress, Event, RecommendationProgress
from tracker.projections import rebuild
from tracker.queries.drafts import awaiting_signature_of, visible_drafts
from tracker.queries.settling import earlier_lists
from tracker.verification import verify_log

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
AXES = {
    "response": {"awaiting", "agreed", "partly_agreed", "not_agreed"},
    "delivery": {"not_started", "in_progress", "reported_complete"},
    "review": {"none", "started", "further_evidence_requested"},
    "judgement": {"not_judged", "no_progress", "some_progress", "sufficient_progress"},
    "closure": {"", "achieved", "not_agreed_accepted"},
}


@pytest.fixture
def _told() -> None:
    tell(password="demonstration", now=NOW)


@pytest.mark.usefixtures("_told")
def test_two_invented_units_stand_at_every_stage_after_two_years() -> None:
    inspections = Inspection.objects.published().select_related("provider")
    assert sorted(str(each.provider) for each in inspections) == [
        "Example Coast PDU",
        "Example Coast PDU",
        "Example Valleys PDU",
    ]
    assert all(each.provider.is_demonstration for each in inspections)
    for axis, values in AXES.items():
        assert set(RecommendationProgress.objects.values_list(axis, flat=True)) == values
    actions = ActionProgress.objects.filter(status="open", target_on__lt=NOW.date())
    assert set(actions.values_list("is_blocked", flat=True)) == {True, False}
    assert ActionProgress.objects.filter(slips=2).exists()


@pytest.mark.usefixtures("_told")
def test_a_hundred_events_over_two_years_verify_and_the_read_models_follow() -> None:
    days = Event.objects.values_list("occurred_on", flat=True)
    assert len(days) >= 100
    assert (max(days) - min(days)).days > 690
    assert verify_log().holds
    assert [each for _, found in rebuild(check_only=True) for each in found] == []


@pytest.mark.usefixtures("_told")
def test_something_waits_for_the_lead_and_for_the_region() -> None:
    today = NOW.date()
    people = {user.username: user for user in User.objects.all()}
    assert awaiting_signature_of(people["lead"], today).get().author == people["owner"]
    assert visible_drafts(people["lead"], today).filter(author=people["lead"]).count() == 1
    assert not visible_drafts(people["inspector"], today).exists()
    assert ActionProgress.objects.filter(extension_asked_to__isnull=False).exists()
    assert EscalationProgress.objects.filter(is_answered=False).exists()
    assert people["operator"].is_superuser
    assert not people["operator"].memberships.exists()


@pytest.mark.usefixtures("_told")
def test_an_older_inspection_waits_to_be_settled_and_asks_nothing_of_its_unit() -> None:
    (waiting,) = earlier_lists()
    assert (str(waiting.inspection.provider), waiting.waiting) == ("Example Coast PDU", 2)
    older = RecommendationProgress.objects.filter(recommendation__inspection__is_historical=True)
    assert set(older.values_list("due_on", flat=True)) == {None}


@pytest.fixture
def data_dir(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def load() -> str:
    output = StringIO()
    call_command("load_demo_data", stdout=output)
    return output.getvalue()


def test_the_command_names_the_users_and_a_token_that_opens_the_api(
    data_dir: Path, client: Client
) -> None:
    said = load()
    token = (data_dir / "demo-api-token").read_text()
    assert token in said
    assert all(person.username in said for person in DEMO_USERS)
    answer = client.get("/api/v1/recommendations/", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200


def test_a_second_load_changes_nothing_and_shows_the_same_token(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "another pass phrase")
    first = load()
    assert User.objects.get(username="lead").check_password("another pass phrase")
    before = list(Event.objects.order_by("position").values_list("hash", flat=True))
    second = load()
    assert "already" in second
    assert (data_dir / "demo-api-token").read_text() in first
    assert (data_dir / "demo-api-token").read_text() in second
    assert list(Event.objects.order_by("position").values_list("hash", flat=True)) == before


def test_a_system_can_start_without_demo_data(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMO_DATA", "no")
    assert "without demo data" in load()
    assert not User.objects.exists()


def test_a_start_without_demo_data_says_where_to_go_and_how_to_get_in(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setenv("DEMO_DATA", "no")
    monkeypatch.setenv("DATA_DIR", "/some where/else")
    said = load()
    assert f"{settings.SITE_URL}/admin/" in said
    assert "DATA_DIR='/some where/else' .venv/bin/python manage.py createsuperuser" in said
    User.objects.create_superuser("first", "first@tracker.example", "a long pass phrase")
    again = load()
    assert f"{settings.SITE_URL}/admin/" in again
    assert "createsuperuser" not in again


def test_demo_data_never_stand_among_real_accounts(data_dir: Path) -> None:
    User.objects.create_user("lead", "somebody@real.example")
    assert "no demo data" in load()
    assert User.objects.count() == 1
    assert not Event.objects.exists()


def test_a_service_never_gets_demo_data(settings: Settings) -> None:
    settings.DEMO_DATA_ALLOWED = False
    with pytest.raises(CommandError, match="not loaded into a service"):
        load()
