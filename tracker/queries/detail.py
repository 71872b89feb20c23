"""Everything a page shows of one recommendation, in a constant number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from inspections.groups import is_one_of_several
from inspections.models import Recommendation, ReinspectionNotice
from inspections.notices import ruling_notices
from inspections.person_names import person_name
from tracker.domain.day import Rhythm
from tracker.domain.reminder_policy import (
    NoticeKind,
    RulingNotice,
    is_of_the_next,
    provider_reinspected,
)
from tracker.domain.vocabulary import ActionStatus
from tracker.models import ActionProgress
from tracker.queries.actions import with_blocked
from tracker.queries.evidence import Evidence, evidence_of
from tracker.queries.lists import RecommendationRow, rows
from tracker.queries.measures import Chart, Measure, chart_of, measures_in
from tracker.queries.relatives import Relative, relatives_of
from tracker.queries.timeline import TimelineEntry, timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """One planned action as it stands on a day."""

    description: str
    owner: str
    delivered_by: str
    status: str
    original_target_on: date
    target_on: date
    slips: int
    extension_asked_to: date | None
    is_blocked: bool
    is_overdue: bool
    completed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """One measure, and its picture where there is something to draw."""

    measure: Measure
    chart: Chart | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationSheet:
    """What a page shows of one recommendation."""

    row: RecommendationRow
    actions: Sequence[ActionRow]
    actions_complete: int
    actions_standing: int
    evidence: Sequence[Evidence]
    measures: Sequence[MeasureRow]
    judgements: Sequence[TimelineEntry]
    entries: Sequence[TimelineEntry]
    scale: Mapping[str, str]
    notice: ReinspectionNotice | None
    relatives: Sequence[Relative]
    is_one_of_several: bool


def recommendation_sheet(
    recommendation: Recommendation,
    *,
    visible: QuerySet[Recommendation],
    today: date,
    rhythm: Rhythm,
) -> RecommendationSheet:
    """Return the sheet of a recommendation that comes from `readable_recommendations`."""
    (row,) = rows([recommendation], today=today, rhythm=rhythm)
    scale = dict(recommendation.inspection.framework.judgements)
    entries = timeline(recommendation.pk, visible=visible, scale=scale)
    actions = _actions(recommendation, today)
    standing = [each for each in actions if each.status != ActionStatus.WITHDRAWN]
    complete = [each for each in standing if each.status == ActionStatus.REPORTED_COMPLETE]
    return RecommendationSheet(
        row=row,
        actions=actions,
        actions_complete=len(complete),
        actions_standing=len(standing),
        evidence=_evidence(entries),
        measures=_measures(recommendation, entries),
        judgements=[each for each in entries if each.recorded.type == "progress_judged"],
        entries=entries,
        scale=scale,
        notice=_notice(recommendation, row),
        relatives=relatives_of(recommendation.pk, visible),
        is_one_of_several=is_one_of_several(recommendation),
    )


def _actions(recommendation: Recommendation, today: date) -> Sequence[ActionRow]:
    actions = with_blocked(ActionProgress.objects.filter(recommendation=recommendation))
    return [
        action_row(each, today)
        for each in actions.select_related("accountable").order_by("planned_version", "pk")
    ]


def action_row(action: Any, today: date) -> ActionRow:
    """Return how one planned action stands; it comes with its owner and from `with_blocked`."""
    is_open = action.status == ActionStatus.OPEN
    return ActionRow(
        description=action.description,
        owner=person_name(action.accountable),
        delivered_by=action.delivered_by,
        status=action.status,
        original_target_on=action.original_target_on,
        target_on=action.target_on,
        slips=action.slips,
        extension_asked_to=action.extension_asked_to,
        is_blocked=action.stands_blocked,
        is_overdue=is_open and action.target_on < today,
        completed_on=action.completed_on,
    )


def _evidence(entries: Sequence[TimelineEntry]) -> Sequence[Evidence]:
    """Return the evidence by the day it speaks of, the latest first."""
    return sorted(evidence_of(entries), key=lambda each: each.effective_on, reverse=True)


def _measures(
    recommendation: Recommendation, entries: Sequence[TimelineEntry]
) -> Sequence[MeasureRow]:
    measures = measures_in(entries, recommendation)
    return [MeasureRow(measure=each, chart=chart_of(each)) for each in measures]


def _notice(recommendation: Recommendation, row: RecommendationRow) -> ReinspectionNotice | None:
    """Return the notice that the reminders of the recommendation count by."""
    reinspected = provider_reinspected(
        inspected_id=recommendation.inspection.provider_id,
        addressee_id=recommendation.addressee_id,
        provider_id=row.provider_id,
    )
    notice = ruling_notices([reinspected]).get(reinspected)
    return notice if notice and is_of_the_next(_ruling(notice), row.published_on) else None


def _ruling(notice: ReinspectionNotice) -> RulingNotice:
    return RulingNotice(
        kind=NoticeKind(notice.kind),
        noted_on=timezone.localdate(notice.noted_at),
        starts_on=notice.starts_on,
    )
