"""Send the reminders that are due, as the worker does every minute. Cron may call it instead."""

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from tracker.reminders import counted, is_time_to_send, preview, sweep

STAYS_HERE = ("filebased", "console", "locmem", "dummy")
"""Mail backends that keep every message on this machine."""


class Command(BaseCommand):
    help = "Send the reminders that are due now: one message to each person on working mornings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Print today's messages; send and keep nothing."
        )
        parser.add_argument(
            "--at",
            metavar="2026-11-23T08:00",
            help="Act as if it were this time in London; only where mail stays on this machine.",
        )

    def handle(self, *args: Any, dry_run: bool, at: str | None, **options: Any) -> None:
        clock = _clock(at)
        if dry_run:
            self._print_preview(clock())
        elif not is_time_to_send(clock()):
            self.stdout.write(
                "No mail goes out now: reminders are sent on working days, "
                "from the hour set in practice, London time."
            )
        else:
            self.stdout.write(f"{sweep(clock)}.")

    def _print_preview(self, now: datetime) -> None:
        digests = preview(now)
        for digest in digests:
            self.stdout.write(f"To {digest.username}: {digest.subject}\n\n{digest.body}\n")
        when = "now" if is_time_to_send(now) else "on the next working morning"
        self.stdout.write(f"{counted(len(digests), 'message')} would be sent {when}.")


def _clock(at: str | None) -> Callable[[], datetime]:
    if at is None:
        return timezone.now
    if not any(name in settings.EMAIL_BACKEND for name in STAYS_HERE):
        raise CommandError("--at is refused here, because mail leaves this machine. Leave it out.")
    try:
        moment = parse_datetime(at)
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(f"“{at}” is not a time; write it as 2026-11-23T08:00.")
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    return lambda: moment
