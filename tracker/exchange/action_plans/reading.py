"""Takes the rows out of the tables of a file: what each says, and of which recommendation. Pure.

A recommendation has as many rows as actions, and its number often stands in the first alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tracker.documents import DocumentRefused, Table, Unreadable, Value
from tracker.documents.headings import HeadedRow, HeadedTable, under_headings
from tracker.exchange.action_plans import columns
from tracker.exchange.action_plans.texts import TextUnclear, alike, read_number, split_wording

NO_PLAN = (
    "No table of this file has the columns of an action plan; it needs the number of the"
    " recommendation and the action, under the titles of the form, for example as exported here."
)
NOT_READ = "The column “{}” is not read."
LEFT_OUT = (
    "{} has no row of titles, so it was not read; repeat the titles above it, or make one table of"
    " the two."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One row of a plan, the number carried down to it; `unclear` says why it cannot be taken.

    `where` names the table where the file has several plans; `notes` are about the file.
    """

    number: int
    where: str = ""
    recommendation: int | None = None
    wording: str = ""
    response: str = ""
    reason: str = ""
    action: str = ""
    owner: str = ""
    delivered_by: str = ""
    target: Value = None
    responded_on: Value = None
    status: str = ""
    unclear: str = ""
    notes: Sequence[str] = field(default=())


def find_rows(tables: Sequence[Table]) -> Sequence[PlanRow]:
    """Return the rows of every table that is an action plan. Raises: DocumentRefused."""
    plans = [(table, plan) for table in tables if (plan := _as_plan(table)) is not None]
    if not plans:
        raise DocumentRefused(NO_PLAN)
    are_several = len(plans) > 1
    rows = [row for _, plan in plans for row in _rows(plan, where=plan.name if are_several else "")]
    return [*rows, *_left_out(tables, [table for table, _ in plans])]


def _as_plan(table: Table) -> HeadedTable | None:
    for needed in columns.NEEDED:
        plan = under_headings(table, columns.HEADINGS, needed=needed)
        if plan is not None:
            return plan
    return None


def _rows(plan: HeadedTable, *, where: str) -> Iterator[PlanRow]:
    notes = tuple(NOT_READ.format(alike(title)) for title in plan.unread)
    number, wording = None, ""
    for row in plan.rows:
        if not any(value is not None for value in row.values.values()):
            continue
        own, said, unclear = _subject(row)
        goes_on = own is None and (not said or alike(said) == alike(wording))
        if not goes_on:
            number, wording = own, said
        yield _row(row, number, said, where=where, unclear=unclear or _unreadable(row), notes=notes)
        notes = ()


def _subject(row: HeadedRow) -> tuple[int | None, str, str]:
    """Return the number and the wording that the row itself gives, and what is unclear about them.

    A number that cannot be read does no harm where the wording says which one it is.
    """
    in_wording, wording = split_wording(row.text(columns.WORDING))
    try:
        number = read_number(row.value(columns.NUMBER))
    except TextUnclear as unclear:
        return None, wording, "" if wording else str(unclear)
    return (in_wording if number is None else number), wording, ""


def _row(
    row: HeadedRow,
    number: int | None,
    wording: str,
    *,
    where: str,
    unclear: str,
    notes: Sequence[str],
) -> PlanRow:
    return PlanRow(
        number=row.number,
        where=where,
        recommendation=number,
        wording=wording,
        response=row.text(columns.RESPONSE),
        reason=row.text(columns.REASON),
        action=row.text(columns.ACTION),
        owner=row.text(columns.OWNER),
        delivered_by=row.text(columns.DELIVERED_BY),
        target=row.value(columns.TARGET),
        responded_on=row.value(columns.RESPONDED_ON),
        status=row.text(columns.STATUS),
        unclear=unclear,
        notes=notes,
    )


def _unreadable(row: HeadedRow) -> str:
    """Return why the row cannot be taken as it stands; days say so themselves."""
    by_days = {columns.NUMBER, columns.TARGET, columns.RESPONDED_ON}
    for key, value in row.values.items():
        if isinstance(value, Unreadable) and key not in by_days:
            return f"The cell under “{columns.TITLES[key]}” {value.why}."
    return ""


def _left_out(tables: Sequence[Table], plans: Sequence[Table]) -> Iterator[PlanRow]:
    """Tell of tables that may go on with a plan; others, such as a front page, are no loss."""
    widths = {max(len(row.cells) for row in plan.rows) for plan in plans}
    for table in tables:
        if table not in plans and max(len(row.cells) for row in table.rows) in widths:
            name = table.name or "A part of the file"
            yield PlanRow(number=table.rows[0].number, unclear=LEFT_OUT.format(name))
