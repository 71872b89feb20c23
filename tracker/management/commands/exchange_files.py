"""Do the imports and exports that wait, as the worker does. Cron may call it instead."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tracker.exchange.working import do_what_waits


class Command(BaseCommand):
    help = "Read the files that were uploaded, carry out what was confirmed, make the exports."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{do_what_waits(timezone.now)}.")
