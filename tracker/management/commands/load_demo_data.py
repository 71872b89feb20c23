"""Load the demo data once, and say how to look at it."""

import os
import shlex
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from inspections.database_lock import BUSY
from inspections.publishing import RecordBusy
from tracker.api_tokens import issue_token
from tracker.demonstration import DEMO_USERS, is_told, tell
from tracker.event_store import LogBusy, refusing_when_busy

DEFAULT_PASSWORD = "demonstration"  # noqa: S105 - of invented people on one machine
TOKEN_FILE = "demo-api-token"  # noqa: S105 - a file's name
TOKEN_LIFE = timedelta(days=90)
LIFE_IN_SECONDS = TOKEN_LIFE.total_seconds()
REFUSED = 2


class Command(BaseCommand):
    help = "Load an invented region, two inspections and two years of progress; only once."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_DATA_ALLOWED:
            raise CommandError("Demo data are not loaded into a service; start it without them.")
        if os.environ.get("DEMO_DATA") == "no":
            self.stdout.write("Started without demo data, as DEMO_DATA=no asks.")
            self.stdout.write("\n".join(["", *_addresses(), *_way_to_the_first_operator()]))
            return
        try:
            with refusing_when_busy():
                self._load(os.environ.get("DEMO_PASSWORD", DEFAULT_PASSWORD))
        except (LogBusy, RecordBusy) as busy:
            raise CommandError(BUSY, returncode=REFUSED) from busy

    def _load(self, password: str) -> None:
        if is_told():
            self.stdout.write("The demo data are here already; nothing was changed.")
        elif User.objects.exists():
            self.stdout.write("People have accounts here, so no demo data were put among them.")
            return
        else:
            tell(password=password, now=timezone.now())
            self.stdout.write("The demo data are loaded.")
        self._say_how_to_look(password)

    def _say_how_to_look(self, password: str) -> None:
        lines = [
            "",
            *_addresses(),
            f"  API token   {_token()}",
            f"  Users       {', '.join(person.username for person in DEMO_USERS)}",
            f"  Password    {password}    (as set when the data were loaded)",
        ]
        self.stdout.write("\n".join(lines))


def _addresses() -> list[str]:
    site = settings.SITE_URL
    return [
        f"  Pages       {site}/",
        f"  Admin       {site}/admin/",
        f"  API         {site}/api/v1/recommendations/    (described at {site}/api/docs/)",
    ]


def _way_to_the_first_operator() -> list[str]:
    """Return what to type where nobody runs the service yet; nothing where somebody does."""
    if User.objects.filter(is_superuser=True).exists():
        return []
    folder = os.environ.get("DATA_DIR", "")
    same_data = f"DATA_DIR={shlex.quote(folder)} " if folder else ""
    return [
        "",
        "There is no operator yet. Make the first one, who invites everybody else:",
        f"  {same_data}.venv/bin/python manage.py createsuperuser",
    ]


def _token() -> str:
    """Return the demo token, issued anew when it is not kept or has run out."""
    path = Path(settings.DATA_DIR) / TOKEN_FILE
    if path.exists() and timezone.now().timestamp() < path.stat().st_mtime + LIFE_IN_SECONDS:
        return path.read_text(encoding="ascii")
    user = User.objects.get(email="coordinator@demonstration.example")
    token = issue_token(user=user, expires_in=TOKEN_LIFE)
    path.touch(mode=0o600)
    path.write_text(token, encoding="ascii")
    return token
