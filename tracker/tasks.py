"""What the queue may ask for. Tasks only tick: what is to be done stands in database rows."""

import logging

from celery import shared_task
from django.utils import timezone

from tracker.reminders import sweep
from tracker.services.redacting.files import delete_forgotten_files

logger = logging.getLogger(__name__)


@shared_task(name="tracker.tasks.send_reminders")
def send_reminders() -> None:
    """Send the reminders that are due; a tick that is lost or doubled does no harm."""
    outcome = sweep(timezone.now)
    if outcome.has_news:
        logger.info("Reminders: %s.", outcome)


@shared_task(name="tracker.tasks.delete_files")
def delete_files() -> None:
    """Delete the files that a crash has left behind; a tick that is lost does no harm."""
    if deleted := delete_forgotten_files():
        logger.info("Files: %s deleted.", deleted)
