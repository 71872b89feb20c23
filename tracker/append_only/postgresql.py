"""The rules as PostgreSQL triggers, always enabled: replica mode does not pass them by.

Errors are of class 23 (integrity), as those of the unique constraints behind them are.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from tracker.append_only.rules import EVENT, NEVER_EMPTIED, PAYLOAD, RULES, Refusal

_TRUNCATED = {"event_never_emptied": EVENT, "payload_never_emptied": PAYLOAD}


def _refusing(refusals: tuple[Refusal, ...]) -> str:
    return "\n".join(
        f"IF {refusal.condition} THEN RAISE EXCEPTION USING ERRCODE = '23000', "
        f"MESSAGE = '{refusal.sentence}'; END IF;"
        for refusal in refusals
    )


_EMPTIED = f"RAISE EXCEPTION USING ERRCODE = '23000', MESSAGE = '{NEVER_EMPTIED}';"
BODIES = {
    **{
        rule.name: f"BEGIN\n{_refusing(rule.refusals)}\n"
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\nRETURN NEW;\nEND"
        for rule in RULES
    },
    **dict.fromkeys(_TRUNCATED, f"BEGIN\n{_EMPTIED}\nEND"),
}
TRIGGERS = {
    # In the very form in which pg_get_triggerdef gives them back.
    **{
        rule.name: f"CREATE TRIGGER {rule.name} BEFORE {rule.deed} ON {rule.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {rule.name}()"
        for rule in RULES
    },
    **{
        name: f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        for name, table in _TRUNCATED.items()
    },
}
TABLES = {**{rule.name: rule.table for rule in RULES}, **_TRUNCATED}
LIFTING = [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name, table in TABLES.items()]


def installing(cursor: Any) -> list[str]:
    """Return the statements that create functions and triggers in the tables' own schema."""
    path = _search_path(cursor)
    return [
        *(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
            f"SET search_path = {path} AS $guard${body}$guard$"
            for name, body in BODIES.items()
        ),
        *TRIGGERS.values(),
        *(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}" for name, table in TABLES.items()),
    ]


def faults(connection: BaseDatabaseWrapper) -> list[str]:
    """Return a sentence for each trigger that is missing, altered or not always enabled."""
    with connection.cursor() as cursor:
        path = f"search_path={_search_path(cursor)}"
        cursor.execute(
            "SELECT tgname, pg_get_triggerdef(pg_trigger.oid, true), prosrc, proconfig, tgenabled "
            "FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
            "WHERE tgrelid IN (to_regclass(%s), to_regclass(%s)) AND NOT tgisinternal",
            [EVENT, PAYLOAD],
        )
        standing = {name: found for name, *found in cursor.fetchall()}
    return [
        f"The trigger {name} is {'altered or disabled' if name in standing else 'missing'}."
        for name, trigger in TRIGGERS.items()
        if standing.get(name) != [trigger, BODIES[name], [path], "A"]
    ]


def _search_path(cursor: Any) -> str:
    """Name the schemas in which a guard looks, so that a temporary table cannot stand in."""
    cursor.execute("SELECT quote_ident(current_schema())")
    return f"pg_catalog, {cursor.fetchone()[0]}, pg_temp"
