"""Bring a checkout to where it can run, or be tested. Done again, it skips what is done.

Run by `make` as `python -m machinery.setup`; `--for development` stops short of a database.
"""

import argparse
import os
import sys
from pathlib import Path

from machinery import assets, environment
from machinery.stamps import fingerprint, is_current, mark
from machinery.steps import ROOT, SetupFailed, run, say

# All that decides which static files there are, packages' files included.
STATIC_SOURCES = [
    assets.BUILT,
    assets.ASSETS / "static",
    ROOT / "inspections" / "static",
    ROOT / "tracker" / "static",
    ROOT / "config" / "storage.py",
    ROOT / "config" / "settings" / "base.py",
    ROOT / "requirements.txt",
]
PURPOSES = ("run", "development")

NOT_MIGRATED = (
    "The database could not be brought up to date; the message above says why. "
    "Nothing was deleted: put it right and run make again."
)
NOT_COLLECTED = "The static files could not be collected; the message above says why."
NOT_LOADED = (
    "The demo data could not be loaded; the message above says why. "
    "What was there before is untouched."
)


def main(arguments: list[str]) -> int:
    """Set up for the purpose named; return the exit code."""
    parser = argparse.ArgumentParser(prog="machinery.setup")
    parser.add_argument("--for", dest="purpose", choices=PURPOSES, default="run")
    purpose = parser.parse_args(arguments).purpose
    try:
        set_up(purpose)
    except SetupFailed as failure:
        say(f"\nSet-up failed. {failure}")
        return 1
    except KeyboardInterrupt:
        say("\nSet-up was stopped. Run make again to finish it.")
        return 130
    return 0


def set_up(purpose: str) -> None:
    """Do what the purpose needs, in order.

    Raises: SetupFailed.
    """
    environment.make_environment()
    # The development lock holds the run-time one, version for version.
    lock = "requirements.txt" if purpose == "run" else "requirements-dev.txt"
    environment.install(ROOT / lock)
    assets.build()
    if purpose == "run":
        _fill_data_folder()


def _fill_data_folder() -> None:
    _manage("migrate", "--verbosity", "0", on_failure=NOT_MIGRATED)
    data = Path(os.environ.get("DATA_DIR") or ROOT / "data").resolve()
    _collect_static_files(data / "static")
    _manage("load_demo_data", on_failure=NOT_LOADED)
    say(f"\nThe data is in {data}")


def _collect_static_files(folder: Path) -> None:
    # Hashing and compressing the same files again would take longer than all the rest.
    stamp = folder / ".stamp"
    wanted = fingerprint((source for source in STATIC_SOURCES if source.exists()), root=ROOT)
    if not is_current(stamp, wanted):
        _manage("collectstatic", "--no-input", "--verbosity", "0", on_failure=NOT_COLLECTED)
        mark(stamp, wanted)


def _manage(*arguments: str, on_failure: str) -> None:
    run([environment.PYTHON, ROOT / "manage.py", *arguments], on_failure=on_failure)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
