"""Overdue, due soon and silent as conditions on whole lists, for a given day; never stored.

The same rules as `tracker.domain.day`, in the words of the database.
"""

from datetime import date, timedelta

from django.db.models import Q

from tracker.domain.day import Rhythm
from tracker.domain.vocabulary import Delivery
from tracker.models import Practice


def current_rhythm() -> Rhythm:
    """Return the practice that an administrator has set."""
    return rhythm_of(Practice.objects.get(pk=1))


def rhythm_of(practice: Practice) -> Rhythm:
    """Return the rhythm that a row of practice sets."""
    return Rhythm(
        due_soon_days=practice.due_soon_days, review_rhythm_days=practice.review_rhythm_days
    )


def overdue(today: date, *, of: str = "progress__") -> Q:
    """Match recommendations of which a due day has passed.

    `of` is the path from the rows asked to their progress: "" for progress itself.
    """
    return _on(of, is_open=True) & _due(of, due_on__lt=today)


def due_soon(today: date, rhythm: Rhythm, *, of: str = "progress__") -> Q:
    """Match recommendations whose next due day lies ahead and near."""
    last = today + timedelta(days=rhythm.due_soon_days)
    return _on(of, is_open=True) & _due(of, due_on__gte=today, due_on__lte=last)


def silent(today: date, rhythm: Rhythm, *, of: str = "progress__") -> Q:
    """Match recommendations whose provider missed the review rhythm."""
    heard_before = today - timedelta(days=rhythm.review_rhythm_days)
    # Of whoever never answered something is due, unless nothing was ever asked.
    never_heard = _on(
        of, last_said_on__isnull=True, due_on__isnull=False, published_on__lt=heard_before
    )
    not_heard_since = _on(of, last_said_on__isnull=False, last_said_on__lt=heard_before)
    is_waited_for = _on(of, is_open=True) & ~_on(of, delivery=Delivery.REPORTED_COMPLETE)
    return is_waited_for & (never_heard | not_heard_since)


def _due(path: str, **bounds: date) -> Q:
    # `isnull` keeps the condition two-valued: its negation must hold where nothing is due.
    return _on(path, due_on__isnull=False, **bounds)


def _on(path: str, **comparisons: object) -> Q:
    return Q(**{f"{path}{name}": value for name, value in comparisons.items()})
