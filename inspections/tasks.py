"""What the queue may ask of the Inspectorate's record. Tasks only tick: rows say what is due."""

import logging

from celery import shared_task
from django.utils import timezone

from inspections.due_publication import publish_due

logger = logging.getLogger(__name__)


@shared_task(name="inspections.tasks.publish_due_inspections")
def publish_due_inspections() -> None:
    """Publish the inspections whose time has come; a tick that is lost or doubled does no harm."""
    outcome = publish_due(timezone.now())
    if outcome.has_news:
        logger.info("Inspections: %s.", outcome)
