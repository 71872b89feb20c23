"""Takes one person's waiting rows under a lease, and settles them: nobody else may meanwhile.

A claim is a conditional update. Whoever settles must still hold it: a sweep that was overtaken,
because its lease ran out, changes nothing any more. Nothing is sent here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Min, Q, QuerySet

from tracker.domain.reminder_policy import Cancellation
from tracker.models import Reminder
from tracker.reminders.mornings import day_in_london, start_of_day

State = Reminder.State
LEASE = timedelta(minutes=3)
"""Longer than one message can take: some ten steps of SMTP, each given up after ten seconds."""
BACKOFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=60))
LONGEST_ERROR = 500


@dataclass(frozen=True, slots=True)
class Claim:
    """One person's rows, held by `token` until the lease ends."""

    token: UUID
    recipient_id: int

    def held(self) -> QuerySet[Reminder]:
        """Return the rows of the claim that have not been settled or taken over."""
        return Reminder.objects.filter(claimed_by=self.token, state=State.CLAIMED)


def people_waiting(now: datetime) -> list[int]:
    """List who is to get a message, longest waiting first; nobody twice on one day."""
    served = Reminder.objects.filter(_sent_on_the_day_of(now))
    waiting = Reminder.objects.waiting(now).exclude(recipient__in=served.values("recipient"))
    by_person = waiting.values("recipient").annotate(since=Min("next_attempt_at"))
    return list(by_person.order_by("since", "recipient").values_list("recipient", flat=True))


def claim(recipient_id: int, now: datetime) -> Claim | None:
    """Take all rows of the person that are not settled; None when another sweep has them.

    The account's row is locked meanwhile, so that two sweeps cannot share out one person's rows.
    """
    taken = Claim(token=uuid4(), recipient_id=recipient_id)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=recipient_id)
        theirs = Reminder.objects.filter(recipient=recipient_id)
        if _is_served(theirs, now) or not theirs.waiting(now).exists():
            return None
        theirs.filter(state__in=(State.DUE, State.CLAIMED)).update(
            state=State.CLAIMED, claimed_by=taken.token, lease_until=now + LEASE
        )
    return taken


def mark_sent(claim: Claim, message_id: str, now: datetime) -> int:
    """Stamp what the claim holds as sent; return how many rows."""
    return claim.held().update(
        state=State.SENT, settled_at=now, lease_until=None, message_id=message_id, last_error=""
    )


def cancel(claim: Claim, ids: list[int], why: Cancellation, now: datetime) -> int:
    """Cancel rows that have lost their reason."""
    rows = claim.held().filter(pk__in=ids)
    return rows.update(state=State.CANCELLED, settled_at=now, lease_until=None, reason=why)


def suppress(claim: Claim, why: str, now: datetime) -> int:
    """Settle the rows as not to be sent, with the reason."""
    return claim.held().update(state=State.SUPPRESSED, settled_at=now, lease_until=None, reason=why)


def give_up(claim: Claim, error: str, now: datetime) -> int:
    """Settle the rows as failed: trying again would not help."""
    return _fail(claim.held(), error, now)


def put_off(claim: Claim, error: str, now: datetime) -> int:
    """Try again later, or fail after the last attempt; return how many rows failed."""
    failed = _fail(claim.held().filter(attempts__gte=len(BACKOFF)), error, now)
    for attempts, wait in enumerate(BACKOFF):
        claim.held().filter(attempts=attempts).update(
            state=State.DUE,
            lease_until=None,
            attempts=attempts + 1,
            next_attempt_at=now + wait,
            last_error=error[:LONGEST_ERROR],
        )
    return failed


def _fail(rows: QuerySet[Reminder], error: str, now: datetime) -> int:
    return rows.update(
        state=State.FAILED, settled_at=now, lease_until=None, last_error=error[:LONGEST_ERROR]
    )


def _is_served(theirs: QuerySet[Reminder], now: datetime) -> bool:
    """Say whether the person had today's message, or another sweep is about to send it."""
    being_sent = Q(state=State.CLAIMED, lease_until__gt=now)
    return theirs.filter(_sent_on_the_day_of(now) | being_sent).exists()


def _sent_on_the_day_of(now: datetime) -> Q:
    today = day_in_london(now)
    tomorrow = start_of_day(today + timedelta(days=1))
    return Q(state=State.SENT, settled_at__gte=start_of_day(today), settled_at__lt=tomorrow)
