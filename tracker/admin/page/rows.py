"""The lines of the page's sections: each thing as it stands, with what may be done about it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.template.defaultfilters import pluralize

from inspections.models import Recommendation
from inspections.person_names import person_name
from tracker.admin.page.links import Links
from tracker.domain.vocabulary import ActionStatus
from tracker.models import ActionProgress
from tracker.queries.actions import with_blocked
from tracker.queries.evidence import Evidence, evidence_of
from tracker.queries.labels import label
from tracker.queries.measures import Measure, chart_of, measures_in
from tracker.queries.names import action_name
from tracker.queries.obstacles import Blocker, Escalation, blockers_of, escalations_of
from tracker.queries.target_dates import Slip, slips_by_action
from tracker.queries.timeline import TimelineEntry

Row = Mapping[str, Any]
Names = Mapping[UUID | None, str]


def rows_of_sections(
    recommendation: Recommendation,
    *,
    entries: Sequence[TimelineEntry],
    today: date,
    links: Links,
) -> Mapping[str, Sequence[Row]]:
    """Return the rows of actions, blockers, escalations, evidence and measures; one query."""
    slips = slips_by_action(entries)
    actions = with_blocked(ActionProgress.objects.filter(recommendation=recommendation))
    plan = list(actions.select_related("accountable").order_by("planned_version", "pk"))
    names: Names = {row.pk: _named(row) for row in plan}
    return {
        "actions": [_action(each, slips.get(each.pk, ()), today, links) for each in plan],
        "blockers": [_blocker(each, names, today, links) for each in blockers_of(entries)],
        "escalations": [_escalation(each, today, links) for each in escalations_of(entries)],
        "evidence": [_evidence(each, names, links) for each in evidence_of(entries)],
        "measures": [_measure(each, links) for each in measures_in(entries, recommendation)],
    }


def _named(row: ActionProgress) -> str:
    return action_name(row.description, row.delivered_by)


def _action(row: ActionProgress, slips: Sequence[Slip], today: date, links: Links) -> Row:
    return {
        "row": row,
        "name": _named(row),
        "owner": person_name(row.accountable),
        "is_overdue": row.status == ActionStatus.OPEN and row.target_on < today,
        "slipped_by": (row.target_on - row.original_target_on).days,
        "slips": slips,
        "links": links("action_id", row.pk),
    }


def _blocker(blocker: Blocker, names: Names, today: date, links: Links) -> Row:
    return {
        "row": blocker,
        "blocks": names.get(blocker.action_id, ""),
        "is_overdue": blocker.is_overdue(today),
        "slipped": _slipped(blocker.slipped_days),
        "links": links("blocker_id", blocker.blocker_id),
    }


def _slipped(days: int) -> str:
    """Return "12 days later in all": a forecast moves either way."""
    if not days:
        return "back to the first day"
    count = f"{abs(days)} day{pluralize(abs(days))}"
    return f"{count} {'later' if days > 0 else 'earlier'} in all"


def _escalation(escalation: Escalation, today: date, links: Links) -> Row:
    return {
        "row": escalation,
        "asks": label(escalation.addressed_to),
        "is_late": escalation.is_late(today),
        "links": links("escalation_id", escalation.escalation_id),
    }


def _evidence(evidence: Evidence, names: Names, links: Links) -> Row:
    return {
        "row": evidence,
        "about": names.get(evidence.action_id, ""),
        "links": links("evidence_id", evidence.evidence_id),
    }


def _measure(measure: Measure, links: Links) -> Row:
    return {
        "measure": measure,
        "chart": chart_of(measure),
        "links": links("measure_id", measure.measure_id),
    }
