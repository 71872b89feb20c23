"""A process of its own that gives commands: what `test_concurrent_commands` starts many of.

Told who gives how many to which recommendations, it says "ready", waits for a line, works, and
answers with a line of JSON. The database is the one that DATABASE_URL names.
"""

import itertools
import json
import random
import sys
from datetime import UTC, datetime
from typing import Any

import django

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def give_many(*, actor_id: int, recommendation_ids: list[int], count: int) -> dict[str, Any]:
    """Give `count` commands, each to one recommendation and each until it is carried out."""
    actor = User.objects.get(pk=actor_id)
    chance = random.Random(actor_id)
    carried_out: list[tuple[int, int, str]] = []
    stale = 0
    for number in range(count):
        recommendation_id = chance.choice(recommendation_ids)
        text = f"Update {number} of {actor.username}"
        receipt, refusals = give(actor, recommendation_id, text)
        carried_out.append((recommendation_id, receipt.version, str(receipt.events[0].event_id)))
        stale += refusals
        if number % 5 == 0:  # a reader's second click
            again, _ = give(actor, recommendation_id, text)
            assert again.replayed
    return {"carried_out": carried_out, "stale": stale}


def give(actor: Any, recommendation_id: int, text: str) -> tuple[Any, int]:
    """Look at the version and give the command, again as long as somebody was quicker."""
    command = RecordProgressUpdate(text=text, occurred_on=NOW.date())
    for refusals in itertools.count():
        progress = RecommendationProgress.objects.get(pk=recommendation_id)
        try:
            receipt = execute(
                command,
                recommendation_id=recommendation_id,
                expected_version=progress.version,
                actor=actor,
                acting_role=Role.PDU_LEAD,
                channel=Channel.API,
                now=NOW,
                idempotency_key=text,
            )
        except StaleVersion:
            continue
        except LogBusy:
            continue
        return receipt, refusals
    raise AssertionError


def main() -> None:
    arguments = json.loads(sys.argv[1])
    print("ready", flush=True)  # noqa: T201 - the parent reads it
    sys.stdin.readline()
    print(json.dumps(give_many(**arguments)), flush=True)  # noqa: T201 - the parent reads it


if __name__ == "__main__":
    django.setup()
    from django.contrib.auth.models import User

    from tracker.domain.commands import RecordProgressUpdate
    from tracker.domain.vocabulary import Channel, Role
    from tracker.event_store import LogBusy, StaleVersion
    from tracker.models import RecommendationProgress
    from tracker.services import execute

    main()
