"""Takes a sheet that came back apart: what was filled in in each row. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.documents import DocumentRefused, Table, Unreadable, Value
from tracker.documents.days import DayUnclear, read_day
from tracker.documents.headings import HeadedRow, HeadedTable, under_headings
from tracker.exchange.monthly import sheet

NO_SUCH_SHEET = (
    "This is not the sheet of open actions; export your open actions, fill the sheet in, then "
    "upload that."
)
NOTHING_TO_READ = (
    "The columns that are to be filled in are gone from this sheet; export your open actions "
    "again, fill that sheet in, then upload it."
)
NO_DAY = (
    "An update needs the day on which it happened; give it under "
    f"“{sheet.TITLES[sheet.HAPPENED_ON]}”."
)
NO_UPDATE = (
    f"A date is given and no update; write under “{sheet.TITLES[sheet.UPDATE]}” what was done."
)
NO_FIGURE = f"A period is given and no figure; give it under “{sheet.TITLES[sheet.FIGURE]}”."
NO_PERIOD = (
    "A figure needs the period it was drawn from; give its first and its last day "
    f"under “{sheet.TITLES[sheet.FIGURE_FROM]}” and “{sheet.TITLES[sheet.FIGURE_TO]}”."
)


class RowUnclear(Exception):  # noqa: N818 - said of one row, which stops no other
    """What was filled in makes no sense as it stands; says what to do, in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure as it was typed, and the period; the unit is its measure's."""

    value: Value
    measure: str
    period_from: date
    period_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledIn:
    """What somebody said in a row: an update, a figure, or both."""

    text: str
    occurred_on: date | None
    figure: Figure | None


def find_rows(tables: Sequence[Table]) -> Sequence[HeadedRow]:
    """Return the rows of every table that is such a sheet. Raises: DocumentRefused."""
    found = [headed for table in tables if (headed := _headed(table))]
    if not found:
        raise DocumentRefused(NO_SUCH_SHEET)
    if not any(each.keys & {sheet.UPDATE, sheet.FIGURE} for each in found):
        raise DocumentRefused(NOTHING_TO_READ)
    return [row for each in found for row in each.rows]


def filled_in(row: HeadedRow) -> FilledIn | None:
    """Return what was filled in in the row; None where nothing was. Raises: RowUnclear."""
    if not any(row.text(key).strip() or _is_unreadable(row, key) for key in sheet.TO_FILL_IN):
        return None
    _require_readable(row)
    text, occurred_on = row.text(sheet.UPDATE).strip(), _day(row, sheet.HAPPENED_ON)
    if text and occurred_on is None:
        raise RowUnclear(NO_DAY)
    figure = _figure(row)
    if occurred_on and not text:
        raise RowUnclear(NO_UPDATE)
    return FilledIn(text=text, occurred_on=occurred_on, figure=figure)


def _headed(table: Table) -> HeadedTable | None:
    by_reference = under_headings(table, sheet.HEADINGS, needed=frozenset({sheet.REFERENCE}))
    return by_reference or under_headings(table, sheet.HEADINGS, needed=sheet.IN_WORDS)


def _figure(row: HeadedRow) -> Figure | None:
    period_from, period_to = _day(row, sheet.FIGURE_FROM), _day(row, sheet.FIGURE_TO)
    value = row.value(sheet.FIGURE)
    if value is None:
        if period_from or period_to:
            raise RowUnclear(NO_FIGURE)
        return None
    if not (period_from and period_to):
        raise RowUnclear(NO_PERIOD)
    return Figure(
        value=value,
        measure=row.text(sheet.MEASURE).strip(),
        period_from=period_from,
        period_to=period_to,
    )


def _day(row: HeadedRow, key: str) -> date | None:
    try:
        return read_day(row.value(key))
    except DayUnclear as unclear:
        raise RowUnclear(f"{sheet.TITLES[key]}: {unclear}") from unclear


def _is_unreadable(row: HeadedRow, key: str) -> bool:
    return isinstance(row.value(key), Unreadable)


def _require_readable(row: HeadedRow) -> None:
    for key in (sheet.UPDATE, sheet.FIGURE, sheet.REFERENCE):
        value = row.value(key)
        if isinstance(value, Unreadable):
            raise RowUnclear(f"The cell under “{sheet.TITLES[key]}” {value.why}.")
