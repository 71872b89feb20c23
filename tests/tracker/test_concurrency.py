"""Real processes on one database: nothing lost, nothing doubled, no gap, one winner."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from tests.tracker.log_entries import record
from tests.world import make_inspection, make_recommendation
from tracker.event_store import LogBusy, head, read_feed, read_stream
from tracker.verification import verify_log

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.raw_log]

WRITERS = 8
EVENTS = 10_000
PATIENCE = 540
"""Seconds after which a process that does not answer is a failure."""


class LogProcess:
    """One `log_process`, waiting to be told to go."""

    def __init__(self, task: str, arguments: dict[str, Any]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.tracker.log_process", task, json.dumps(arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "DATABASE_URL": database_url()},
        )

    def wait_for(self, word: str) -> None:
        assert self.process.stdout
        assert self.process.stdout.readline().strip() == word

    def go(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def answer(self) -> Any:
        output, _ = self.process.communicate(timeout=PATIENCE)
        assert self.process.returncode == 0
        return json.loads(output)


def database_url() -> str:
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    access = f"{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:{settings['PORT']}"
    return f"postgres://{access}/{settings['NAME']}"


Start = Callable[..., LogProcess]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start log processes; whatever happens, none outlives the test."""
    started: list[LogProcess] = []

    def start_one(task: str, **arguments: Any) -> LogProcess:
        started.append(LogProcess(task, arguments))
        return started[-1]

    yield start_one
    for one in started:
        one.process.kill()
        one.process.communicate()


def run_at_once(processes: list[LogProcess]) -> list[Any]:
    for process in processes:
        process.wait_for("ready")
    for process in processes:
        process.go()
    return [process.answer() for process in processes]


@pytest.mark.slow
def test_eight_writers_and_a_reader_who_polls_lose_and_double_nothing(start: Start) -> None:
    inspection = make_inspection()
    streams = [[make_recommendation(inspection).pk for _ in range(5)] for _ in range(WRITERS)]
    processes = [start("read_all", count=EVENTS)]
    processes += [
        start("append_many", actor_id=actor, recommendation_ids=own, count=EVENTS // WRITERS)
        for actor, own in enumerate(streams)
    ]
    reader, *writers = run_at_once(processes)

    stored = {event_id for writer in writers for event_id in writer["stored"]}
    undone = {event_id for writer in writers for event_id in writer["undone"]}
    assert (len(stored), head().position) == (EVENTS, EVENTS)
    assert undone
    assert [position for position, _ in reader["seen"]] == list(range(1, EVENTS + 1))
    assert {event_id for _, event_id in reader["seen"]} == stored
    assert reader["polls"] > 10
    verdict = verify_log()
    assert (verdict.fault, verdict.checked) == ("", EVENTS)


def test_of_eight_writers_on_one_recommendation_one_wins_each_version(start: Start) -> None:
    recommendation = make_recommendation().pk
    answers = run_at_once(
        [
            start("compete", actor_id=actor, recommendation_id=recommendation, versions=15)
            for actor in range(WRITERS)
        ]
    )
    winners = {version: actor for actor, answer in enumerate(answers) for version in answer["won"]}
    assert sum(len(answer["won"]) for answer in answers) == 15
    assert sum(len(answer["lost"]) for answer in answers) == 15 * (WRITERS - 1)
    stream = read_stream(recommendation)
    assert [(event.version - 1, event.actor_id) for event in stream] == sorted(winners.items())
    assert verify_log().holds


def test_one_request_sent_by_eight_processes_at_once_is_stored_once(start: Start) -> None:
    recommendation = make_recommendation().pk
    requests = [[str(uuid4()), str(uuid4())] for _ in range(10)]
    answers = run_at_once(
        [
            start("repeat", recommendation_id=recommendation, requests=requests)
            for _ in range(WRITERS)
        ]
    )
    assert sorted(number for answer in answers for number in answer["stored"]) == list(range(10))
    assert all(answer["answers"] == answers[0]["answers"] for answer in answers)
    hashes = [event.hash for event in read_feed(after=0)]
    assert [one for pair in answers[0]["answers"] for one in pair] == hashes
    assert verify_log().holds


def test_a_writer_who_waits_too_long_is_told_so_and_nothing_is_lost(start: Start) -> None:
    slow_stream, stream = make_recommendation().pk, make_recommendation(make_inspection()).pk
    slow = start("hold", recommendation_id=slow_stream)
    slow.wait_for("ready")
    slow.go()
    slow.wait_for("holding")
    if connection.vendor == "sqlite":  # its patience is a setting of the connection: 20 seconds
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 500")
    with pytest.raises(LogBusy, match="Try again in a moment"):
        record(stream, 0)
    assert read_feed(after=0) == []
    slow.go()
    first = slow.answer()["event_id"]
    second = record(stream, 0)[0]
    assert [str(event.event_id) for event in read_feed(after=0)] == [first, str(second.event_id)]
    assert verify_log().holds
