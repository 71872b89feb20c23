from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from tests.tracker.log_entries import NOW, envelope, note, record, redaction_of
from tests.world import make_inspection, make_recommendation
from tracker.domain.events import PersonalDataRedacted, ReviewedWithoutChange
from tracker.domain.hash_chain import GENESIS
from tracker.domain.stored_form import NotStorable
from tracker.domain.upcasters import UnknownEvent
from tracker.event_store import (
    AlreadyRecorded,
    NothingToRedact,
    RecordedEvent,
    StaleVersion,
    append,
    fetch,
    head,
    read_feed,
    read_request,
    read_stream,
)
from tracker.event_store.linking import read_tail
from tracker.models import EventPayload
from tracker.verification import verify_log

pytestmark = [pytest.mark.django_db, pytest.mark.raw_log]


@pytest.fixture
def stream() -> int:
    return make_recommendation().pk


@pytest.fixture
def other_stream() -> int:
    return make_recommendation(make_inspection()).pk


def test_an_empty_log_has_a_head_of_zeros(stream: int) -> None:
    assert (head().position, head().hash) == (0, GENESIS)
    assert (read_stream(stream), read_feed(after=0), fetch(uuid4())) == ([], [], None)


def test_what_was_appended_is_read_back(stream: int) -> None:
    appended = record(stream, 0, note("One."), note("Two."))
    assert read_stream(stream) == appended
    assert [(event.position, event.version) for event in appended] == [(1, 1), (2, 2)]
    assert [event.event for event in appended] == [note("One."), note("Two.")]
    assert fetch(appended[1].event_id) == appended[1]
    assert head().hash == appended[1].hash


def test_positions_count_the_log_and_versions_the_stream(stream: int, other_stream: int) -> None:
    record(stream, 0)
    record(other_stream, 0)
    third = record(stream, 1)[0]
    assert (third.position, third.version) == (3, 2)
    assert [event.version for event in read_stream(stream, after_version=1)] == [2]


def test_each_event_carries_the_hashes_before_it(stream: int, other_stream: int) -> None:
    record(stream, 0)
    record(other_stream, 0)
    record(stream, 1)
    first, second, third = read_feed(after=0)
    assert (first.previous_hash, first.stream_previous_hash) == (GENESIS, GENESIS)
    assert (second.previous_hash, second.stream_previous_hash) == (first.hash, GENESIS)
    assert (third.previous_hash, third.stream_previous_hash) == (second.hash, first.hash)
    assert verify_log().holds


def test_who_and_how_is_kept_as_plain_values(stream: int) -> None:
    who: dict[str, Any] = {
        "actor_id": 3,
        "actor_name": "Dee Legate",
        "actor_role": "delegate",
        "channel": "api",
        "on_behalf_of_id": 4,
        "on_behalf_of_name": "Lee Ader",
        "prepared_by_id": 5,
        "prepared_by_name": "Pre Parer",
        "correlation_id": uuid4(),
        "request_hash": "d" * 64,
    }
    recorded = record(stream, 0, **who)[0]
    assert {name: getattr(recorded, name) for name in who} == who
    assert fetch(recorded.event_id) == recorded


def test_the_feed_gives_events_as_stored_in_pages(stream: int) -> None:
    record(stream, 0, note("One."), note("Two."), note("Three."))
    page = read_feed(after=1, limit=1)
    assert [(event.position, event.schema_version) for event in page] == [(2, 1)]
    assert (page[0].facts, page[0].texts) == ({}, {"note": "Two."})


def test_an_append_outside_a_transaction_is_refused(stream: int) -> None:
    connection.in_atomic_block, kept = False, connection.in_atomic_block
    try:
        with pytest.raises(TransactionManagementError, match="open transaction"):
            append(
                recommendation_id=stream,
                expected_version=0,
                events=[note()],
                event_ids=[uuid4()],
                envelope=envelope(),
            )
    finally:
        connection.in_atomic_block = kept


