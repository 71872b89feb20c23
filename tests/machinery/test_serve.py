"""`make run` serves the site, the worker and the beat, stops them all, or refuses in a sentence."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from machinery.steps import ROOT
from tests.machinery.served import Site, fill, free_port, serving, surroundings
from tests.other_processes import wait_until

SECONDS_TO_STOP = 20
SCHEDULE_AS_OF = """
import sys, time_machine
time_machine.travel(sys.argv[1]).start()
from celery.beat import PersistentScheduler
from config.celery import app
PersistentScheduler(app, schedule_filename=sys.argv[2]).close()
"""


def serve(port: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "machinery.serve"],
        env={**os.environ, "PORT": port},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_a_port_in_use_is_named_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = serve(port)

    assert done.returncode == 1
    assert done.stdout == (
        f"Port {port} is in use. Stop what uses it, or choose another: PORT=9000 make run\n"
    )
    assert done.stderr == ""


@pytest.mark.parametrize("port", ["", "http", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    done = serve(port)

    assert done.returncode == 1
    assert done.stdout == f"PORT must be a number from 1 to 65535, and it is {port!r}.\n"


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder as set-up leaves it."""
    folder = tmp_path_factory.mktemp("data")
    fill(folder, free_port())
    return folder


def _let_the_beat_have_run(folder: Path, *, at: datetime) -> None:
    """Leave the beat's schedule as of then, so that a tick is due at once, not in a minute."""
    for kept in folder.glob("beat-schedule*"):
        kept.unlink()
    subprocess.run(
        [sys.executable, "-c", SCHEDULE_AS_OF, at.isoformat(), str(folder / "beat-schedule")],
        cwd=ROOT,
        env=surroundings(folder, free_port()),
        timeout=60,
        check=True,
    )


def at_a_terminal(process: "subprocess.Popen[bytes]") -> None:
    """Press Ctrl-C: the terminal tells everybody in the foreground."""
    os.killpg(process.pid, signal.SIGINT)


def from_elsewhere(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGINT)


@pytest.mark.slow
@pytest.mark.parametrize("interrupt", [at_a_terminal, from_elsewhere])
def test_the_site_the_worker_and_the_beat_start_together_and_an_interrupt_stops_them_all(
    data_dir: Path, tmp_path: Path, interrupt: Callable[["subprocess.Popen[bytes]"], None]
) -> None:
    _let_the_beat_have_run(data_dir, at=datetime.now(UTC) - timedelta(days=1))
    with serving(data_dir, tmp_path / "log") as site:
        wait_until(lambda: site.status_of("/healthz") == 200, "an answer of the site")
        assert site.status_of("/accounts/login/") == 200
        wait_until(lambda: _has_ticked(site), "a tick of the beat, carried out by the worker")
        assert set(site.programs) == {"web", "worker", "beat"}
        assert site.groups_alive() == {site.process.pid, *site.programs.values()}

        interrupt(site.process)
        assert site.process.wait(SECONDS_TO_STOP) == 0, site.log
        assert site.groups_alive() == set(), site.log
        assert site.status_of("/healthz") is None


def _has_ticked(site: Site) -> bool:
    return re.search(r"tracker\.tasks\.send_reminders\[.+ succeeded", site.log) is not None


@pytest.mark.slow
def test_set_up_done_again_changes_no_data_and_names_the_port_and_the_folder(
    data_dir: Path,
) -> None:
    before, port = everything_in(data_dir), free_port()
    said = fill(data_dir, port)
    assert everything_in(data_dir) == before
    assert f"http://127.0.0.1:{port}/" in said
    assert said.splitlines()[-1] == f"The data is in {data_dir}"


def everything_in(folder: Path) -> list[str]:
    """Return the whole database of the folder as SQL."""
    with closing(sqlite3.connect(folder / "tracker.sqlite3")) as database:
        return list(database.iterdump())
