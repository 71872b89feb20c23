"""The command line's way to verify the log: prints the verdict, exits with 1 when it is broken."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.verification import verify_log


class Command(BaseCommand):
    help = "Verify every event, link, text and redaction of the log."

    def handle(self, *_args: Any, **_options: Any) -> None:
        shows_progress = self.stderr.isatty()
        verdict = verify_log(on_progress=self._count if shows_progress else lambda _: None)
        if shows_progress:
            self.stderr.write("")
        if not verdict.holds:
            raise CommandError(f"The log is broken: {verdict.fault}")
        head = f"The head is #{verdict.head.position} {verdict.head.hash}."
        self.stdout.write(f"{verdict.checked} events hold. {head}")

    def _count(self, checked: int) -> None:
        self.stderr.write(f"\r{checked} events hold so far", style_func=str, ending="")
