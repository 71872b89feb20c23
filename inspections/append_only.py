"""Keeps re-inspection notices as they were given: the database refuses to change them.

Deletion is refused by the model everywhere, and on PostgreSQL by the database too. SQLite has no
TRUNCATE: a trigger there would refuse the flush that follows every test which commits.
"""

from django.db import connections, transaction

TABLE = "inspections_reinspectionnotice"
SENTENCE = "A re-inspection notice is never changed or deleted. Announce a new one, which rules."
_GUARD = f"BEGIN RAISE EXCEPTION USING ERRCODE = '23000', MESSAGE = '{SENTENCE}'; END"

_POSTGRESQL = (
    f"CREATE OR REPLACE FUNCTION notice_stays() RETURNS trigger LANGUAGE plpgsql AS $${_GUARD}$$",
    f"""CREATE OR REPLACE TRIGGER notice_never_changed BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION notice_stays()""",
    f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER notice_never_changed",
)
_SQLITE = (
    f"""CREATE TRIGGER IF NOT EXISTS notice_never_changed BEFORE UPDATE ON {TABLE}
    BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END""",
)


def protect_notices(*, using: str) -> None:
    """Install the triggers, also where they stand; do nothing before the table exists.

    Runs after every migration, because a table remake of SQLite drops triggers silently.
    """
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    statements = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
