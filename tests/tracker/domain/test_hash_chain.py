from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest

from tracker.domain.hash_chain import (
    EVENT_COLUMNS,
    GENESIS,
    Value,
    canonical_bytes,
    event_hash,
    payload_hash,
)

MOMENT = datetime(2026, 3, 29, 1, 30, 0, 5, tzinfo=UTC)
ROW: dict[str, Value] = {
    "position": 1,
    "previous_hash": GENESIS,
    "stream_previous_hash": GENESIS,
    "event_id": UUID(int=1),
    "request_hash": "a" * 64,
    "recommendation_id": 4,
    "version": 1,
    "type": "review_started",
    "schema_version": 1,
    "actor_id": 7,
    "actor_name": "Siân",
    "actor_role": "inspector",
    "channel": "admin",
    "on_behalf_of_id": None,
    "on_behalf_of_name": "",
    "prepared_by_id": None,
    "prepared_by_name": "",
    "correlation_id": UUID(int=2),
    "redacts": None,
    "recorded_at": MOMENT,
    "occurred_on": date(2026, 3, 28),
    "facts": "{}",
    "payload_hash": payload_hash(salt="0" * 32, body='{"note":"é"}'),
}


def test_the_hashes_of_known_values_never_change() -> None:
    assert ROW["payload_hash"] == (
        "d1e35e02df2bb0e1250ff8bf6790fcd5b59c538075f946c99c93459ee45446eb"
    )
    assert event_hash(ROW) == "c1d3df0f5961f5be59f90cd69ff9ef7e763f97df149ddcb4c66fd0616488554a"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, b"-"),
        ("", b"0:"),
        ("é", b"2:\xc3\xa9"),
        (-12, b"3:-12"),
        (UUID(int=1), b"36:00000000-0000-0000-0000-000000000001"),
        (date(2026, 3, 28), b"10:2026-03-28"),
        (MOMENT, b"32:2026-03-29T01:30:00.000005+00:00"),
        (MOMENT.replace(microsecond=0), b"32:2026-03-29T01:30:00.000000+00:00"),
    ],
)
def test_each_kind_of_value_has_one_form(value: Value, expected: bytes) -> None:
    assert canonical_bytes(value) == expected


def test_a_moment_has_the_same_bytes_in_every_zone() -> None:
    elsewhere = MOMENT.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert canonical_bytes(elsewhere) == canonical_bytes(MOMENT)


@pytest.mark.parametrize("column", EVENT_COLUMNS)
def test_every_column_counts(column: str) -> None:
    assert event_hash({**ROW, column: "another"}) != event_hash(ROW)


def test_text_moved_from_one_column_to_the_next_counts() -> None:
    one = {**ROW, "actor_name": "ab", "actor_role": "c"}
    other = {**ROW, "actor_name": "a", "actor_role": "bc"}
    assert event_hash(one) != event_hash(other)


def test_null_and_empty_are_two_things() -> None:
    assert event_hash({**ROW, "redacts": ""}) != event_hash(ROW)


def test_salt_and_body_cannot_be_traded() -> None:
    assert payload_hash(salt="ab", body="c") != payload_hash(salt="a", body="bc")
