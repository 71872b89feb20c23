"""Speak to the person at the terminal and run commands for them."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class SetupFailed(Exception):  # noqa: N818  # named for what the person reads
    """A step of set-up failed. Carries the sentence that says so and what to do next."""


def say(sentence: str) -> None:
    """Print a sentence at once, so that it stands before the output of the next command."""
    print(sentence, flush=True)  # noqa: T201  # the one place that speaks


def run(
    command: Sequence[str | Path], *, on_failure: str, env: Mapping[str, str] | None = None
) -> None:
    """Run a command in the project's folder, its output shown.

    Raises: SetupFailed with the sentence `on_failure`.
    """
    try:
        subprocess.run(command, cwd=ROOT, env=env, check=True)  # noqa: S603  # our own commands
    except (OSError, subprocess.CalledProcessError) as failure:
        raise SetupFailed(on_failure) from failure


def capture(command: Sequence[str | Path], *, cwd: Path = ROOT) -> str | None:
    """Return what a command prints, or None when it cannot be run or fails."""
    try:
        done = subprocess.run(  # noqa: S603  # our own commands
            command, cwd=cwd, check=True, stdout=subprocess.PIPE, text=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout
