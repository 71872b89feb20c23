"""What the queue may ask for. Tasks only tick: what is to be done stands in database rows."""

import logging

from celery import shared_task
from django.utils import timezone

from tracker.reminders import sweep

logger = logging.getLogger(__name__)


@shared_task(name="tracker.tasks.send_reminders")
def send_reminders() -> None:
    """Send the reminders that are due; a tick that is lost or doubled does no harm."""
    outcome = sweep(timezone.now)
    if outcome.has_news:
        logger.info("Reminders: %s.", outcome)
