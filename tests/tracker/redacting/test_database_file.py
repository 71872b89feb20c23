"""The journal of SQLite is emptied, at once or by the sweep when a reader was in the way."""

import sqlite3
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection

from tests.world import make_user
from tracker.services.redacting.database_file import empty_the_journal
from tracker.tasks import delete_files

pytestmark = pytest.mark.django_db(transaction=True)


def _patience() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        patience: int = cursor.fetchone()[0]
    return patience


def test_a_reader_puts_it_off_to_the_sweep_and_keeps_no_writer_waiting() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps no such journal")
    name = str(connection.settings_dict["NAME"])
    journal = Path(f"{name}-wal")
    reader = sqlite3.connect(name, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM auth_user").fetchone()
    make_user("Una Upset")
    before = _patience()
    empty_the_journal()
    assert journal.stat().st_size > 0, "the reader still reads what it held before"
    assert _patience() == before
    User.objects.filter(first_name="Una").update(first_name="Uma")
    reader.close()
    delete_files()
    assert journal.stat().st_size == 0
