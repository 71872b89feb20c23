"""Does what waits: reads files, carries out what was confirmed, makes exports, tidies up.

Safe to run at any time, any number of times at once: each job is claimed, and what was done of it
before a breakdown is not done again.
"""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from django.template.defaultfilters import pluralize

from tracker.event_store import LogBusy
from tracker.exchange.carrying_out import carry_out
from tracker.exchange.claim import MOST_ATTEMPTS, Claim, Overtaken, claim
from tracker.exchange.making import make
from tracker.exchange.reading import read
from tracker.exchange.tidying import tidy
from tracker.models import ExchangeJob
from tracker.services.redacting.letting_go import end_pending

logger = logging.getLogger(__name__)
Clock: TypeAlias = Callable[[], datetime]
State = ExchangeJob.State
GIVEN_UP = (
    "It broke off several times and was given up; what was done until then is done. Try it once "
    "more, and tell whoever runs this service if it happens again."
)


@dataclass(slots=True)
class Outcome:
    """How many jobs were worked on, how many broke off, and how many ended for another reason."""

    worked_on: int = 0
    broken_off: int = 0
    ended: int = 0

    @property
    def has_news(self) -> bool:
        return any(asdict(self).values())

    def __str__(self) -> str:
        jobs = f"{self.worked_on} import or export{pluralize(self.worked_on)}"
        return f"{jobs} worked on, {self.broken_off} broken off, {self.ended} ended or tidied away"


def do_what_waits(clock: Clock) -> Outcome:
    """Work on the jobs that wait, the oldest first; `clock` is read anew for every step.

    One at a time: whoever finds another at work leaves the rest to them, so that a few long
    imports never keep all workers from reminders and from publishing on time.
    """
    outcome = Outcome(ended=_give_up(clock()) + tidy(clock()))
    waiting = ExchangeJob.objects.waiting(clock()).order_by("asked_at", "pk")
    job_ids = list(waiting.values_list("pk", flat=True))
    for place, job_id in enumerate(job_ids):
        # What this worker has tried and broken off keeps its lease, and is nobody else at work.
        at_work = ExchangeJob.objects.exclude(pk__in=job_ids[:place])
        if at_work.filter(lease_until__gt=clock()).exists():
            break
        _try(job_id, clock, outcome)
    return outcome


def work_on(job_id: UUID, clock: Clock) -> bool:
    """Take the job's next step; False where another is at it, or was faster."""
    claimed = claim(job_id, clock())
    if claimed is None:
        return False
    try:
        _take_the_next_step(*claimed, clock)
    except Overtaken:
        return False
    return True


def _take_the_next_step(held: Claim, job: ExchangeJob, clock: Clock) -> None:
    if job.direction == ExchangeJob.Direction.EXPORT:
        make(job, held, clock)
    elif job.state == State.WAITING:
        read(job, held, clock)
    else:
        try:
            carry_out(job, held, clock)
        except LogBusy:
            held.put_off(clock())


def _try(job_id: UUID, clock: Clock, outcome: Outcome) -> None:
    try:
        outcome.worked_on += work_on(job_id, clock)
    # One bad job never stops the rest: it is tried again when its lease has run out.
    except Exception:
        outcome.broken_off += 1
        logger.exception("Import or export %s broke off.", job_id)


def _give_up(now: datetime) -> int:
    exhausted = ExchangeJob.objects.waiting(now).filter(attempts__gte=MOST_ATTEMPTS)
    return end_pending(exhausted, State.FAILED, reason=GIVEN_UP, now=now)
