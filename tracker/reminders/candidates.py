"""Reads what the reminder rules look at: open recommendations, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from inspections.models import ReinspectionNotice
from inspections.notices import ruling_notices
from tracker.domain.reminder_policy import (
    NoticeKind,
    OpenAction,
    OpenRecommendation,
    RulingNotice,
    provider_reinspected,
)
from tracker.domain.vocabulary import ActionStatus, Delivery, Response
from tracker.models import ActionProgress, RecommendationProgress

LOOKED_AT = (
    "provider",
    "published_on",
    "response_due_on",
    "response",
    "delivery",
    "last_said_on",
    "recommendation__addressee",
    "recommendation__inspection__provider",
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One open recommendation: what the rules look at, and where its people are found.

    `facts` are made of the rows when they are asked for, so that a row which makes no sense is
    the trouble of whoever looks at this recommendation, and of no other.
    """

    row: RecommendationProgress
    actions: Sequence[ActionProgress]
    notice: ReinspectionNotice | None

    @property
    def recommendation_id(self) -> int:
        return self.row.recommendation_id

    @property
    def provider_id(self) -> int:
        return self.row.provider_id

    @property
    def inspection_id(self) -> int:
        return self.row.recommendation.inspection_id

    @property
    def owners(self) -> Mapping[UUID, int]:
        return {action.action_id: action.accountable_id for action in self.actions}

    @property
    def facts(self) -> OpenRecommendation:
        """Return what the rules look at.

        Raises:
            ValueError: a row holds a value that no rule knows.
        """
        return OpenRecommendation(
            published_on=self.row.published_on,
            response_due_on=self.row.response_due_on,
            response=Response(self.row.response),
            delivery=Delivery(self.row.delivery),
            last_said_on=self.row.last_said_on,
            actions=tuple(_action(each) for each in self.actions),
            notice=_ruling(self.notice),
        )


def open_candidates(recommendation_ids: Collection[int] | None = None) -> dict[int, Candidate]:
    """Return the open recommendations by id, in its order: these, or all."""
    rows = RecommendationProgress.objects.filter(is_open=True)
    if recommendation_ids is not None:
        rows = rows.filter(pk__in=recommendation_ids)
    found = list(rows.select_related("recommendation__inspection").only(*LOOKED_AT).order_by("pk"))
    actions = _open_actions(recommendation_ids)
    notices = ruling_notices(_reinspected(row) for row in found)
    return {
        row.pk: Candidate(row, actions[row.pk], notices.get(_reinspected(row))) for row in found
    }


def _open_actions(
    recommendation_ids: Collection[int] | None,
) -> Mapping[int, list[ActionProgress]]:
    rows = ActionProgress.objects.filter(
        status=ActionStatus.OPEN, recommendation__progress__is_open=True
    )
    if recommendation_ids is not None:
        rows = rows.filter(recommendation__in=recommendation_ids)
    by_recommendation: dict[int, list[ActionProgress]] = defaultdict(list)
    for row in rows.order_by("recommendation", "planned_version"):
        by_recommendation[row.recommendation_id].append(row)
    return by_recommendation


def _reinspected(row: RecommendationProgress) -> int:
    return provider_reinspected(
        inspected_id=row.recommendation.inspection.provider_id,
        addressee_id=row.recommendation.addressee_id,
        provider_id=row.provider_id,
    )


def _action(action: ActionProgress) -> OpenAction:
    told_of = action.moved_on if action.tells_region else None
    return OpenAction(action.action_id, action.target_on, told_of)


def _ruling(notice: ReinspectionNotice | None) -> RulingNotice | None:
    if notice is None:
        return None
    return RulingNotice(
        kind=NoticeKind(notice.kind),
        noted_on=timezone.localdate(notice.noted_at),
        starts_on=notice.starts_on,
    )
