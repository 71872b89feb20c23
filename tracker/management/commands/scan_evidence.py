"""Scan the files that wait for it, as the worker does several times a minute."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tracker.models import EvidenceFile
from tracker.services.evidence import scan_waiting


class Command(BaseCommand):
    help = "Scan files that were brought as evidence and wait for it; say what became of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--now",
            action="store_true",
            help="Scan those too whose next attempt is later: after the scanner was mended.",
        )

    def handle(self, *args: Any, now: bool, **options: Any) -> None:
        if now:
            waiting = EvidenceFile.State.WAITING, EvidenceFile.State.FAILED
            later = EvidenceFile.objects.filter(state__in=waiting)
            later.update(next_attempt_at=timezone.now())
        self.stdout.write(f"{scan_waiting(timezone.now)}.")
