from pathlib import Path
from typing import Any

import pytest
from django.core.checks import Tags, run_checks
from django.db import connection
from django.db.utils import ConnectionHandler
from django.test.utils import CaptureQueriesContext

from config.settings.base import SQLITE_OPTIONS
from tracker.checks import check_durability, check_settings, durability_faults

SETTINGS = connection.settings_dict


def ids(messages: Any) -> list[str]:
    return [message.id for message in messages]


def test_the_settings_of_the_house_hold() -> None:
    assert check_settings() == []


def test_requests_in_transactions_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SETTINGS, "ATOMIC_REQUESTS", 1)
    assert ids(check_settings()) == ["tracker.E001"]


@pytest.mark.parametrize("mode", [None, "DEFERRED", "EXCLUSIVE"])
def test_sqlite_that_does_not_lock_at_begin_is_an_error(
    monkeypatch: pytest.MonkeyPatch, mode: str | None
) -> None:
    monkeypatch.setattr("tracker.checks.connections", {"default": _Sqlite(mode)})
    assert ids(check_settings()) == ["tracker.E002"]


class _Sqlite:
    vendor = "sqlite"

    def __init__(self, mode: str | None) -> None:
        self.settings_dict = {"ATOMIC_REQUESTS": False, "OPTIONS": {"transaction_mode": mode}}


@pytest.mark.django_db
class TestTheDatabase:
    def test_it_keeps_what_it_acknowledges(self) -> None:
        assert durability_faults() == []
        assert run_checks(tags=[Tags.database], databases=["default"]) == []

    def test_it_is_not_asked_unless_the_check_is_about_it(self) -> None:
        with CaptureQueriesContext(connection) as queries:
            assert check_durability() == []
        assert len(queries) == 0

    @pytest.mark.skipif("connection.vendor == 'sqlite'", reason="settings of PostgreSQL")
    @pytest.mark.parametrize(
        "setting", ["synchronous_commit = off", "default_transaction_isolation = 'repeatable read'"]
    )
    def test_a_session_that_may_lose_or_reorder_events_is_an_error(self, setting: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL {setting}")
        messages = list(check_durability(databases=["default"]))
        assert ids(messages) == ["tracker.E003"]
        assert str(messages[0].msg).startswith(
            f"PostgreSQL runs with {setting.split(maxsplit=1)[0]} = "
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pragma", "said"),
    [
        ("synchronous = NORMAL", "synchronous = 1, less than FULL"),
        ("journal_mode = DELETE", "journal_mode = delete, not WAL"),
    ],
)
def test_sqlite_that_may_lose_events_is_an_error(
    pragma: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of its own: the journal of one in use cannot be changed."""
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "scratch.sqlite3")}
    scratch = ConnectionHandler({"default": {**database, "OPTIONS": SQLITE_OPTIONS}})
    monkeypatch.setattr("tracker.checks.connections", scratch)
    assert durability_faults() == []
    with scratch["default"].cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
    assert durability_faults() == [f"SQLite runs with {said}."]
    scratch.close_all()
