"""The whole of a tick: nothing outside mornings, then write what is due, then send it."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tracker.models import Practice, Reminder
from tracker.reminders.claim import people_waiting
from tracker.reminders.mail import compose
from tracker.reminders.mornings import day_in_london, mail_may_be_sent
from tracker.reminders.schedule import is_scheduled, schedule
from tracker.reminders.send import Outcome, claim_and_send


@dataclass(frozen=True, slots=True)
class Digest:
    """A message that would be sent."""

    username: str
    subject: str
    body: str


def sweep(clock: Callable[[], datetime]) -> Outcome:
    """Write and send what is due now. Safe to run at any time, any number of times at once."""
    now = clock()
    if not is_time_to_send(now):
        return Outcome()
    today = day_in_london(now)
    if not is_scheduled(today):
        schedule(today)
    return claim_and_send(clock)


def is_time_to_send(now: datetime) -> bool:
    """Say whether `now` lies in a working morning, or later on that day."""
    return mail_may_be_sent(now, Practice.objects.get(pk=1).send_from_hour)


def preview(now: datetime) -> list[Digest]:
    """Return what today's messages would be, should they go out now; nothing is kept or sent."""
    today = day_in_london(now)
    with transaction.atomic():
        schedule(today)
        digests = [_digest(rows, today) for rows in _rows_by_person(now)]
        transaction.set_rollback(True)
    return digests


def _rows_by_person(now: datetime) -> Iterator[list[Reminder]]:
    waiting = Reminder.objects.waiting(now).filter(recipient__in=people_waiting(now))
    joined = waiting.select_related("recipient", "recommendation__progress__provider")
    by_person: dict[int, list[Reminder]] = defaultdict(list)
    for row in joined.order_by("recipient", "pk"):
        by_person[row.recipient_id].append(row)
    yield from by_person.values()


def _digest(rows: list[Reminder], today: date) -> Digest:
    recipient = rows[0].recipient
    message = compose(recipient, rows, today)
    return Digest(recipient.get_username(), str(message.subject), str(message.body))
