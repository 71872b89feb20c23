"""What the queue may ask for. Tasks only tick: what is to be done stands in database rows."""

import logging

from celery import shared_task
from django.utils import timezone

from tracker.exchange.working import do_what_waits
from tracker.reminders import sweep
from tracker.services.evidence import delete_unattached, scan_waiting
from tracker.services.redacting.database_file import empty_the_journal
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
    """Make good what a redaction or the end of an export left; a tick that is lost does no harm."""
    empty_the_journal()
    if deleted := delete_forgotten_files():
        logger.info("Files: %s deleted.", deleted)


@shared_task(name="tracker.tasks.scan_evidence")
def scan_evidence() -> None:
    """Have files that were brought as evidence scanned for viruses."""
    outcome = scan_waiting(timezone.now)
    if outcome.has_news:
        logger.info("Evidence: %s.", outcome)


@shared_task(name="tracker.tasks.put_away_evidence")
def put_away_evidence() -> None:
    """Delete files that were brought as evidence and never attached."""
    if deleted := delete_unattached(timezone.now()):
        logger.info("Evidence: %s that nobody attached deleted.", deleted)


@shared_task(name="tracker.tasks.exchange_files")
def exchange_files() -> None:
    """Read, carry out and make what people asked for; a tick that is lost or doubled is no harm."""
    outcome = do_what_waits(timezone.now)
    if outcome.has_news:
        logger.info("Imports and exports: %s.", outcome)