def test_a_stale_writer_is_told_both_versions_and_stores_nothing(stream: int) -> None:
    record(stream, 0, note("One."), note("Two."))
    with pytest.raises(StaleVersion, match="Look at what is new") as refusal:
        record(stream, 1, note("Three."))
    assert (refusal.value.expected_version, refusal.value.actual_version) == (1, 2)
    assert refusal.value.recommendation_id == stream
    assert len(read_stream(stream)) == 2


@pytest.mark.parametrize("expected_version", [-1, 1, 5])
def test_a_version_that_does_not_exist_yet_is_stale_too(stream: int, expected_version: int) -> None:
    with pytest.raises(StaleVersion):
        record(stream, expected_version)


class TestTheSameRequestTwice:
    def test_it_is_answered_with_the_first_events_before_any_version(self, stream: int) -> None:
        ids = [uuid4(), uuid4()]
        first = record(stream, 0, note("One."), note("Two."), event_ids=ids)
        record(stream, 2, note("Somebody else."))
        with pytest.raises(AlreadyRecorded) as refusal:
            record(stream, 0, note("One."), note("Two."), event_ids=ids)
        assert refusal.value.events == first
        assert len(read_stream(stream)) == 3

    def test_one_known_id_among_new_ones_is_enough(self, stream: int) -> None:
        known = record(stream, 0)[0].event_id
        with pytest.raises(AlreadyRecorded):
            record(stream, 1, note(), note(), event_ids=[uuid4(), known])

    def test_its_events_are_found_by_the_first_id_alone(self, stream: int) -> None:
        before = record(stream, 0)[0]
        request = record(stream, 1, note("One."), note("Two."))
        record(stream, 3)
        assert read_request(request[0].event_id) == request
        assert read_request(before.event_id) == [before]
        assert read_request(uuid4()) == []

    def test_one_command_to_several_recommendations_is_several_requests(
        self, stream: int, other_stream: int
    ) -> None:
        correlation_id = uuid4()
        one = record(stream, 0, correlation_id=correlation_id)
        other = record(other_stream, 0, correlation_id=correlation_id)
        assert read_request(one[0].event_id) == one
        assert read_request(other[0].event_id) == other


class TestTheClock:
    def test_it_is_stored_in_utc(self, stream: int) -> None:
        summer = datetime(2026, 7, 1, 0, 30, tzinfo=ZoneInfo("Europe/London"))
        recorded = record(stream, 0, now=summer)[0]
        assert recorded.recorded_at == datetime(2026, 6, 30, 23, 30, tzinfo=UTC)

    def test_it_never_runs_back_in_the_log(self, stream: int, other_stream: int) -> None:
        record(stream, 0, now=NOW)
        earlier = record(other_stream, 0, now=NOW - timedelta(hours=1))[0]
        assert earlier.recorded_at == NOW

    def test_it_needs_a_time_zone(self) -> None:
        with pytest.raises(ValueError, match="time zone"):
            envelope(now=NOW.replace(tzinfo=None))


class TestRedaction:
    def test_it_deletes_the_text_in_the_same_transaction(self, stream: int) -> None:
        cited = record(stream, 0, note("A name that must go."))[0]
        redaction = record(stream, 1, redaction_of(cited))[0]
        read_back = fetch(cited.event_id)
        assert isinstance(read_back, RecordedEvent)
        assert isinstance(read_back.event, ReviewedWithoutChange)
        assert (read_back.redacted, read_back.event.note) == (True, None)
        assert (redaction.redacts, redaction.redacted) == (cited.event_id, False)
        assert read_feed(after=0)[0].texts is None
        assert not EventPayload.objects.filter(event=cited.position).exists()
        assert verify_log().holds

    def test_a_rollback_brings_the_text_back(self, stream: int) -> None:
        cited = record(stream, 0, note("Stays."))[0]
        with transaction.atomic():
            record(stream, 1, redaction_of(cited))
            transaction.set_rollback(True)
        assert fetch(cited.event_id) == cited

    def test_a_text_cannot_be_redacted_twice(self, stream: int) -> None:
        cited = record(stream, 0)[0]
        record(stream, 1, redaction_of(cited))
        with pytest.raises(NothingToRedact, match="no longer there"):
            record(stream, 2, redaction_of(cited))
        assert len(read_stream(stream)) == 2

    def test_a_text_of_another_stream_is_refused(self, stream: int, other_stream: int) -> None:
        cited = record(other_stream, 0)[0]
        with pytest.raises(NothingToRedact):
            record(stream, 0, redaction_of(cited))
        assert fetch(cited.event_id) == cited

    def test_a_text_cited_with_another_hash_is_refused(self, stream: int) -> None:
        cited = record(stream, 0)[0]
        right = redaction_of(cited)
        wrong = PersonalDataRedacted(
            occurred_on=right.occurred_on,
            redacts=right.redacts,
            reason=right.reason,
            payload_hash="0" * 64,
            authority=right.authority,
        )
        with pytest.raises(NothingToRedact):
            record(stream, 1, wrong)

    def test_the_text_of_a_redaction_can_be_redacted(self, stream: int) -> None:
        cited = record(stream, 0)[0]
        redaction = record(stream, 1, redaction_of(cited))[0]
        record(stream, 2, redaction_of(redaction))
        assert [event.redacted for event in read_stream(stream)] == [True, True, False]
        assert verify_log().holds


