"""Remember what a step was fed, so that feeding it the same again can be skipped.

A stamp is a small file beside the result, holding a hash of the inputs. It is written last: a step
that was interrupted leaves none, and is done again.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(inputs: Iterable[Path], *, root: Path, also: str = "") -> str:
    """Return a hash over the names and the bytes of files; folders are read to the bottom.

    `also` is anything else that the result depends on, such as a version.
    """
    digest = hashlib.sha256(also.encode())
    for path in sorted(_files(inputs)):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"\n{path.relative_to(root).as_posix()} {content}".encode())
    return digest.hexdigest()


def is_current(stamp: Path, wanted: str) -> bool:
    """Tell whether the stamp stands and holds this fingerprint."""
    return stamp.is_file() and stamp.read_text(encoding="ascii").strip() == wanted


def mark(stamp: Path, value: str) -> None:
    """Write the stamp: the step is done."""
    stamp.write_text(f"{value}\n", encoding="ascii")


def _files(inputs: Iterable[Path]) -> Iterable[Path]:
    for path in inputs:
        if path.is_dir():
            yield from (found for found in path.rglob("*") if found.is_file())
        else:
            yield path
