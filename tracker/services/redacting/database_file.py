"""The file of an SQLite database: what was deleted in it must not lie about in it.

Deleted words are overwritten where they stood (`secure_delete` in the settings), but the journal
that writes go through keeps them until it is emptied. PostgreSQL's own remains are its VACUUM's.
"""

from django.db import connection, transaction

from tracker.services.redacting.redaction import Redaction

PATIENCE = 200
"""Milliseconds to wait for readers: other writers wait as long, and the sweep comes again."""


def forget_in_the_journal(_: Redaction) -> None:
    """Empty the journal once the redaction is committed; a reader may put it off to the sweep."""
    transaction.on_commit(empty_the_journal, robust=True)


def empty_the_journal() -> None:
    """Write what the journal holds into the database, and cut it to nothing.

    Inside a transaction that cannot be done, and is left to the sweep.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        (patience,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
