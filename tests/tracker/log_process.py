"""A process of its own that works on the log: what `test_concurrency` starts many of.

Told a task and its arguments, it says "ready", waits for a line, works, and answers with a line
of JSON. The database is the one that DATABASE_URL names.
"""

import json
import random
import sys
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import django
from django.db import connection, transaction


def append_many(*, actor_id: int, recommendation_ids: list[int], count: int) -> dict[str, Any]:
    """Append `count` events one by one to streams of one's own; roll one in twenty back."""
    chance = random.Random(actor_id)
    versions = dict.fromkeys(recommendation_ids, 0)
    stored: list[str] = []
    undone: list[str] = []
    leave_the_disk_out_of_it()
    while len(stored) < count:
        recommendation_id, event_id = chance.choice(recommendation_ids), uuid4()
        is_undone = chance.random() < 0.05
        version = versions[recommendation_id]
        patiently(append_one, recommendation_id, version, event_id, is_undone=is_undone)
        (undone if is_undone else stored).append(str(event_id))
        versions[recommendation_id] += not is_undone
    return {"stored": stored, "undone": undone}


def append_one(recommendation_id: int, version: int, event_id: UUID, *, is_undone: bool) -> None:
    with refusing_when_busy(), transaction.atomic():
        record(recommendation_id, version, event_ids=[event_id])
        transaction.set_rollback(is_undone)


def patiently(deed: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """Do what a caller is told to do when the log is busy: try again."""
    while True:
        try:
            return deed(*arguments, **options)
        except LogBusy:
            continue


def leave_the_disk_out_of_it() -> None:
    """Let no commit of this process wait for the disk: order is tested here, not durability."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(
            "PRAGMA synchronous = NORMAL" if is_sqlite else "SET synchronous_commit = off"
        )


def read_all(*, count: int) -> dict[str, Any]:
    """Poll the feed above the last position until `count` events were seen."""
    seen: list[tuple[int, str]] = []
    polls = 0
    while len(seen) < count:
        after = seen[-1][0] if seen else 0
        seen += [(event.position, str(event.event_id)) for event in read_feed(after=after)]
        polls += 1
        time.sleep(0.02)  # leave the processors to the writers
    return {"seen": seen, "polls": polls}


def compete(*, actor_id: int, recommendation_id: int, versions: int) -> dict[str, Any]:
    """Try to write each version of one stream once."""
    won: list[int] = []
    lost: list[int] = []
    for version in range(versions):
        try:
            patiently(record, recommendation_id, version, actor_id=actor_id)
        except StaleVersion:
            lost.append(version)
        else:
            won.append(version)
    return {"won": won, "lost": lost}


def repeat(*, recommendation_id: int, requests: list[list[str]]) -> dict[str, Any]:
    """Send each request of two events once, as every other process does."""
    stored: list[int] = []
    answers: list[list[str]] = []
    for number, ids in enumerate(requests):
        event_ids = [UUID(event_id) for event_id in ids]
        try:
            events = patiently(
                record, recommendation_id, 2 * number, note(), note(), event_ids=event_ids
            )
            stored.append(number)
        except AlreadyRecorded as known:
            events = known.events
        answers.append([event.hash for event in events])
    return {"stored": stored, "answers": answers}


def hold(*, recommendation_id: int) -> dict[str, Any]:
    """Append, and commit only when told so."""
    with transaction.atomic():
        event = record(recommendation_id, 0)[0]
        print("holding", flush=True)  # noqa: T201 - the parent reads it
        sys.stdin.readline()
    return {"event_id": str(event.event_id)}


def main() -> None:
    task, arguments = sys.argv[1], json.loads(sys.argv[2])
    print("ready", flush=True)  # noqa: T201 - the parent reads it
    sys.stdin.readline()
    answer = globals()[task](**arguments)
    print(json.dumps(answer), flush=True)  # noqa: T201 - the parent reads it


if __name__ == "__main__":
    django.setup()
    from tests.tracker.log_entries import note, record
    from tracker.event_store import (
        AlreadyRecorded,
        LogBusy,
        StaleVersion,
        read_feed,
        refusing_when_busy,
    )

    main()
