"""Recognises that another writer holds the database, so that a door can say so in a sentence.

What the log itself does about its lock is the tracker's, which this side of the house cannot see.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError

BUSY = "The log is busy; nothing was stored. Try again in a moment."
LOCK_NOT_AVAILABLE = "55P03"
DEADLOCK_DETECTED = "40P01"
"""Of two that wait for one another PostgreSQL ends one, who may try again like any other."""


class DatabaseLocked(Exception):  # noqa: N818 - an expected refusal
    """Another writer held the database for too long; nothing was stored."""

    def __init__(self) -> None:
        super().__init__(BUSY)


@contextmanager
def refusing_when_locked() -> Iterator[None]:
    """Turn the database's "locked" errors into DatabaseLocked; wrap it around a transaction.

    Raises:
        DatabaseLocked: the lock was not to be had in time.
    """
    try:
        yield
    except OperationalError as error:
        if _says_locked(error.__cause__):
            raise DatabaseLocked from error
        raise


def _says_locked(cause: BaseException | None) -> bool:
    if isinstance(cause, sqlite3.OperationalError):
        return cause.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    return getattr(cause, "sqlstate", None) in (LOCK_NOT_AVAILABLE, DEADLOCK_DETECTED)
