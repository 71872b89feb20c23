"""The protection stands: after migrations, table remakes and flushes, and at every start."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from celery.signals import beat_init, worker_init
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.models.signals import post_migrate, pre_migrate

from inspections.models import Provider
from tests.tracker.log_entries import note, record
from tests.world import make_recommendation
from tracker.append_only import lift_protection, protect_log, protection_is_standing
from tracker.apps import refuse_unsafe_start
from tracker.event_store import head
from tracker.models import Event, Practice
from tracker.verification import verify_log

pytestmark = pytest.mark.raw_log
IS_SQLITE = "connection.vendor == 'sqlite'"
IS_POSTGRESQL = "connection.vendor == 'postgresql'"
PER_DATABASE = "the statement belongs to the other database"


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.django_db
class TestTheProtectionItself:
    def test_it_stands_after_the_migrations(self) -> None:
        assert protection_is_standing() == []

    def test_what_is_missing_is_named(self) -> None:
        lift_protection()
        missing = protection_is_standing()
        assert "The trigger event_never_changed is missing." in missing
        assert len(missing) == (6 if connection.vendor == "sqlite" else 8)

    def test_installing_it_again_changes_nothing(self) -> None:
        protect_log()
        lift_protection()
        lift_protection()
        protect_log()
        protect_log()
        assert protection_is_standing() == []

    @pytest.mark.skipif(IS_POSTGRESQL, reason=PER_DATABASE)
    def test_a_hollow_trigger_of_sqlite_is_found_and_mended(self) -> None:
        execute(
            "DROP TRIGGER event_never_changed",
            "CREATE TRIGGER event_never_changed BEFORE UPDATE ON tracker_event BEGIN SELECT 1; END",
        )
        assert protection_is_standing() == ["The trigger event_never_changed is altered."]
        protect_log()
        assert protection_is_standing() == []

    @pytest.mark.skipif(IS_SQLITE, reason=PER_DATABASE)
    @pytest.mark.parametrize(
        "statement",
        [
            "ALTER TABLE tracker_event DISABLE TRIGGER event_never_changed",
            "ALTER TABLE tracker_event ENABLE TRIGGER event_never_changed",
            "ALTER TABLE tracker_event ENABLE REPLICA TRIGGER event_never_changed",
            (
                "CREATE OR REPLACE FUNCTION event_never_changed() RETURNS trigger LANGUAGE plpgsql "
                "AS $$BEGIN RETURN NEW; END$$"
            ),
            "ALTER FUNCTION event_never_changed() RESET search_path",
            (
                "CREATE OR REPLACE TRIGGER event_never_changed BEFORE UPDATE ON tracker_event "
                "FOR EACH ROW WHEN (OLD.version = 0) EXECUTE FUNCTION event_never_changed()"
            ),
        ],
    )
    def test_a_trigger_of_postgresql_made_harmless_is_found_and_mended(
        self, statement: str
    ) -> None:
        execute(statement)
        assert protection_is_standing() == [
            "The trigger event_never_changed is altered or disabled."
        ]
        protect_log()
        assert protection_is_standing() == []

    def test_no_process_starts_without_it(self) -> None:
        refuse_unsafe_start()
        lift_protection()
        with pytest.raises(ImproperlyConfigured, match=r"not safe.*missing.*manage.py migrate"):
            refuse_unsafe_start()

    def test_neither_worker_nor_beat_starts_without_it(self) -> None:
        lift_protection()
        for starting in (worker_init, beat_init):
            with pytest.raises(SystemExit, match="not safe"):
                starting.send(sender=None)

    def test_the_web_server_s_door_asks_for_it(self, tmp_path: Path) -> None:
        start = subprocess.run(
            [sys.executable, "-c", "import config.wsgi"],
            env={**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert start.returncode == 1
        assert "The log is not safe. The tables of the log are missing." in start.stderr

    def test_a_flush_is_refused(self) -> None:
        record(make_recommendation().pk, 0)
        connection.check_constraints()
        with pytest.raises(CommandError, match="couldn't be flushed"), transaction.atomic():
            call_command("flush", interactive=False, verbosity=0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_that_commits_leaves_a_protected_empty_log_and_the_reference_data(turn: str) -> None:
    assert protection_is_standing() == []
    assert Event.objects.count() == 0
    assert Practice.objects.count() == 1
    assert Provider.objects.filter(kind=Provider.Kind.PDU).count() > 100
    record(make_recommendation().pk, 0)


def remake_the_table() -> None:
    """Alter a column as a migration would, and back: SQLite makes the table anew both times."""
    column = Event._meta.get_field("actor_role")
    wider = models.CharField(max_length=60)
    wider.set_attributes_from_name("actor_role")
    wider.model = Event
    with connection.schema_editor() as editor:
        editor.alter_field(Event, column, wider)
    with connection.schema_editor() as editor:
        editor.alter_field(Event, wider, column)


def migrate_around(deed: Callable[[], None]) -> None:
    tracker = apps.get_app_config("tracker")
    about = {"app_config": tracker, "verbosity": 0, "interactive": False, "using": "default"}
    pre_migrate.send(sender=tracker, plan=[("a migration", False)], apps=apps, **about)
    deed()
    post_migrate.send(sender=tracker, plan=[], apps=apps, **about)


@pytest.mark.django_db(transaction=True)
class TestMigrations:
    def test_a_table_remake_leaves_the_protection_standing_and_the_log_whole(self) -> None:
        events = record(make_recommendation().pk, 0, note("One."), note("Two."))
        migrate_around(remake_the_table)
        assert protection_is_standing() == []
        assert verify_log().head == head()
        assert head().hash == events[1].hash
        with pytest.raises(IntegrityError, match="append-only"):
            Event.objects.update(actor_name="Eve")

    @pytest.mark.skipif(IS_POSTGRESQL, reason="PostgreSQL alters the table in its place")
    def test_without_our_care_sqlite_would_lose_it_silently(self) -> None:
        record(make_recommendation().pk, 0)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("tracker.append_only.protect_log", list)
            migrate_around(remake_the_table)
        assert len(protection_is_standing()) == 6
        protect_log()
        assert protection_is_standing() == []

    def test_it_stands_throughout_a_migration_that_has_nothing_to_do(self) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("tracker.append_only.lift_protection", pytest.fail)
            call_command("migrate", verbosity=0)
        assert protection_is_standing() == []
