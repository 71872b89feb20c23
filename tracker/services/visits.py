"""Visits: they move on when somebody signs in or has seen it all, never by looking at a page."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from tracker import event_store
from tracker.models import Visit


@transaction.atomic
def begin_visit(user: Any, *, now: datetime) -> None:
    """Note that the person came: what was there at their visit before this one is seen.

    Signing in again on the same day is the same visit.
    """
    position = event_store.head().position
    start = {"began_at": now, "began_position": position}
    visit, is_first = Visit.objects.select_for_update().get_or_create(
        user=user, defaults={**start, "seen_at": now, "seen_position": position}
    )
    if is_first or timezone.localdate(visit.began_at) >= timezone.localdate(now):
        return
    visit.seen_at, visit.seen_position = visit.began_at, visit.began_position
    visit.began_at, visit.began_position = now, position
    visit.save()


def mark_seen(user: Any, *, position: int, now: datetime) -> None:
    """Note that the person has seen what was recorded up to `position`, and no more."""
    position = min(position, event_store.head().position)
    seen = {"seen_at": now, "seen_position": position}
    Visit.objects.update_or_create(
        user=user,
        defaults=seen,
        create_defaults={**seen, "began_at": now, "began_position": position},
    )
