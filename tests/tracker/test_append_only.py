"""Every way round the log that an owner of the tables has without lifting the protection."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests.tracker.log_entries import note, record, redaction_of
from tests.world import make_recommendation
from tracker.domain.hash_chain import GENESIS
from tracker.event_store import RecordedEvent, head
from tracker.models import Event, EventPayload
from tracker.verification import verify_log

pytestmark = pytest.mark.raw_log
IS_SQLITE = "connection.vendor == 'sqlite'"
IS_POSTGRESQL = "connection.vendor == 'postgresql'"
PER_DATABASE = "the statement belongs to the other database"
COLUMNS = ", ".join(f'"{field.column}"' for field in Event._meta.concrete_fields)


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def copy_of_first(verb: str = "INSERT", tail: str = "", **changes: str) -> str:
    """Return SQL that inserts the first event again, with some columns changed."""
    values = [
        changes.get(field.attname, f'"{field.column}"') for field in Event._meta.concrete_fields
    ]
    chosen = f'SELECT {", ".join(values)} FROM tracker_event WHERE "position" = 1'
    return f"{verb} INTO tracker_event ({COLUMNS}) {chosen} {tail}"


@pytest.fixture
def three_events(db: None) -> list[RecordedEvent]:
    return record(make_recommendation().pk, 0, note("One."), note("Two."), note("Three."))


def refused(deed: Callable[[], object], sentence: str = "append-only|never|redaction only") -> None:
    """Do the deed, and expect a sentence of ours and a log that is as it was."""
    before = (list(Event.objects.order_by("pk").values()), list(EventPayload.objects.values()))
    with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
        deed()
    after = (list(Event.objects.order_by("pk").values()), list(EventPayload.objects.values()))
    assert after == before
    assert verify_log().holds


EVERYWHERE = {
    "update": "UPDATE tracker_event SET actor_name = 'Eve'",
    "update without change": "UPDATE tracker_event SET version = version",
    "delete": "DELETE FROM tracker_event",
    "delete of the last": 'DELETE FROM tracker_event WHERE "position" = 3',
    "upsert by position": copy_of_first(
        tail="ON CONFLICT (\"position\") DO UPDATE SET actor_name = 'Eve'"
    ),
    "upsert by event id": copy_of_first(
        tail="ON CONFLICT (event_id) DO UPDATE SET actor_name = 'Eve'", position="4"
    ),
    "upsert that does nothing": copy_of_first(tail="ON CONFLICT DO NOTHING"),
    "payload update": "UPDATE tracker_eventpayload SET body = '{}'",
    "payload delete": "DELETE FROM tracker_eventpayload WHERE event_id = 2",
    "payload upsert": "INSERT INTO tracker_eventpayload (event_id, salt, body) "
    "VALUES (2, '', '{}') ON CONFLICT (event_id) DO UPDATE SET body = '{}'",
}


@pytest.mark.usefixtures("three_events")
@pytest.mark.parametrize("statement", EVERYWHERE.values(), ids=EVERYWHERE.keys())
def test_a_change_is_refused(statement: str) -> None:
    refused(lambda: execute(statement))


ON_SQLITE = {
    "replace": copy_of_first("REPLACE"),
    "insert or replace": copy_of_first("INSERT OR REPLACE", actor_name="'Eve'"),
    "replace by event id": copy_of_first("INSERT OR REPLACE", position="4"),
    "replace by version": copy_of_first("INSERT OR REPLACE", position="4", event_id="'new'"),
    "insert or ignore": copy_of_first("INSERT OR IGNORE"),
    "update or replace": 'UPDATE OR REPLACE tracker_event SET "position" = 2 WHERE "position" = 1',
    "payload replace": "REPLACE INTO tracker_eventpayload (event_id, salt, body) "
    "VALUES (2, '', '{}')",
    "payload replace by rowid": "REPLACE INTO tracker_eventpayload (rowid, event_id, salt, body) "
    "VALUES (2, 9, '', '{}')",
}


@pytest.mark.skipif(IS_POSTGRESQL, reason=PER_DATABASE)
@pytest.mark.usefixtures("three_events")
@pytest.mark.parametrize("statement", ON_SQLITE.values(), ids=ON_SQLITE.keys())
def test_a_replacement_is_refused(statement: str) -> None:
    refused(lambda: execute(statement))


@pytest.mark.skipif(IS_POSTGRESQL, reason=PER_DATABASE)
def test_a_fitting_event_cannot_replace_another_by_its_rowid(
    three_events: list[RecordedEvent],
) -> None:
    last = three_events[2].hash
    fitting = copy_of_first(
        "INSERT OR REPLACE",
        position="4",
        version="4",
        event_id=f"'{uuid4().hex}'",
        previous_hash=f"'{last}'",
        stream_previous_hash=f"'{last}'",
    )
    by_rowid = fitting.replace("(", "(rowid, ", 1).replace("SELECT ", "SELECT 2, ", 1)
    refused(lambda: execute(by_rowid), "that row is taken")


ON_POSTGRESQL = {
    "truncate": ["TRUNCATE tracker_event CASCADE"],
    "truncate of the texts": ["TRUNCATE tracker_eventpayload"],
    "truncate from above": ["TRUNCATE inspections_recommendation CASCADE"],
    "update as a replica": [
        "SET LOCAL session_replication_role = replica",
        "UPDATE tracker_event SET actor_name = 'Eve'",
    ],
    "delete as a replica": [
        "SET LOCAL session_replication_role = replica",
        "DELETE FROM tracker_eventpayload",
    ],
    "truncate as a replica": [
        "SET LOCAL session_replication_role = replica",
        "TRUNCATE tracker_eventpayload",
    ],
    "merge": [
        (
            "MERGE INTO tracker_event USING (VALUES (1)) AS wanted (n) "
            "ON \"position\" = wanted.n WHEN MATCHED THEN UPDATE SET actor_name = 'Eve'"
        )
    ],
    "a temporary log with a forged redaction": [
        "CREATE TEMPORARY TABLE tracker_event ON COMMIT DROP AS TABLE public.tracker_event",
        "UPDATE pg_temp.tracker_event SET type = 'personal_data_redacted', redacts = event_id",
        "DELETE FROM public.tracker_eventpayload",
    ],
}


@pytest.mark.skipif(IS_SQLITE, reason=PER_DATABASE)
@pytest.mark.usefixtures("three_events")
@pytest.mark.parametrize("statements", ON_POSTGRESQL.values(), ids=ON_POSTGRESQL.keys())
def test_what_only_postgresql_offers_is_refused(statements: list[str]) -> None:
    connection.check_constraints()
    refused(lambda: execute(*statements))


@pytest.mark.usefixtures("three_events")
class TestTheOrm:
    def test_update_is_refused(self) -> None:
        refused(lambda: Event.objects.update(actor_name="Eve"))

    def test_save_is_refused(self) -> None:
        refused(lambda: Event.objects.get(position=1).save())

    def test_delete_is_refused(self) -> None:
        refused(lambda: Event.objects.filter(position=3)._raw_delete(using="default"))

    def test_deleting_a_text_is_refused(self) -> None:
        refused(lambda: EventPayload.objects.all().delete())

    def test_bulk_update_is_refused(self) -> None:
        events = list(Event.objects.all())
        refused(lambda: Event.objects.bulk_update(events, ["actor_name"]))

    @pytest.mark.parametrize("position", [1, 4])
    def test_a_known_event_is_not_dropped_silently(self, position: int) -> None:
        known = Event.objects.get(position=1)
        known.position = position
        refused(lambda: Event.objects.bulk_create([known], ignore_conflicts=True))


@pytest.mark.usefixtures("three_events")
class TestLinks:
    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"position": 5}, "follow the head"),
            ({"position": 0}, "follow the head"),
            ({"previous_hash": GENESIS}, "follow the head"),
            ({"version": 5}, "last one of its recommendation"),
            ({"version": 3}, "is taken"),
            ({"stream_previous_hash": GENESIS}, "last one of its recommendation"),
            ({"event_id": None}, "is taken"),
        ],
    )
    def test_an_event_beside_the_head_is_refused(
        self, changes: dict[str, Any], sentence: str
    ) -> None:
        if "event_id" in changes:
            changes = {"event_id": Event.objects.get(position=1).event_id}
        refused(lambda: next_event(changes).save(force_insert=True), sentence)

    def test_one_that_follows_is_taken(self) -> None:
        next_event({}).save(force_insert=True)
        assert head().position == 4

    def test_several_rows_of_one_statement_must_follow_each_other(self) -> None:
        one, other = next_event({}), next_event({"position": 5, "version": 5})
        refused(lambda: Event.objects.bulk_create([one, other]), "follow the head")


def next_event(changes: dict[str, Any]) -> Event:
    last = Event.objects.get(position=3)
    fields = {
        "position": 4,
        "version": 4,
        "event_id": uuid4(),
        "previous_hash": last.hash,
        "stream_previous_hash": last.hash,
        "hash": uuid4().hex * 2,
        **changes,
    }
    for name, value in fields.items():
        setattr(last, name, value)
    return last


class TestRedactedTexts:
    def test_only_the_text_that_a_redaction_names_can_go(
        self, three_events: list[RecordedEvent]
    ) -> None:
        first, second, third = three_events
        record(third.recommendation_id, 3, redaction_of(second))
        refused(lambda: EventPayload.objects.filter(event=first.position).delete())

    def test_a_redacted_text_never_comes_back(self, three_events: list[RecordedEvent]) -> None:
        second, third = three_events[1:]
        record(third.recommendation_id, 3, redaction_of(second))
        back = EventPayload(event_id=second.position, salt="0" * 32, body='{"note":"Two."}')
        refused(lambda: back.save(force_insert=True), "redacted and is never stored again")


AS_THE_WEB = [
    "CREATE ROLE tracker_web_of_a_test",
    "GRANT SELECT, INSERT ON tracker_event TO tracker_web_of_a_test",
    "GRANT SELECT, INSERT, DELETE ON tracker_eventpayload TO tracker_web_of_a_test",
    "SET LOCAL ROLE tracker_web_of_a_test",
]
BEYOND_THE_WEB = [
    "UPDATE tracker_event SET actor_name = 'Eve'",
    "DELETE FROM tracker_event",
    "TRUNCATE tracker_eventpayload",
    "UPDATE tracker_eventpayload SET body = '{}'",
    "ALTER TABLE tracker_event DISABLE TRIGGER ALL",
    "DROP TRIGGER event_never_changed ON tracker_event",
    "DROP FUNCTION event_never_changed() CASCADE",
    "SET LOCAL session_replication_role = replica",
]


@pytest.mark.skipif(IS_SQLITE, reason="SQLite knows no roles")
class TestTheRoleOfTheWeb:
    """With SELECT and INSERT on events, and DELETE besides on their texts, it can do its work."""

    def test_it_appends_and_redacts(self, three_events: list[RecordedEvent]) -> None:
        execute(*AS_THE_WEB)
        first = three_events[0]
        record(first.recommendation_id, 3, note("Four."), redaction_of(first))
        assert verify_log().checked == 5
        execute("RESET ROLE")

    @pytest.mark.usefixtures("three_events")
    @pytest.mark.parametrize("statement", BEYOND_THE_WEB)
    def test_it_may_do_nothing_else(self, statement: str) -> None:
        with pytest.raises(ProgrammingError, match=r"denied|must be owner"), transaction.atomic():
            execute(*AS_THE_WEB, statement)

    @pytest.mark.usefixtures("three_events")
    def test_it_may_delete_no_text_without_a_redaction(self) -> None:
        refused(lambda: execute(*AS_THE_WEB, "DELETE FROM tracker_eventpayload"))
