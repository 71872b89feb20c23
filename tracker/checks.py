"""The settings that the log's durability and order rest on, as system checks.

Whether the triggers stand is not asked here: `migrate` runs these checks, and a migration that
crashed with the triggers down must be able to run again. That is asked when a process starts.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

READ_COMMITTED = "read committed"
SQLITE_FULL = 2
POSTGRESQL_SETTINGS: dict[str, Callable[[str], bool]] = {
    "synchronous_commit": lambda value: value != "off",
    "fsync": lambda value: value == "on",
    "full_page_writes": lambda value: value == "on",
    "default_transaction_isolation": lambda value: value == READ_COMMITTED,
}


@register()
def check_settings(**_: Any) -> list[CheckMessage]:
    """Check what the settings say, without asking the database."""
    settings = connections[DEFAULT_DB_ALIAS].settings_dict
    messages: list[CheckMessage] = []
    if settings["ATOMIC_REQUESTS"]:
        messages.append(
            Error(
                "ATOMIC_REQUESTS is on.",
                hint="Turn it off: a request would hold the log's lock while its page is made.",
                id="tracker.E001",
            )
        )
    is_sqlite = connections[DEFAULT_DB_ALIAS].vendor == "sqlite"
    if is_sqlite and settings["OPTIONS"].get("transaction_mode") != "IMMEDIATE":
        messages.append(
            Error(
                "SQLite's transaction_mode is not IMMEDIATE.",
                hint="Set it: the log's lock is the one that BEGIN IMMEDIATE takes.",
                id="tracker.E002",
            )
        )
    return messages


@register(Tags.database)
def check_durability(*, databases: Sequence[str] | None = None, **_: Any) -> Iterable[CheckMessage]:
    """Check what the database does, where the check was asked to look at it."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    hint = "Set it as config.settings.base does: acknowledged events could be lost otherwise."
    return [Error(fault, hint=hint, id="tracker.E003") for fault in durability_faults()]


def durability_faults(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Return a sentence for each setting of the database that could lose or reorder events."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        return _sqlite_faults(connection)
    return [
        f"PostgreSQL runs with {name} = {value}."
        for name, is_safe in POSTGRESQL_SETTINGS.items()
        if not is_safe(value := _ask(connection, f"SHOW {name}"))
    ]


def _sqlite_faults(connection: BaseDatabaseWrapper) -> list[str]:
    faults = []
    if (mode := _ask(connection, "PRAGMA journal_mode")) != "wal":
        faults.append(f"SQLite runs with journal_mode = {mode}, not WAL.")
    if (level := _ask(connection, "PRAGMA synchronous")) < SQLITE_FULL:
        faults.append(f"SQLite runs with synchronous = {level}, less than FULL.")
    return faults


def _ask(connection: BaseDatabaseWrapper, question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
