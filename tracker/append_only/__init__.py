"""The log's protection in the database: what it refuses, installing it, checking that it stands.

Prevents change by mistake and by the web's database role. An owner of the database can lift it;
that is evident afterwards from the hashes (`verification`), not prevented here.
"""

from types import ModuleType

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from tracker.append_only import postgresql, sqlite
from tracker.models import Event, EventPayload

__all__ = ["lift_protection", "protect_log", "protection_is_standing"]


def protect_log(using: str = DEFAULT_DB_ALIAS) -> None:
    """Install the triggers unless they stand already; do nothing before the tables exist."""
    connection = connections[using]
    if not _tables_exist(connection) or not _engine(connection).faults(connection):
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in (*_engine(connection).LIFTING, *_engine(connection).installing(cursor)):
            cursor.execute(statement)


def lift_protection(using: str = DEFAULT_DB_ALIAS) -> None:
    """Drop the triggers: for a table remake of SQLite and the clean-up of tests, nothing else."""
    connection = connections[using]
    if not _tables_exist(connection):
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in _engine(connection).LIFTING:
            cursor.execute(statement)


def protection_is_standing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Return a sentence for each part of the protection that is missing or altered."""
    connection = connections[using]
    if not _tables_exist(connection):
        return ["The tables of the log are missing."]
    faults: list[str] = _engine(connection).faults(connection)
    return faults


def _engine(connection: BaseDatabaseWrapper) -> ModuleType:
    if connection.vendor not in {"sqlite", "postgresql"}:
        raise NotImplementedError(f"The log cannot be protected on {connection.vendor}.")
    return sqlite if connection.vendor == "sqlite" else postgresql


def _tables_exist(connection: BaseDatabaseWrapper) -> bool:
    tables = set(connection.introspection.table_names())
    return {Event._meta.db_table, EventPayload._meta.db_table} <= tables
