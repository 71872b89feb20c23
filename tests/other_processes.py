"""Starts real processes on the test database, and waits for what they do: bounded, never timed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0


def environment(data_dir: Path, **changes: str) -> dict[str, str]:
    """Return the surroundings of a process that shares the test's database and nothing else."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.embedded",
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": _database_url(),
        "PYTHONUNBUFFERED": "1",
        **changes,
    }


@contextmanager
def running(
    moment: datetime, *arguments: str, env: dict[str, str]
) -> Iterator[subprocess.Popen[str]]:
    """Run a program at another time, in a group of its own; kill what is left of it at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.at_a_time", moment.isoformat(), *arguments],
        cwd=ROOT,
        env=env,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def wait_until(is_so: Callable[[], object], what: str) -> None:
    """Wait for something to become true.

    Raises: AssertionError naming what did not come.
    """
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, f"waited {PATIENCE:.0f} s in vain for {what}"
        time.sleep(0.05)


def _database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    user, password = quote(str(database["USER"])), quote(str(database["PASSWORD"]))
    place = f"{database['HOST'] or '127.0.0.1'}:{database['PORT'] or 5432}"
    return f"postgres://{user}:{password}@{place}/{database['NAME']}"
