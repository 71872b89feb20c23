"""One recommendation to several bodies, side by side: the wording once, and how each one stands.

Whoever sees some of the bodies sees those; nothing tells how many others there are.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from inspections.groups import rows_of_group
from inspections.models import Recommendation
from tracker.domain.day import Rhythm
from tracker.models import ActionProgress
from tracker.queries.actions import with_blocked
from tracker.queries.detail import ActionRow, action_row
from tracker.queries.labels import REDACTED
from tracker.queries.lists import RecommendationRow, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """How one body stands; `own_wording` is set where its wording was corrected apart."""

    row: RecommendationRow
    own_wording: str
    actions: Sequence[ActionRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """The wording that most bodies have, and all bodies by name."""

    wording: str
    bodies: Sequence[Body]


def seen_together(
    recommendation: Recommendation,
    readable: QuerySet[Recommendation],
    *,
    today: date,
    rhythm: Rhythm,
) -> Together:
    """Return the group of the recommendation, of which `readable` are those the reader may see."""
    group = rows_of_group(recommendation, readable).order_by("progress__provider__name", "pk")
    found = rows(group, today=today, rhythm=rhythm)
    ((wording, _),) = Counter(row.wording or REDACTED for row in found).most_common(1)
    actions = _actions([row.id for row in found], today)
    return Together(
        wording=wording,
        bodies=[
            Body(row=row, own_wording=_apart(row, wording), actions=actions[row.id])
            for row in found
        ],
    )


def _apart(row: RecommendationRow, wording: str) -> str:
    own = row.wording or REDACTED
    return "" if own == wording else own


def _actions(ids: Collection[int], today: date) -> Mapping[int, list[ActionRow]]:
    planned = with_blocked(ActionProgress.objects.filter(recommendation__in=ids))
    by_recommendation: dict[int, list[ActionRow]] = defaultdict(list)
    for each in planned.select_related("accountable").order_by("planned_version", "pk"):
        by_recommendation[each.recommendation_id].append(action_row(each, today))
    return by_recommendation
