"""A data folder as set-up fills it, and the whole thing run on it as `make run` does.

Everything here is a real process with its own folder and its own SQLite file.
"""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from machinery.assets import STAMP
from machinery.steps import ROOT

FILL = "from machinery.setup import _fill_data_folder; _fill_data_folder()"
OF_THE_SUITE = {"DATABASE_URL", "CELERY_BROKER_URL", "EMAIL_URL", "SITE_URL"}
STARTED = re.compile(r"(web|worker|beat)\.1 started \(pid=(\d+)\)")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def surroundings(data_dir: Path, port: int) -> dict[str, str]:
    """Return the environment of somebody who has set PORT and DATA_DIR and nothing else."""
    kept = {name: value for name, value in os.environ.items() if name not in OF_THE_SUITE}
    own = {"DATA_DIR": str(data_dir), "PORT": str(port)}
    return {**kept, **own, "DJANGO_SETTINGS_MODULE": "config.settings.embedded"}


def fill(data_dir: Path, port: int) -> str:
    """Fill the folder as `make setup` does once everything is installed; return what it says."""
    if not STAMP.exists():
        pytest.fail("The front end has not been built. Run the tests with: make test")
    done = subprocess.run(
        [sys.executable, "-c", FILL],
        cwd=ROOT,
        env=surroundings(data_dir, port),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


class Site:
    """The site, the worker and the beat, started together; their log is a file."""

    def __init__(self, process: "subprocess.Popen[bytes]", log: Path, port: int) -> None:
        self.process = process
        self.port = port
        self._log = log

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    @property
    def programs(self) -> dict[str, int]:
        """The programs started so far, each the leader of a process group of its own."""
        return {name: int(number) for name, number in STARTED.findall(self.log)}

    def status_of(self, path: str) -> int | None:
        """Return the status of an address, or None while nobody listens."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                status: int = answer.status
                return status
        except (URLError, ConnectionError, TimeoutError):
            return None

    def groups_alive(self) -> set[int]:
        """Return which of the process groups still hold anybody: children and their children."""
        return {group for group in (self.process.pid, *self.programs.values()) if _holds(group)}


@contextmanager
def serving(data_dir: Path, log: Path) -> Iterator[Site]:
    """Run `machinery.serve` on a free port; kill what is left of it at the end."""
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "machinery.serve"],
            cwd=ROOT,
            env=surroundings(data_dir, port),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    site = Site(process, log, port)
    try:
        yield site
    finally:
        for group in site.groups_alive():
            os.killpg(group, signal.SIGKILL)
        process.wait()


def _holds(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
