"""Writes the rows that fall due. A row that is there already is left as it is.

A day that was missed is caught up: the sweep looks back to the day of the last one.
"""

import logging
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TypeAlias
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from inspections.models import ReinspectionNotice
from tracker.domain.reminder_policy import (
    FallingDue,
    ReminderPractice,
    Rule,
    StandingDate,
    falling_due,
)
from tracker.models import Event, Practice, Reminder, ReminderSweep
from tracker.reminders.candidates import Candidate, open_candidates
from tracker.reminders.mornings import reminder_practice, start_of_day
from tracker.reminders.people import people_around

logger = logging.getLogger(__name__)
FIRST_LOOK_BACK = timedelta(days=31)
BATCH = 500
Key: TypeAlias = tuple[int, str, str, date, int, int]


def schedule(today: date) -> None:
    """Write a row for every reminder that fell due since the last sweep, up to `today`."""
    with transaction.atomic():
        # Read first: what comes in meanwhile is seen by the next sweep.
        seen = _all_there_is_to_see()
        since = _day_of_last_sweep(today)
        rows = list(_rows(since=since, today=today))
        Reminder.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
        _revive(rows, since)
        ReminderSweep.objects.update_or_create(pk=1, defaults={"swept_on": today, **seen})


def is_scheduled(today: date) -> bool:
    """Say whether a sweep of today would see nothing new.

    What changes otherwise (people, practice) counts from the next working day's sweep on, which
    looks back to this one.
    """
    return ReminderSweep.objects.filter(swept_on=today, **_all_there_is_to_see()).exists()


def standing_date_of(reminder: Reminder) -> StandingDate:
    """Return what the row is about, as the rules name it."""
    about = UUID(reminder.about) if reminder.about else None
    return StandingDate(Rule(reminder.rule), reminder.for_date, about)


def _all_there_is_to_see() -> dict[str, int]:
    return {
        "log_position": Event.objects.aggregate(last=Max("position"))["last"] or 0,
        "notice_id": ReinspectionNotice.objects.aggregate(last=Max("pk"))["last"] or 0,
    }


def _day_of_last_sweep(today: date) -> date:
    last = ReminderSweep.objects.filter(pk=1).values_list("swept_on", flat=True).first()
    return min(last, today) if last else today - FIRST_LOOK_BACK


def _rows(*, since: date, today: date) -> Iterator[Reminder]:
    practice = reminder_practice(Practice.objects.get(pk=1), today)
    due = [
        (candidate, each)
        for candidate in open_candidates().values()
        for each in _falling_due(candidate, since=since, today=today, practice=practice)
    ]
    people = people_around([candidate for candidate, _ in due], today)
    for candidate, each in due:
        for recipient_id in sorted(people.to_remind(candidate, each.standing)):
            yield _row(candidate.recommendation_id, each, recipient_id, today)


def _falling_due(
    candidate: Candidate, *, since: date, today: date, practice: ReminderPractice
) -> list[FallingDue]:
    try:
        return falling_due(candidate.facts, since=since, today=today, practice=practice)
    except Exception as error:  # noqa: BLE001 - one bad row never stops the rest of the morning
        # No traceback: what a row holds is nothing for a log.
        logger.error(  # noqa: TRY400
            "The reminders of recommendation %s could not be worked out: %s.",
            candidate.recommendation_id,
            type(error).__name__,
        )
        return []


def _row(recommendation_id: int, due: FallingDue, recipient_id: int, today: date) -> Reminder:
    standing = due.standing
    return Reminder(
        recommendation_id=recommendation_id,
        rule=standing.rule,
        about=str(standing.action_id or ""),
        for_date=standing.date,
        step=due.step,
        recipient_id=recipient_id,
        due_on=due.due_on,
        next_attempt_at=start_of_day(today),
    )


def _revive(rows: list[Reminder], since: date) -> None:
    """Make due again what was cancelled and has its reason back: a date moved to and fro."""
    keys = {_key(row) for row in rows}
    cancelled = Reminder.objects.filter(state=Reminder.State.CANCELLED, due_on__gte=since)
    again = [row.pk for row in cancelled if _key(row) in keys]
    if again:
        cancelled.filter(pk__in=again).update(
            state=Reminder.State.DUE, settled_at=None, reason="", attempts=0
        )


def _key(row: Reminder) -> Key:
    return (
        row.recommendation_id,
        row.rule,
        row.about,
        row.for_date,
        row.step,
        row.recipient_id,
    )
