"""Rebuild the read models from the log, or only say where they differ from it."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inspections.database_lock import BUSY
from tracker.event_store import LogBusy, refusing_when_busy
from tracker.projections import Difference, rebuild

REFUSED = 2


class Command(BaseCommand):
    help = "Rebuild every read model from the event log; with --check only compare."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Write nothing; exit 1 when a row differs."
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        streams, found = 0, 0
        try:
            for differences in _rebuild(check):
                streams += 1
                found += len(differences)
                for difference in differences:
                    self.stderr.write(_sentence(difference))
        except LogBusy as busy:
            raise CommandError(_how_far(found), returncode=REFUSED) from busy
        if check and found:
            raise CommandError(
                f"{found} rows differ from the log; run rebuild_projections to put them right."
            )
        outcome = "as the log says" if check else f"{found} rows put right"
        self.stdout.write(f"{streams} recommendations read: {outcome}.")


def _rebuild(check: bool) -> Iterator[list[Difference]]:
    with refusing_when_busy():
        for _, differences in rebuild(check_only=check):
            yield differences


def _how_far(found: int) -> str:
    """Each recommendation is put right by itself, so what was done before the wait stands."""
    if not found:
        return BUSY
    return f"The log is busy; {found} rows were put right so far. Try again in a moment."


def _sentence(difference: Difference) -> str:
    where = f"Recommendation {difference.recommendation_id}, {difference.row}"
    if difference.stored is None:
        return f"{where}: missing from the read models."
    if difference.expected is None:
        return f"{where}: not in the log."
    expected = difference.expected
    columns = [name for name, value in difference.stored.items() if value != expected[name]]
    return f"{where}: differs in {', '.join(columns)}."
