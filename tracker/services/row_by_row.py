"""Many requests of one person at once, each for itself: a row refused never stops the others.

What must happen wholly or not at all is `execute_together`'s; here every row is a transaction of
its own, and what became of it is told row by row and kept, so that it can be told again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeAlias
from uuid import UUID

from tracker.domain import commands as c
from tracker.domain.rejection import CommandRejected
from tracker.domain.vocabulary import Channel, Role
from tracker.event_store import LogBusy, StaleVersion
from tracker.models import BulkResult
from tracker.services.executing import execute
from tracker.services.request import Receipt, RecommendationNotFound

Refusal: TypeAlias = RecommendationNotFound | CommandRejected | StaleVersion | LogBusy


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One request among many; `key` tells it from the others that were sent with it."""

    key: str
    command: c.Command
    recommendation_id: int
    expected_version: int
    acting_role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one row: a receipt, or the refusal."""

    row: Row
    receipt: Receipt | None = None
    refusal: Refusal | None = None


def execute_each(
    rows: Sequence[Row], *, actor: Any, channel: Channel, now: datetime, idempotency_key: str
) -> tuple[Outcome, ...]:
    """Carry out every row for itself, in order, and say what became of each.

    Rows of one recommendation that were sent with the same version follow each other: what an
    earlier row stored does not make a later one stale. Sent again with the same key, what was
    stored is stored once. When the log is busy the rows that are left are not tried.
    """
    give = partial(execute, actor=actor, channel=channel, now=now)
    moved_to: dict[tuple[int, int], int] = {}
    outcomes: list[Outcome] = []
    for row in rows:
        if outcomes and isinstance(outcomes[-1].refusal, LogBusy):
            outcomes.append(Outcome(row=row, refusal=outcomes[-1].refusal))
            continue
        seen = (row.recommendation_id, row.expected_version)
        outcome = _execute_one(
            row,
            give,
            expected_version=moved_to.get(seen, row.expected_version),
            idempotency_key=f"{idempotency_key}/{row.key}",
        )
        if outcome.receipt is not None:
            moved_to[seen] = outcome.receipt.version
        outcomes.append(outcome)
    return tuple(outcomes)


def _execute_one(row: Row, give: Callable[..., Receipt], **envelope: Any) -> Outcome:
    try:
        receipt = give(
            row.command,
            recommendation_id=row.recommendation_id,
            acting_role=row.acting_role,
            **envelope,
        )
    except (RecommendationNotFound, CommandRejected, StaleVersion, LogBusy) as refusal:
        return Outcome(row=row, refusal=refusal)
    return Outcome(row=row, receipt=receipt)


def keep_result(
    outcomes: Sequence[Mapping[str, Any]],
    *,
    person: Any,
    key: UUID,
    deed: str,
    request_hash: str,
    now: datetime,
) -> BulkResult:
    """Keep what became of the rows; of two that were sent at once, the first to end is kept."""
    details = {"deed": deed, "request_hash": request_hash, "given_at": now, "rows": list(outcomes)}
    result, _ = BulkResult.objects.get_or_create(person=person, key=key, defaults=details)
    return result
