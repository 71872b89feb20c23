"""Start the site, the worker and the beat together, and stop them together.

Run by `make run` in the project's own environment. What is started stands in the Procfile.
"""

import os
import signal
import socket
import sys
from pathlib import Path

from honcho.command import main as honcho

from machinery.steps import ROOT, say

DEFAULT_PORT = "8000"


def main() -> int:
    """Serve until stopped; return the exit code."""
    os.chdir(ROOT)
    port = os.environ.setdefault("PORT", DEFAULT_PORT)
    if not port.isdecimal() or not 0 < int(port) < 65536:  # noqa: PLR2004  # the largest port
        say(f"PORT must be a number from 1 to 65535, and it is {port!r}.")
        return 1
    if _is_taken(int(port)):
        say(f"Port {port} is in use. Stop what uses it, or choose another: PORT=9000 make run")
        return 1
    _prepare_surroundings()
    say("Press Ctrl-C to stop.")
    # No .env: set-up reads the environment alone, and the two must see the same data folder.
    honcho(["--procfile", "Procfile", "--env", os.devnull, "start"])  # type: ignore[no-untyped-call]
    return 0


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        # As gunicorn does: a port that a stopped server has just left is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def _prepare_surroundings() -> None:
    own_programs = Path(sys.executable).parent
    os.environ["PATH"] = f"{own_programs}{os.pathsep}{os.environ.get('PATH', '')}"
    os.environ["PYTHONUNBUFFERED"] = "1"
    os.environ.setdefault("DATA_DIR", str(ROOT / "data"))
    # Honcho gives each child a session of its own, so a closed terminal would orphan them.
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))


if __name__ == "__main__":
    sys.exit(main())
