"""Planned actions as a list of their own: whose to see, and which of them press.

An action presses only while its recommendation is open: what is closed is nobody's to be late with.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from inspections.access import memberships_of, visible_recommendations
from tracker.domain.roles import UPDATERS
from tracker.domain.vocabulary import ActionStatus
from tracker.models import ActionProgress, BlockerProgress


def visible_actions(user: Any, today: date) -> QuerySet[ActionProgress]:
    """Return the actions of the recommendations that `user` may read on `today`."""
    visible = visible_recommendations(user, today)
    return ActionProgress.objects.filter(recommendation__in=visible)


def actions_to_report(user: Any, today: date) -> QuerySet[ActionProgress]:
    """Return the open actions on which `user` may record updates on `today`.

    They are those of the providers whose people the person is one of, and for who leads a region
    those that the region itself answers for.
    """
    held = memberships_of(user, today)
    speaking = held.filter(role__in=UPDATERS)
    return visible_actions(user, today).filter(
        recommendation__progress__provider__in=speaking.values("provider"),
        status=ActionStatus.OPEN,
        recommendation__progress__is_open=True,
        recommendation__progress__is_withdrawn=False,
    )


def late(today: date) -> Q:
    """Match actions whose target date has passed, blocked or not."""
    return _pressing() & Q(target_on__lt=today)


def due_within(days: int, today: date) -> Q:
    """Match actions whose target date lies ahead, today included, and near."""
    return _pressing() & Q(target_on__gte=today, target_on__lte=today + timedelta(days=days))


def blocked() -> Q:
    """Match actions that a blocker stands on; one on the recommendation as a whole is on all.

    What is done or given up, though, only a blocker of its own can still be said to block.
    """
    on_the_whole = BlockerProgress.objects.filter(
        recommendation=OuterRef("recommendation"), action_id=None, is_cleared=False
    )
    return Q(is_blocked=True) | Q(Exists(on_the_whole), status=ActionStatus.OPEN)


def with_blocked(actions: QuerySet[ActionProgress]) -> QuerySet[Any]:
    """Return the actions, each with `stands_blocked`: what `blocked` asks."""
    return actions.annotate(stands_blocked=blocked())


def is_late(action: ActionProgress, today: date) -> bool:
    """Say what `late` asks of one action; needs the recommendation's progress joined."""
    is_pressing = action.status == ActionStatus.OPEN and action.recommendation.progress.is_open
    return is_pressing and action.target_on < today


def days_slipped(action: ActionProgress) -> int:
    """Return by how many days the target date has moved in all."""
    return (action.target_on - action.original_target_on).days


def _pressing() -> Q:
    return Q(status=ActionStatus.OPEN, recommendation__progress__is_open=True)
