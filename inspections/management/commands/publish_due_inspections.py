"""Publish the inspections whose time has come, as the worker does every minute; cron may call it.

Exit code 2 where one could not be published; its reason stands in the list of inspections.
"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from inspections.due_publication import publish_due

REFUSED = 2


class Command(BaseCommand):
    help = "Publish the inspections under embargo whose time has come."

    def handle(self, *_: Any, **__: Any) -> None:
        outcome = publish_due(timezone.now())
        self.stdout.write(f"Inspections: {outcome}.")
        if outcome.refused:
            raise SystemExit(REFUSED)
