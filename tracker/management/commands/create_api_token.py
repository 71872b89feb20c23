"""Issue a token for an account and print it, this once."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.api_tokens import LIFETIME, issue_token

MOST_DAYS = 366


class Command(BaseCommand):
    help = "Issue an API token that reads what the account may read, and print it once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--expires-in-days", type=int, default=LIFETIME.days, metavar="N")

    def handle(self, *, username: str, expires_in_days: int, **options: Any) -> None:
        user = get_user_model().objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active account {username!r}. Check the name.")
        if not 1 <= expires_in_days <= MOST_DAYS:
            raise CommandError(f"Choose between 1 and {MOST_DAYS} days for the token to last.")
        self.stdout.write(issue_token(user=user, expires_in=timedelta(days=expires_in_days)))
        self.stderr.write(
            f"It reads what {username} may read, for {expires_in_days} days. Keep it now: "
            "only its hash is stored, so it cannot be shown again."
        )
