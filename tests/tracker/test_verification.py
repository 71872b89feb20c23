"""Somebody with an owner's rights lifts the protection and changes the log: it is found."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F

from tests.tracker.log_entries import NOW, note, record, redaction_of
from tests.world import make_inspection, make_recommendation
from tracker.append_only import lift_protection
from tracker.domain.hash_chain import EVENT_COLUMNS, GENESIS, event_hash
from tracker.event_store import head
from tracker.models import Event, EventPayload
from tracker.verification import verify_log

pytestmark = [pytest.mark.django_db, pytest.mark.raw_log]


@pytest.fixture
def six_events() -> None:
    """Two streams taking turns; the text of #2 is redacted by #6, and nothing protects them."""
    inspection = make_inspection()
    one, other = (make_recommendation(inspection).pk for _ in range(2))
    record(one, 0, note("first"))
    second = record(other, 0, note("second"))[0]
    record(one, 1, note("third"), note("fourth"))
    record(one, 3, note("fifth"))
    record(other, 1, redaction_of(second))
    # On PostgreSQL a table with checks still due cannot lose its triggers.
    connection.check_constraints()
    lift_protection()


def rehash(position: int) -> None:
    row = Event.objects.filter(position=position).values(*EVENT_COLUMNS).get()
    Event.objects.filter(position=position).update(hash=event_hash(row))


def broken_position() -> int | None:
    return verify_log(chunk=2).broken_position


@pytest.mark.usefixtures("six_events")
def test_an_untouched_log_holds_to_its_head() -> None:
    seen: list[int] = []
    verdict = verify_log(chunk=2, on_progress=seen.append)
    assert (verdict.holds, verdict.checked, verdict.head) == (True, 6, head())
    assert seen == [2, 4, 6]


def test_an_empty_log_holds() -> None:
    verdict = verify_log()
    assert (verdict.holds, verdict.checked, verdict.head.hash) == (True, 0, GENESIS)


CHANGES: dict[str, Any] = {
    "event_id": uuid4(),
    "request_hash": "b" * 64,
    "version": 9,
    "type": "review_started",
    "schema_version": 2,
    "actor_id": 8,
    "actor_name": "Eve Forger",
    "actor_role": "inspector",
    "channel": "api",
    "on_behalf_of_id": 9,
    "on_behalf_of_name": "Someone",
    "prepared_by_id": 9,
    "prepared_by_name": "Someone",
    "correlation_id": uuid4(),
    "redacts": uuid4(),
    "recorded_at": F("recorded_at") + timedelta(microseconds=1),
    "occurred_on": F("recorded_at__date") - timedelta(days=40),
    "facts": '{"forged":true}',
    "payload_hash": "c" * 64,
    "previous_hash": "d" * 64,
    "stream_previous_hash": "e" * 64,
    "hash": "f" * 64,
}


def test_every_column_is_tried() -> None:
    columns = {field.attname for field in Event._meta.concrete_fields}
    assert columns == {*CHANGES, "position", "recommendation_id"}
    assert columns == {*EVENT_COLUMNS, "hash"}


@pytest.mark.usefixtures("six_events")
@pytest.mark.parametrize("column", [name for name in CHANGES if name != "occurred_on"])
def test_a_changed_column_is_found_where_it_is(column: str) -> None:
    Event.objects.filter(position=4).update(**{column: CHANGES[column]})
    assert broken_position() == 4


@pytest.mark.usefixtures("six_events")
def test_a_changed_day_is_found() -> None:
    Event.objects.filter(position=4).update(occurred_on=(NOW - timedelta(days=40)).date())
    assert broken_position() == 4


@pytest.mark.usefixtures("six_events")
def test_an_event_moved_to_another_recommendation_is_found() -> None:
    Event.objects.filter(position=4).update(recommendation=make_recommendation())
    assert broken_position() == 4


@pytest.mark.usefixtures("six_events")
def test_an_event_hashed_anew_is_found_at_the_next() -> None:
    Event.objects.filter(position=4).update(actor_name="Eve Forger")
    rehash(4)
    assert broken_position() == 5


@pytest.mark.usefixtures("six_events")
@pytest.mark.parametrize("position", [1, 3, 5])
def test_a_deleted_event_is_found(position: int) -> None:
    EventPayload.objects.filter(event=position).delete()
    Event.objects.filter(position=position).delete()
    assert broken_position() == position


def swap_two_events() -> int:
    events = Event.objects.filter(position__in=[3, 4])
    EventPayload.objects.filter(event__in=events).delete()
    Event.objects.filter(position=3).update(position=30)
    Event.objects.filter(position=4).update(position=3)
    Event.objects.filter(position=30).update(position=4)
    return 3


