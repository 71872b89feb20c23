"""A real ClamAV daemon that knows one harmless line, and daemons that answer otherwise."""

import os
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

VIRUS = b"nobody means any harm by this line"
FOUND = "HARMLESS-TEST.UNOFFICIAL"
PLACES = ("clamd", "/usr/sbin/clamd")
SETTINGS = """
LocalSocket {folder}/clamd.sock
DatabaseDirectory {folder}
Foreground yes
StreamMaxLength 1M
"""


@contextmanager
def clam_daemon() -> Iterator[str]:
    """Run ClamAV in a folder of its own and return its address; in CI it must be there."""
    program = next(filter(None, map(shutil.which, PLACES)), None)
    if program is None:
        reason = "ClamAV's daemon is not installed (clamav-daemon)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with tempfile.TemporaryDirectory(prefix="clamd-") as folder:
        Path(folder, "test.ndb").write_text(f"HARMLESS-TEST:0:*:{VIRUS.hex()}\n")
        Path(folder, "clamd.conf").write_text(SETTINGS.format(folder=folder))
        command = [program, "--config-file", f"{folder}/clamd.conf"]
        daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            _wait_for(f"{folder}/clamd.sock", daemon)
            yield f"unix://{folder}/clamd.sock"
        finally:
            daemon.terminate()
            daemon.communicate(timeout=20)


def _wait_for(place: str, daemon: "subprocess.Popen[bytes]") -> None:
    """Wait until the daemon answers: its socket is there a moment before it listens."""
    for _ in range(600):
        with socket.socket(socket.AF_UNIX) as client:
            try:
                client.connect(place)
            except OSError:
                assert daemon.poll() is None, "the daemon stopped"
                threading.Event().wait(0.05)
            else:
                return
    pytest.fail("the daemon does not answer")


@contextmanager
def daemon_that_answers(answer: bytes | None) -> Iterator[str]:
    """Listen like a daemon that takes whatever is sent and then says this; None: says nothing."""
    over = threading.Event()
    with tempfile.TemporaryDirectory(prefix="daemon-") as folder, _listening(folder) as listening:
        thread = threading.Thread(target=_answer, args=(listening, answer, over))
        thread.start()
        try:
            yield f"unix://{folder}/clamd.sock"
        finally:
            over.set()
            thread.join()


@contextmanager
def _listening(folder: str) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(f"{folder}/clamd.sock")
        listening.listen()
        yield listening


def _answer(listening: socket.socket, answer: bytes | None, over: threading.Event) -> None:
    client, _ = listening.accept()
    with client:
        if answer is None:
            over.wait()
            return
        received = b""
        while not received.endswith(bytes(4)):
            received += client.recv(65536)
        client.sendall(answer)
