"""The sheet that came back, as a kind of import."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tracker.documents import Table
from tracker.documents.headings import HeadedRow
from tracker.documents.writing import Format
from tracker.exchange.kinds import Parameters, PlannedRow, Verdict
from tracker.exchange.monthly.exporting import is_reporter
from tracker.exchange.monthly.planning import plan_row
from tracker.exchange.monthly.reading import find_rows
from tracker.exchange.monthly.surroundings import Surroundings

BATCH = 200


class MonthlyUpdates:
    """Updates and figures that were filled in in an exported sheet of open actions."""

    slug = "monthly-updates"
    heading = "Import monthly updates"
    button = "Record them"
    guidance = (
        "Export your open actions, write what happened and when beside each action, and upload the "
        "sheet here. Rows in which nothing is filled in are left alone. You see what each row will "
        "do before anything is recorded."
    )
    formats: Sequence[Format] = (Format.EXCEL, Format.CSV, Format.WORD)

    def may_import(self, person: Any, parameters: Parameters, today: date) -> bool:  # noqa: ARG002
        """Whoever may record updates somewhere."""
        return is_reporter(person, today)

    def read(self, tables: Sequence[Table], parameters: Parameters) -> Sequence[HeadedRow]:  # noqa: ARG002
        return find_rows(tables)

    def plan(
        self,
        rows: Sequence[HeadedRow],
        *,
        person: Any,
        parameters: Parameters,  # noqa: ARG002
        today: date,
    ) -> Iterator[PlannedRow]:
        return without_repetitions(self._planned(rows, Surroundings(person=person, today=today)))

    def _planned(
        self, rows: Sequence[HeadedRow], surroundings: Surroundings
    ) -> Iterator[PlannedRow]:
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            subjects = surroundings.of(batch)
            yield from map(plan_row, batch, subjects)


def without_repetitions(planned: Iterable[PlannedRow]) -> Iterator[PlannedRow]:
    """Do once what several rows ask for in the same words: a copied row is a slip."""
    first: dict[tuple[Any, ...], int] = {}
    for row in planned:
        asked = (row.recommendation_id, *(deed.command for deed in row.deeds))
        if row.deeds and asked in first:
            why = f"It says the same as row {first[asked]}."
            yield replace(row, verdict=Verdict.NOTHING, why=why, deeds=())
            continue
        first[asked] = row.number
        yield row