class TestIntegrityErrors:
    """They are staleness only where the stream has moved."""

    def test_a_stream_moved_by_a_writer_without_the_lock_is_stale(
        self, stream: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real_read_tail = read_tail

        def read_and_be_overtaken(recommendation_id: int) -> object:
            tail = real_read_tail(recommendation_id)
            monkeypatch.setattr("tracker.event_store.appending.read_tail", real_read_tail)
            record(stream, 0, note("Faster."))
            return tail

        monkeypatch.setattr("tracker.event_store.appending.read_tail", read_and_be_overtaken)
        with pytest.raises(StaleVersion) as refusal:
            record(stream, 0, note("Slower."))
        assert refusal.value.actual_version == 1

    def test_a_head_moved_by_another_stream_is_no_staleness(
        self, stream: int, other_stream: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real_read_tail = read_tail

        def read_and_be_overtaken(recommendation_id: int) -> object:
            tail = real_read_tail(recommendation_id)
            monkeypatch.setattr("tracker.event_store.appending.read_tail", real_read_tail)
            record(other_stream, 0, note("Faster."))
            return tail

        monkeypatch.setattr("tracker.event_store.appending.read_tail", read_and_be_overtaken)
        with pytest.raises(IntegrityError, match="append-only"):
            record(stream, 0, note("Slower."))
        assert len(read_stream(stream)) == 0

    def test_a_missing_recommendation_is_no_staleness(self) -> None:
        record(987_654, 0)
        with pytest.raises(IntegrityError, match=r"FOREIGN KEY|foreign key"):
            connection.check_constraints()
        transaction.set_rollback(True)


def test_text_that_cannot_be_stored_is_refused_and_nothing_is_stored(stream: int) -> None:
    with pytest.raises(NotStorable, match="NUL"):
        record(stream, 0, note("fine"), note("\x00"))
    assert head().position == 0


def test_as_many_ids_as_events_are_asked_for(stream: int) -> None:
    with pytest.raises(ValueError, match="shorter"):
        record(stream, 0, note(), note(), event_ids=[uuid4()])


def test_an_event_of_a_later_release_stops_a_reader_loudly_but_not_the_feed(
    stream: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = record(stream, 0)[0]
    monkeypatch.setattr("tracker.domain.stored_form.EVENT_CLASSES", {})
    with pytest.raises(UnknownEvent, match="newer"):
        read_stream(stream)
    with pytest.raises(UnknownEvent):
        fetch(later.event_id)
    assert [event.position for event in read_feed(after=0)] == [1]


def test_an_append_asks_the_same_number_of_questions_however_long_the_log(
    stream: int,
) -> None:
    with CaptureQueriesContext(connection) as short:
        record(stream, 0)
    record(stream, 1, *(note(str(number)) for number in range(200)))
    with CaptureQueriesContext(connection) as long:
        record(stream, 201)
    assert len(long) == len(short)
