"""Puts away what nobody came back for: imports that were not confirmed, exports not fetched."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.defaultfilters import pluralize

from tracker.models import ExchangeJob
from tracker.services.redacting.letting_go import delete_export, end_pending

State = ExchangeJob.State


def kept_until(job: ExchangeJob) -> datetime:
    """Return when an import is emptied that nobody confirms, or an export's file deleted."""
    if job.direction == ExchangeJob.Direction.EXPORT:
        made_at = job.settled_at or job.asked_at
        return made_at + timedelta(days=settings.EXCHANGE_DAYS_TO_FETCH)
    return job.asked_at + timedelta(days=settings.EXCHANGE_DAYS_TO_CONFIRM)


def tidy(now: datetime) -> int:
    """End and empty what was left lying for too many days; return how much that was."""
    return _end_unconfirmed(now) + _delete_old_exports(now)


@transaction.atomic
def _end_unconfirmed(now: datetime) -> int:
    days = settings.EXCHANGE_DAYS_TO_CONFIRM
    left = ExchangeJob.objects.filter(
        state=State.PREVIEWED, asked_at__lte=now - timedelta(days=days)
    )
    reason = f"Nobody confirmed it within {days} day{pluralize(days)}; upload the file again."
    return end_pending(left, State.LAPSED, reason=reason, now=now)


@transaction.atomic
def _delete_old_exports(now: datetime) -> int:
    days = settings.EXCHANGE_DAYS_TO_FETCH
    old = ExchangeJob.objects.filter(
        direction=ExchangeJob.Direction.EXPORT,
        settled_at__lte=now - timedelta(days=days),
    ).exclude(stored_as="")
    because = f"It was kept for {days} day{pluralize(days)}; ask for it again."
    jobs = list(old.order_by("pk"))
    for job in jobs:
        delete_export(job, because=because, now=now)
    return len(jobs)
