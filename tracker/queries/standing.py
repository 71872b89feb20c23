"""Overdue, due soon and silent as conditions on whole lists, for a given day; never stored.

The same rules as `tracker.domain.day`, in the words of the database.
"""

from datetime import date, timedelta

from django.db.models import Q

from tracker.domain.day import Dates, Rhythm
from tracker.domain.vocabulary import Delivery, Response
from tracker.models import Practice, RecommendationProgress


def current_rhythm() -> Rhythm:
    """Return the practice that an administrator has set."""
    kept = Practice.objects.get(pk=1)
    return Rhythm(due_soon_days=kept.due_soon_days, review_rhythm_days=kept.review_rhythm_days)


def dates_of(progress: RecommendationProgress) -> Dates:
    """Return what the day's questions rest on, from the read model."""
    return Dates(
        is_open=progress.is_open,
        response=Response(progress.response),
        delivery=Delivery(progress.delivery),
        published_on=progress.published_on,
        response_due_on=progress.response_due_on,
        next_target_on=progress.next_target_on,
        last_said_on=progress.last_said_on,
    )


def overdue(today: date) -> Q:
    """Match recommendations of which a due day has passed."""
    return Q(progress__is_open=True) & _due(before=today)


def due_soon(today: date, rhythm: Rhythm) -> Q:
    """Match recommendations whose next due day lies ahead and near."""
    after_the_window = today + timedelta(days=rhythm.due_soon_days + 1)
    return Q(progress__is_open=True) & _due(before=after_the_window) & ~_due(before=today)


def silent(today: date, rhythm: Rhythm) -> Q:
    """Match recommendations whose provider missed the review rhythm."""
    heard_before = today - timedelta(days=rhythm.review_rhythm_days)
    never_heard = Q(progress__last_said_on__isnull=True, progress__published_on__lt=heard_before)
    not_heard_since = Q(progress__last_said_on__lt=heard_before)
    is_waited_for = Q(progress__is_open=True) & ~Q(progress__delivery=Delivery.REPORTED_COMPLETE)
    return is_waited_for & (never_heard | not_heard_since)


def _due(*, before: date) -> Q:
    response = Q(progress__response=Response.AWAITING, progress__response_due_on__lt=before)
    # `isnull` keeps the condition two-valued: its negation must hold where there is no target.
    target = Q(progress__next_target_on__isnull=False, progress__next_target_on__lt=before)
    return response | target
