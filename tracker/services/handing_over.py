"""Hands a person's open work over and ends the membership: in one transaction, row by row.

The membership does not end while a row that could be handed over is not. What nobody here can hand
over is left open for a reason, which stays on the membership.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from inspections.memberships import end_membership
from inspections.models import Membership
from tracker.domain.rejection import CommandRejected
from tracker.domain.vocabulary import Channel
from tracker.event_store import refusing_when_busy
from tracker.services.row_by_row import Outcome, Row, execute_each


def hand_over_and_end(
    *,
    membership: Membership,
    rows: Sequence[Row],
    last_day: date,
    reason: str,
    actor: Any,
    now: datetime,
    idempotency_key: str,
) -> tuple[Outcome, ...]:
    """Carry out the rows; end the membership if all were, or the refused ones are explained.

    A row that was only stale, or met a busy log, can be handed over: then it does not end.

    Raises: MembershipRefused, and nothing is handed over; LogBusy.
    """
    with refusing_when_busy(), transaction.atomic():
        outcomes = execute_each(
            rows, actor=actor, channel=Channel.ADMIN, now=now, idempotency_key=idempotency_key
        )
        if all(_is_settled(outcome, reason) for outcome in outcomes):
            end_membership(
                membership=membership, last_day=last_day, actor=actor, now=now, reason=reason
            )
    return outcomes


def _is_settled(outcome: Outcome, reason: str) -> bool:
    if outcome.refusal is None:
        return True
    return bool(reason) and isinstance(outcome.refusal, CommandRejected)
