"""The rules as SQLite triggers. A table remake drops them silently; see `tracker.apps`."""

from collections.abc import Iterator
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from tracker.append_only.rules import RULES, Refusal, Rule


def _trigger(rule: Rule) -> str:
    """Return the statement in the very form in which sqlite_master keeps it."""
    refusals = "\n".join(
        f"  SELECT RAISE(ABORT, '{refusal.sentence}')\n  WHERE {refusal.condition};"
        for refusal in (*rule.refusals, *_row_taken(rule))
    )
    return f"CREATE TRIGGER {rule.name} BEFORE {rule.deed} ON {rule.table}\nBEGIN\n{refusals}\nEND"


def _row_taken(rule: Rule) -> Iterator[Refusal]:
    # INSERT OR REPLACE can also name a taken rowid, which is no column of ours.
    if rule.deed == "INSERT":
        yield Refusal(
            condition=f"EXISTS (SELECT 1 FROM {rule.table} WHERE rowid = NEW.rowid)",  # noqa: S608 - constants
            sentence="The log is append-only: that row is taken.",
        )


TRIGGERS = {rule.name: _trigger(rule) for rule in RULES}
LIFTING = [f"DROP TRIGGER IF EXISTS {name}" for name in TRIGGERS]


def installing(_cursor: Any) -> list[str]:
    """Return the statements that create the triggers."""
    return list(TRIGGERS.values())


def faults(connection: BaseDatabaseWrapper) -> list[str]:
    """Return a sentence for each trigger that is missing or altered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        standing = dict(cursor.fetchall())
    return [
        f"The trigger {name} is {'altered' if name in standing else 'missing'}."
        for name, statement in TRIGGERS.items()
        if standing.get(name) != statement
    ]
