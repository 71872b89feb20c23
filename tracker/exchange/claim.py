"""Takes one waiting job under a lease, and lets go of it: nobody else does it meanwhile.

A claim is a conditional update. A worker that was overtaken, because its lease ran out or the claim
was taken away from it, finds out at its next step and changes nothing any more.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import F

from tracker.models import ExchangeJob

LEASE = timedelta(minutes=3)
"""Longer than any single step takes: reading a file of the largest size is one."""
MOST_ATTEMPTS = 3
LATER = timedelta(seconds=30)


class Overtaken(Exception):  # noqa: N818 - no fault: another does it, or it is not to be done
    """Whoever held the claim holds it no more."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One job, held by `token` until the lease ends."""

    token: UUID
    job_id: UUID

    def renew(self, now: datetime, **changes: Any) -> None:
        """Hold on to the job for another lease, and note how far it has come. Raises: Overtaken."""
        self._update(lease_until=now + LEASE, **changes)

    def put_off(self, now: datetime) -> None:
        """Leave the job alone for a moment: then it is taken up again. Raises: Overtaken."""
        self._update(lease_until=now + LATER, attempts=0)

    def let_go(self, state: ExchangeJob.State, **changes: Any) -> None:
        """Leave the job in a state, for nobody or for the next step. Raises: Overtaken."""
        free = {"claimed_by": None, "lease_until": None, "attempts": 0}
        self._update(**free, state=state, **changes)

    def _update(self, **changes: Any) -> None:
        held = ExchangeJob.objects.filter(pk=self.job_id, claimed_by=self.token)
        if not held.update(**changes):
            raise Overtaken


def claim(job_id: UUID, now: datetime) -> tuple[Claim, ExchangeJob] | None:
    """Take the job if it waits; None when another has it or nothing is to be done."""
    taken = Claim(token=uuid4(), job_id=job_id)
    free = ExchangeJob.objects.waiting(now).filter(pk=job_id, attempts__lt=MOST_ATTEMPTS)
    if not free.update(claimed_by=taken.token, lease_until=now + LEASE, attempts=F("attempts") + 1):
        return None
    return taken, ExchangeJob.objects.select_related("person").get(pk=job_id)
