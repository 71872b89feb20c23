"""An action plan as a table: a row for each action, and one for what has none yet."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from inspections.models import Inspection, Provider
from inspections.person_names import person_name
from tracker.documents import Value
from tracker.documents.writing import Sheet
from tracker.domain.vocabulary import ActionStatus, Response
from tracker.exchange.action_plans.columns import COLUMNS
from tracker.exchange.action_plans.scope import recommendations_in, scope_of
from tracker.exchange.kinds import Gathered, Parameters
from tracker.models import ActionProgress, RecommendationProgress
from tracker.queries.labels import REDACTED, label

STEP = 200


def gather_plan(
    person: Any, parameters: Parameters, today: date, *, progress: Callable[[int], None]
) -> Gathered:
    """Return the plan as it stands, with the versions noted before the words are read."""
    visible = recommendations_in(parameters, person, today).values("pk")
    found = RecommendationProgress.objects.filter(recommendation__in=visible)
    held = dict(found.values_list("recommendation", "version"))
    rows = _rows(found.filter(recommendation__in=held), _actions_of(held))
    sheet = Sheet(
        title=f"Action plan of {plan_name(parameters)}", columns=COLUMNS, rows=_told(rows, progress)
    )
    return Gathered(sheet=sheet, held=held)


def _told(
    rows: Iterable[Sequence[Value]], progress: Callable[[int], None]
) -> Iterator[Sequence[Value]]:
    for behind, row in enumerate(rows, start=1):
        yield row
        if behind % STEP == 0:
            progress(behind)


def count_rows(person: Any, parameters: Parameters, today: date) -> int:
    """Return how many rows the plan will have, at most."""
    found = recommendations_in(parameters, person, today)
    actions = ActionProgress.objects.filter(recommendation__in=found.values("pk"))
    return found.count() + actions.count()


def plan_name(parameters: Parameters) -> str:
    """Return the provider, and the year in which it was reported on."""
    scope = scope_of(parameters)
    if scope is None:
        return ""
    provider = Provider.objects.get(pk=scope.provider_id).name
    published_on = Inspection.objects.get(pk=scope.inspection_id).published_on
    return f"{provider}, report of {published_on.year}" if published_on else provider


def _actions_of(held: Mapping[int, int]) -> Mapping[int, Sequence[ActionProgress]]:
    found: dict[int, list[ActionProgress]] = defaultdict(list)
    actions = ActionProgress.objects.filter(recommendation__in=held)
    standing = actions.exclude(status=ActionStatus.WITHDRAWN).select_related("accountable")
    for action in standing.order_by("target_on", "planned_version", "action_id"):
        found[action.recommendation_id].append(action)
    return found


def _rows(
    found: QuerySet[RecommendationProgress], actions: Mapping[int, Sequence[ActionProgress]]
) -> Iterator[Sequence[Value]]:
    in_order = found.select_related("recommendation").order_by(
        "recommendation__number", "recommendation"
    )
    for progress in in_order:
        answer = Response(progress.response)
        begins = (
            progress.recommendation.number,
            progress.wording or REDACTED,
            None if answer is Response.AWAITING else label(answer),
            progress.response_reason or None,
        )
        for action in actions.get(progress.pk, ()):
            yield (*begins, *_action(action))
        if not actions.get(progress.pk):
            yield (*begins, None, None, None, None, None)


def _action(action: ActionProgress) -> Sequence[Value]:
    return (
        action.description or REDACTED,
        person_name(action.accountable),
        action.delivered_by or None,
        action.target_on,
        label(ActionStatus(action.status)),
    )
