"""What the settings promise where they are loaded for service: folders, proxies, throttles."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient
from rest_framework.throttling import AnonRateThrottle

ROOT = Path(__file__).resolve().parents[2]
# Stand-ins that let the production settings load; they lead nowhere.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "DJANGO_SECRET_KEY": "only-for-the-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
    "DJANGO_ALLOWED_HOSTS": "tracker.example",
    "SITE_URL": "https://tracker.example",
    "DATABASE_URL": "postgres://tracker@127.0.0.1:5432/none",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "consolemail://",
}
PROXIES = (
    "from django.conf import settings; from allauth import app_settings; "
    "print(app_settings.TRUSTED_PROXY_COUNT, settings.REST_FRAMEWORK['NUM_PROXIES'])"
)


def run(*arguments: str, **changes: str) -> str:
    command = [sys.executable, *arguments]
    env = {**os.environ, **changes}
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def _nothing_throttled() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.mark.parametrize("made_before", [[0o755], []])
def test_the_data_folder_is_its_owners_alone(tmp_path: Path, made_before: list[int]) -> None:
    folder = tmp_path / "data"
    for mode in made_before:
        folder.mkdir(mode)
    embedded = "config.settings.embedded"
    run("manage.py", "check", DJANGO_SETTINGS_MODULE=embedded, DATA_DIR=str(folder))
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("changes", "counted"), [({}, "1 1"), ({"TRUSTED_PROXY_COUNT": "2"}, "2 2")]
)
def test_behind_proxies_both_counts_of_strangers_know_how_many_there_are(
    changes: dict[str, str], counted: str
) -> None:
    assert run("-c", PROXIES, **PRODUCTION, **changes) == counted


@pytest.mark.django_db
@pytest.mark.usefixtures("_nothing_throttled")
def test_a_forged_forwarding_address_is_no_fresh_identity(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AnonRateThrottle, "THROTTLE_RATES", {"anon": "2/min"})
    answers = [_asked_from(f"203.0.113.{number}") for number in range(3)]
    assert answers == [200, 200, 429]


def _asked_from(address: str) -> int:
    client = APIClient(headers={"X-Forwarded-For": address})
    return client.get("/api/docs/").status_code
