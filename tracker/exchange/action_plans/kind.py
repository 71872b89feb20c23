"""The action plan as a kind of import and of export; see `tracker.exchange.kinds`."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from tracker.documents import Table
from tracker.documents.formats import Format
from tracker.exchange.action_plans.exporting import count_rows, gather_plan, plan_name
from tracker.exchange.action_plans.planning import plan_rows
from tracker.exchange.action_plans.reading import PlanRow, find_rows
from tracker.exchange.action_plans.scope import may_answer, recommendations_in, situations_in
from tracker.exchange.kinds import Gathered, Parameters, PlannedRow

FORMATS = (Format.WORD, Format.EXCEL, Format.CSV)
"""The form is a Word table; it is offered first."""


class ActionPlanImport:
    """An action plan comes in: responses and actions on the recommendations of one report."""

    slug = "action-plan"
    heading = "Import an action plan"
    button = "Record the action plan"
    guidance = (
        "A Word document, an Excel workbook or a CSV file with one table: the number of the "
        "recommendation, the response, the action, the responsible owner and the target date. The "
        "action plan as it is exported here has the right form. You see first what each row would "
        "do; nothing is recorded before you confirm it."
    )
    formats: Sequence[Format] = FORMATS

    def may_import(self, person: Any, parameters: Parameters, today: date) -> bool:
        situations = situations_in(parameters, person, today).values()
        return any(may_answer(situation) for situation in situations)

    def read(self, tables: Sequence[Table], parameters: Parameters) -> Sequence[PlanRow]:  # noqa: ARG002
        return find_rows(tables)

    def plan(
        self, rows: Sequence[PlanRow], *, person: Any, parameters: Parameters, today: date
    ) -> Iterable[PlannedRow]:
        return plan_rows(rows, person=person, parameters=parameters, today=today)


class ActionPlanExport:
    """An action plan goes out: every recommendation of one report with its actions."""

    slug = "action-plan"
    heading = "Export the action plan"
    formats: Sequence[Format] = FORMATS

    def may_export(self, person: Any, parameters: Parameters, today: date) -> bool:
        return recommendations_in(parameters, person, today).exists()

    def count(self, person: Any, parameters: Parameters, today: date) -> int:
        return count_rows(person, parameters, today)

    def file_name(self, parameters: Parameters, today: date) -> str:
        return f"Action plan, {plan_name(parameters)}, {today.isoformat()}"

    def gather(
        self, person: Any, parameters: Parameters, today: date, *, progress: Callable[[int], None]
    ) -> Gathered:
        return gather_plan(person, parameters, today, progress=progress)
