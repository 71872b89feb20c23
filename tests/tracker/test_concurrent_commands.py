"""Real processes give commands at once: each is carried out once, and every page agrees."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.other_processes import ROOT, environment
from tests.tracker.story import Story
from tests.world import make_user
from tracker.domain.vocabulary import Role
from tracker.event_store import head, read_feed
from tracker.models import Event, RecommendationProgress
from tracker.projections import rebuild
from tracker.verification import verify_log

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PEOPLE = 8
COMMANDS = 25
RECOMMENDATIONS = 3
PATIENCE = 120
"""Seconds after which a process that does not answer is a failure."""


@contextmanager
def person_at_work(
    person: User, recommendations: list[int], env: dict[str, str]
) -> Iterator["subprocess.Popen[str]"]:
    """Start a process that waits to give commands; whatever happens, it does not stay."""
    told = {"actor_id": person.pk, "recommendation_ids": recommendations, "count": COMMANDS}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.tracker.command_process", json.dumps(told)],
        cwd=ROOT,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def all_at_once(processes: list["subprocess.Popen[str]"]) -> list[dict[str, Any]]:
    """Let all go once all are ready; return their answers."""
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    return [answer_of(process) for process in processes]


def answer_of(process: "subprocess.Popen[str]") -> dict[str, Any]:
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    answer: dict[str, Any] = json.loads(said)
    return answer


def test_commands_of_eight_processes_are_each_carried_out_once_and_the_read_models_follow(
    tmp_path: Path,
) -> None:
    story = Story(recommendations=RECOMMENDATIONS)
    streams = [each.pk for each in story.recommendations]
    people = [make_user(f"Lead {number}", Role.PDU_LEAD, story.unit) for number in range(PEOPLE)]
    env = environment(tmp_path, DJANGO_SECRET_KEY="only-for-this-test")
    with ExitStack() as stack:
        answers = all_at_once(
            [stack.enter_context(person_at_work(each, streams, env)) for each in people]
        )

    carried_out = [tuple(each) for answer in answers for each in answer["carried_out"]]
    assert len(carried_out) == PEOPLE * COMMANDS
    assert sum(answer["stale"] for answer in answers) > 0, "nobody was in anybody's way"
    updates = Event.objects.filter(type="progress_update_recorded")
    stored = updates.values_list("recommendation_id", "version", "event_id")
    assert sorted(carried_out) == sorted((pk, version, str(own)) for pk, version, own in stored)
    for stream in streams:
        versions = [version for pk, version, _ in carried_out if pk == stream]
        assert sorted(versions) == list(range(2, len(versions) + 2))
        assert RecommendationProgress.objects.get(pk=stream).version == len(versions) + 1
    everything = RECOMMENDATIONS + PEOPLE * COMMANDS
    assert [event.position for event in read_feed(after=0)] == list(range(1, everything + 1))
    assert [found for _, found in rebuild(check_only=True) if found] == []
    verdict = verify_log()
    assert (verdict.fault, verdict.checked, head().position) == ("", everything, everything)
