"""Rebuild the read models from the log, or only say where they differ from it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.projections import Difference, rebuild


class Command(BaseCommand):
    help = "Rebuild every read model from the event log; with --check only compare."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Write nothing; exit 1 when a row differs."
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        streams, found = 0, 0
        for _, differences in rebuild(check_only=check):
            streams += 1
            found += len(differences)
            for difference in differences:
                self.stderr.write(_sentence(difference))
        if check and found:
            raise CommandError(
                f"{found} rows differ from the log; run rebuild_projections to put them right."
            )
        outcome = "as the log says" if check else f"{found} rows put right"
        self.stdout.write(f"{streams} recommendations read: {outcome}.")


def _sentence(difference: Difference) -> str:
    where = f"Recommendation {difference.recommendation_id}, {difference.row}"
    if difference.stored is None:
        return f"{where}: missing from the read models."
    if difference.expected is None:
        return f"{where}: not in the log."
    expected = difference.expected
    columns = [name for name, value in difference.stored.items() if value != expected[name]]
    return f"{where}: differs in {', '.join(columns)}."
