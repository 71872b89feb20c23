"""Make the virtual environment and install the locked requirements into it."""

import importlib.util
import os
import sys
from pathlib import Path

from machinery.stamps import fingerprint, is_current, mark
from machinery.steps import ROOT, SetupFailed, capture, run, say

FOLDER = ROOT / ".venv"
BIN = FOLDER / "bin"
PYTHON = BIN / "python"

NO_VENV = (
    "Python {version} is here but its venv module is not. "
    "Install it (on Debian or Ubuntu: apt install python3-venv) and run make again."
)
NO_ENVIRONMENT = "The environment in .venv could not be made; the message above says why."
NOT_INSTALLED = (
    "The requirements of {lock} could not be installed; pip's message is above. "
    "Check the network and run make again: what is there already is kept."
)


def make_environment() -> None:
    """Create `.venv`, or make it again when its Python no longer runs.

    Raises: SetupFailed when this Python cannot make environments.
    """
    if PYTHON.exists() and capture([PYTHON, "-c", ""]) is not None:
        return
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise SetupFailed(NO_VENV.format(version=version))
    say("Creating .venv …")
    run([sys.executable, "-m", "venv", "--clear", FOLDER], on_failure=NO_ENVIRONMENT)


def install(lock: Path) -> None:
    """Install a lock file into the environment unless its stamp says that it is there.

    Raises: SetupFailed when pip fails.
    """
    stamp = FOLDER / f".stamp-{lock.stem}"
    wanted = fingerprint([lock], root=ROOT)
    if is_current(stamp, wanted):
        return
    name = lock.relative_to(ROOT)
    say(f"Installing {name} …")
    # The lock names every package, so nothing is left to resolve: older pips take what a
    # package asks with an extra for unpinned as soon as a newer release is out.
    # fmt: off
    run(
        [PYTHON, "-m", "pip", "install", "--require-hashes", "--no-deps", "--requirement", lock,
         "--disable-pip-version-check", "--no-input", "--quiet"],
        on_failure=NOT_INSTALLED.format(lock=name),
        env=_environment_for_pip(),
    )
    # fmt: on
    mark(stamp, wanted)


def _environment_for_pip() -> dict[str, str]:
    # pip warns about running as root, as every container does; inside .venv that harms nothing.
    return {"PIP_ROOT_USER_ACTION": "ignore", **os.environ}
