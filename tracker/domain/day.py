"""What depends on the day it is: due, overdue, due soon, silent. Pure; never stored.

`tracker.queries.standing` asks the database the same questions for whole lists; a test holds the
two together.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.vocabulary import Delivery, Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How far ahead a date is "due soon", and after how many quiet days a provider is silent."""

    due_soon_days: int = 30
    review_rhythm_days: int = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """What the answers rest on, of one recommendation."""

    is_open: bool
    response: Response
    delivery: Delivery
    published_on: date
    response_due_on: date | None
    next_target_on: date | None
    last_said_on: date | None


def due_on(dates: Dates) -> date | None:
    """Return the earliest day on which something is asked of the provider; None if nothing is.

    While the response is awaited that is asked for; the earliest target of an open action is too.
    """
    if not dates.is_open:
        return None
    response_due_on = dates.response_due_on if dates.response is Response.AWAITING else None
    return min((day for day in (response_due_on, dates.next_target_on) if day), default=None)


def is_overdue(dates: Dates, today: date) -> bool:
    """Say whether a due day has passed; on the day itself nothing is overdue."""
    day = due_on(dates)
    return day is not None and day < today


def is_due_soon(dates: Dates, today: date, rhythm: Rhythm) -> bool:
    """Say whether the next due day lies ahead, today included, and near."""
    day = due_on(dates)
    return day is not None and today <= day <= today + timedelta(days=rhythm.due_soon_days)


def is_silent(dates: Dates, today: date, rhythm: Rhythm) -> bool:
    """Say whether the review rhythm was missed; whoever reported complete is never silent.

    Nor is a provider that was never asked, and has said nothing by itself.
    """
    if not dates.is_open or dates.delivery is Delivery.REPORTED_COMPLETE:
        return False
    if dates.last_said_on is None and due_on(dates) is None:
        return False
    heard_on = dates.last_said_on or dates.published_on
    return heard_on + timedelta(days=rhythm.review_rhythm_days) < today
