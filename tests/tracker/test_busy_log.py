"""What the commands of manage.py say while another process holds the log."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from inspections.command_line_account import command_line_account
from inspections.database_lock import BUSY
from inspections.models import Inspection, ReportSource
from inspections.publishing import publish_inspection
from tests.inspections.report_parser.report_texts import SAMPLE_REPORT
from tests.tracker.log_entries import NOW
from tests.tracker.test_concurrency import LogProcess
from tests.world import make_inspection, make_provider, make_recommendation
from tracker.demonstration import is_told
from tracker.models import Event

pytestmark = pytest.mark.django_db(transaction=True)

PUBLISH = ("--publish", "--set", "published_on=2026-02-10")


@pytest.fixture
def holder() -> Iterator[LogProcess]:
    """Another process in the midst of a transaction that appends and is never committed."""
    process = LogProcess("hold", {"recommendation_id": make_recommendation().pk})
    try:
        process.wait_for("ready")
        process.go()
        process.wait_for("holding")
        _lose_patience()
        yield process
    finally:
        process.process.kill()
        process.process.communicate()
        _be_patient_again()


def _lose_patience() -> None:
    if connection.vendor == "sqlite":  # on PostgreSQL the log's own five seconds hold
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 300")


def _be_patient_again() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 20000")


def _import(*arguments: str) -> tuple[object, str]:
    err = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_report", *arguments, stdout=io.StringIO(), stderr=err)
    return ended.value.code, err.getvalue().strip()


def _nothing_was_stored() -> bool:
    return not ReportSource.objects.exists() and Inspection.objects.count() == 1


@pytest.mark.usefixtures("holder")
def test_publishing_while_the_log_is_held_is_refused_in_a_sentence() -> None:
    assert _import(*PUBLISH, str(SAMPLE_REPORT)) == (2, BUSY)
    assert _nothing_was_stored()


def test_so_it_is_where_the_account_of_the_command_line_was_there_before(
    request: pytest.FixtureRequest,
) -> None:
    command_line_account()
    request.getfixturevalue("holder")
    assert _import(*PUBLISH, str(SAMPLE_REPORT)) == (2, BUSY)
    assert _nothing_was_stored()


@pytest.mark.usefixtures("holder")
def test_each_of_several_files_is_named_while_the_database_is_locked() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite locks the whole database; a draft needs no log")
    file = str(SAMPLE_REPORT)
    assert _import(file, file) == (2, f"{file}: {BUSY}\n{file}: {BUSY}")
    assert _nothing_was_stored()


def test_the_same_command_works_once_the_log_is_free(holder: LogProcess) -> None:
    assert _import(*PUBLISH, str(SAMPLE_REPORT)) == (2, BUSY)
    holder.process.kill()
    holder.process.communicate()
    call_command("import_report", *PUBLISH, str(SAMPLE_REPORT), stdout=io.StringIO())
    assert Inspection.objects.count() == 2


def test_a_rebuild_while_the_log_is_held_ends_with_a_sentence(
    request: pytest.FixtureRequest,
) -> None:
    draft = make_inspection(make_provider("Southmarch PDU"), state=Inspection.State.DRAFT)
    make_recommendation(draft)
    publish_inspection(inspection=draft, actor=command_line_account(), now=NOW)
    request.getfixturevalue("holder")
    with pytest.raises(CommandError) as refusal:
        call_command("rebuild_projections")
    assert (str(refusal.value), refusal.value.returncode) == (BUSY, 2)


@pytest.mark.usefixtures("holder")
def test_demo_data_are_not_loaded_while_the_log_is_held(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    events = Event.objects.count()
    with pytest.raises(CommandError) as refusal:
        call_command("load_demo_data", stdout=io.StringIO())
    assert (str(refusal.value), refusal.value.returncode) == (BUSY, 2)
    assert not is_told()
    assert Event.objects.count() == events