def insert_an_event_with_its_own_idea_of_a_hash() -> int:
    forged = Event.objects.get(position=6)
    forged.position, forged.version, forged.event_id = 7, 3, uuid4()
    forged.previous_hash = forged.stream_previous_hash = forged.hash
    forged.save(force_insert=True)
    return 7


def put_an_event_before_the_first() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute("ALTER TABLE tracker_event DROP CONSTRAINT event_position_from_1")
        cursor.execute("DELETE FROM tracker_eventpayload WHERE event_id = 6")
        cursor.execute('UPDATE tracker_event SET "position" = 0 WHERE "position" = 6')
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
    return 1


def repeat_a_version_with_fitting_hashes() -> int:
    last = Event.objects.get(position=6)
    Event.objects.filter(position=6).update(version=last.version + 1)
    rehash(6)
    return 6


def point_past_the_stream_with_fitting_hashes() -> int:
    Event.objects.filter(position=6).update(stream_previous_hash=GENESIS)
    rehash(6)
    return 6


def date_back_the_record_with_fitting_hashes() -> int:
    Event.objects.filter(position=6).update(recorded_at=NOW - timedelta(days=1))
    rehash(6)
    return 6


def change_a_text() -> int:
    EventPayload.objects.filter(event=3).update(body='{"note":"forged"}')
    return 3


def change_a_salt() -> int:
    EventPayload.objects.filter(event=3).update(salt="0" * 32)
    return 3


def delete_a_text() -> int:
    EventPayload.objects.filter(event=3).delete()
    return 3


def put_a_redacted_text_back() -> int:
    EventPayload.objects.create(event_id=2, salt="0" * 32, body='{"note":"second"}')
    return 2


def redact_from_another_stream() -> int:
    EventPayload.objects.filter(event=5).delete()
    fifth = Event.objects.get(position=5)
    Event.objects.filter(position=6).update(redacts=fifth.event_id)
    rehash(6)
    return 2  # its own redaction is gone, and #5 has one of the wrong stream


@pytest.mark.usefixtures("six_events")
@pytest.mark.parametrize(
    "tamper",
    [
        swap_two_events,
        insert_an_event_with_its_own_idea_of_a_hash,
        put_an_event_before_the_first,
        repeat_a_version_with_fitting_hashes,
        point_past_the_stream_with_fitting_hashes,
        date_back_the_record_with_fitting_hashes,
        change_a_text,
        change_a_salt,
        delete_a_text,
        put_a_redacted_text_back,
        redact_from_another_stream,
    ],
)
def test_tampering_is_found_at_the_first_broken_position(tamper: Callable[[], int]) -> None:
    first_broken = tamper()
    assert broken_position() == first_broken


@pytest.mark.usefixtures("six_events")
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL's columns have types")
@pytest.mark.parametrize("column", ["event_id", "recorded_at", "occurred_on", "version"])
def test_a_value_that_cannot_be_read_is_named_by_its_position(column: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE tracker_event SET {column} = '2026-13-45 rubbish' WHERE position = 4"
        )
    assert verify_log(chunk=6).broken_position == 4


@pytest.mark.usefixtures("six_events")
def test_a_text_whose_event_is_gone_is_found() -> None:
    record(make_recommendation().pk, 0, note("seventh"))
    Event.objects.filter(position=7)._raw_delete(using="default")
    assert broken_position() == 7
    EventPayload.objects.filter(event=7).delete()


@pytest.mark.usefixtures("six_events")
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite's unique columns stay unique")
def test_a_repeated_event_id_is_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tracker_event DROP CONSTRAINT tracker_event_event_id_key")
    Event.objects.filter(position=6).update(
        event_id=Event.objects.values("event_id").get(position=4)["event_id"]
    )
    rehash(6)
    assert broken_position() == 6


@pytest.mark.usefixtures("six_events")
def test_a_log_cut_off_at_its_end_holds_and_only_a_checkpoint_could_tell() -> None:
    before = head()
    record(make_recommendation().pk, 0)
    EventPayload.objects.filter(event=7).delete()
    Event.objects.filter(position=7).delete()
    assert verify_log().head == before


@pytest.mark.usefixtures("six_events")
def test_the_command_prints_count_and_head() -> None:
    said = StringIO()
    call_command("verify_log", stdout=said)
    assert said.getvalue() == f"6 events hold. The head is #6 {head().hash}.\n"


@pytest.mark.usefixtures("six_events")
def test_the_command_names_the_broken_position_and_fails() -> None:
    Event.objects.filter(position=4).update(actor_name="Eve Forger")
    with pytest.raises(CommandError) as refusal:
        call_command("verify_log")
    assert refusal.value.returncode == 1
    assert str(refusal.value) == (
        "The log is broken: #4 was changed: its hash does not fit its columns."
    )
