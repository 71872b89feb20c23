"""Start the site, the worker and the beat together, and stop them together.

Run by `make run` in the project's own environment. What is started stands in the Procfile, and
honcho starts it. Whatever ends it (Ctrl-C, a closed terminal, a failure), nothing stays behind.
"""
# honcho has no types.
# mypy: disable-error-code="no-untyped-call"

import io
import os
import signal
import socket
import sys
import threading
from pathlib import Path

from honcho.environ import expand_processes, parse_procfile
from honcho.manager import Manager
from honcho.printer import Printer

from machinery.steps import ROOT, say

DEFAULT_PORT = "8000"
LARGEST_PORT = 65535
STOPPED_BY_ORDER = (128 + signal.SIGINT, 128 + signal.SIGTERM)
PATIENCE = 0.2  # seconds


def main() -> int:
    """Serve until stopped; return the exit code."""
    port = os.environ.get("PORT", DEFAULT_PORT)
    if not port.isdecimal() or not 0 < int(port) <= LARGEST_PORT:
        say(f"PORT must be a number from 1 to {LARGEST_PORT}, and it is {port!r}.")
        return 1
    if _is_taken(int(port)):
        say(f"Port {port} is in use. Stop what uses it, or choose another: PORT=9000 make run")
        return 1
    say("Press Ctrl-C to stop.")
    return _serve(int(port))


def _serve(port: int) -> int:
    crew = Crew(Printer(Screen()))
    procfile = parse_procfile((ROOT / "Procfile").read_text(encoding="utf-8"))
    for process in expand_processes(procfile.processes, port=port):
        environment = _surroundings() | process.env
        crew.add_process(process.name, process.cmd, env=environment, cwd=str(ROOT))
    # Each process has a session of its own, so a closed terminal would not reach it.
    signal.signal(signal.SIGHUP, lambda *_: _order_to_stop())
    crew.loop()
    code: int | None = crew.returncode
    return 0 if code in STOPPED_BY_ORDER else code or 0


class Crew(Manager):
    def terminate(self) -> None:
        """Stop all, once all have told their process numbers: honcho fails on one that has not."""
        if self._all_started():
            super().terminate()
        else:
            threading.Timer(PATIENCE, _order_to_stop).start()


class Screen(io.TextIOBase):
    """Standard output, which may go away while we serve: then we stop."""

    def write(self, text: str) -> int:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            _order_to_stop()
        return len(text)

    def isatty(self) -> bool:
        return sys.stdout.isatty()


def _order_to_stop() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        # As gunicorn does: a port that a stopped server has just left is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def _surroundings() -> dict[str, str]:
    own_programs = Path(sys.executable).parent
    return {
        "DATA_DIR": str(ROOT / "data"),
        **os.environ,
        "PATH": f"{own_programs}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONUNBUFFERED": "1",
    }


if __name__ == "__main__":
    sys.exit(main())
