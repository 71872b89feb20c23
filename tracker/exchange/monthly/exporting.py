"""Fills the sheet: a row for each open action on which the person may record updates."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from inspections.access import memberships_of
from inspections.govuk_dates import govuk_date
from inspections.person_names import person_name
from tracker.documents import Value
from tracker.documents.writing import Format, Sheet
from tracker.domain.roles import UPDATERS
from tracker.domain.vocabulary import ActionStatus
from tracker.exchange.kinds import Gathered, Parameters
from tracker.exchange.monthly import sheet
from tracker.exchange.monthly.measures import Measures, measures_of_each, named
from tracker.models import ActionProgress
from tracker.queries.actions import actions_to_report, is_late, with_blocked
from tracker.queries.labels import REDACTED, label
from tracker.queries.latest_updates import Update, latest_updates
from tracker.queries.names import action_name

MINE, ALL = "mine", "all"
BATCH = 500


class OpenActions:
    """One's open actions as a sheet to fill in; parameters: `whose`, one's own or all."""

    slug = "open-actions"
    heading = "Export open actions"
    formats: Sequence[Format] = (Format.EXCEL, Format.CSV)

    def may_export(self, person: Any, parameters: Parameters, today: date) -> bool:
        """Whoever may record updates somewhere."""
        return is_reporter(person, today) and parameters.get("whose") in {MINE, ALL}

    def count(self, person: Any, parameters: Parameters, today: date) -> int:
        return open_actions(person, parameters, today).count()

    def file_name(self, parameters: Parameters, today: date) -> str:  # noqa: ARG002
        return f"open-actions-{today:%Y-%m-%d}"

    def gather(
        self, person: Any, parameters: Parameters, today: date, *, progress: Callable[[int], None]
    ) -> Gathered:
        actions = list(_with_what_is_shown(open_actions(person, parameters, today)))
        rows: list[Sequence[Value]] = []
        for start in range(0, len(actions), BATCH):
            rows.extend(_rows(actions[start : start + BATCH], today))
            progress(len(rows))
        held = {each.recommendation_id: each.recommendation.progress.version for each in actions}
        title = f"Open actions, {govuk_date(today)}"
        written = Sheet(title=title, columns=sheet.COLUMNS, rows=rows)
        return Gathered(sheet=written, held=held)


def open_actions(person: Any, parameters: Parameters, today: date) -> QuerySet[ActionProgress]:
    """Return the actions that the sheet would have."""
    actions = actions_to_report(person, today)
    return actions.filter(accountable=person.pk) if parameters["whose"] == MINE else actions


def is_reporter(person: Any, today: date) -> bool:
    """Say whether the person records updates anywhere."""
    held = memberships_of(person, today)
    return held.filter(role__in=UPDATERS).exists()


def _with_what_is_shown(actions: QuerySet[ActionProgress]) -> QuerySet[Any]:
    joined = with_blocked(actions).select_related(
        "accountable", "recommendation__progress__provider", "recommendation__inspection"
    )
    return joined.defer("recommendation__progress__state").order_by(
        "recommendation__progress__provider__name",
        "-recommendation__progress__published_on",
        "recommendation__number",
        "planned_version",
        "pk",
    )


def _rows(actions: Sequence[Any], today: date) -> Iterator[Sequence[Value]]:
    recommendations = {each.recommendation_id for each in actions}
    updates = latest_updates(recommendations)
    measures = measures_of_each(recommendations)
    for action in actions:
        cells = _cells(action, today, updates, measures.get(action.recommendation_id, ()))
        yield [cells.get(key) for key in sheet.TITLES]


def _cells(
    action: Any, today: date, updates: Mapping[UUID, Update], measures: Measures
) -> Mapping[str, Value]:
    progress = action.recommendation.progress
    return {
        sheet.UNIT: progress.provider.name,
        sheet.RECOMMENDATION: progress.number_of_year,
        sheet.ACTION: action_name(action.description, action.delivered_by),
        "owner": person_name(action.accountable),
        "target_on": action.target_on,
        "status": _status(action, today),
        "last_update": _in_words(updates.get(action.action_id)),
        sheet.MEASURE: named(measures),
        sheet.REFERENCE: str(sheet.Reference(action.action_id, progress.version)),
    }


def _status(action: Any, today: date) -> str:
    words = [label(ActionStatus(action.status))]
    words += ["overdue"] if is_late(action, today) else []
    words += ["blocked"] if action.stands_blocked else []
    return ", ".join(words)


def _in_words(update: Update | None) -> str | None:
    if update is None:
        return None
    return f"{govuk_date(update.occurred_on)}: {update.text or REDACTED}"
