"""All the rules: a command, the state and the circumstances become events, or a refusal.

One module per axis. What every command must pass stands in `admission`; what a command types
(texts, days, figures, names of things) is put into its stored form by `words`, `days`, `figures`
and `subjects`. Nothing here reads a clock, a database, or a text that is already in the log.
"""

from typing import assert_never

from tracker.domain import commands as c
from tracker.domain.circumstances import Circumstances
from tracker.domain.decide.actions import decide_action
from tracker.domain.decide.admission import admit
from tracker.domain.decide.closure import decide_closure
from tracker.domain.decide.measures import decide_measure
from tracker.domain.decide.obstacles import decide_obstacle
from tracker.domain.decide.progress import decide_progress
from tracker.domain.decide.publication import decide_publication
from tracker.domain.decide.response import decide_response
from tracker.domain.decide.review import decide_review
from tracker.domain.decide.target_dates import decide_target_date
from tracker.domain.events import Event
from tracker.domain.rejection import CommandRejected, NotPermitted
from tracker.domain.state import RecommendationState

__all__ = ["CommandRejected", "NotPermitted", "decide"]


def decide(
    command: c.Command, state: RecommendationState, circumstances: Circumstances
) -> tuple[Event, ...]:
    """Return the events that the command makes true, in order.

    Raises: NotPermitted when the person may not give it; CommandRejected when a rule refuses it.
    """
    admit(command, state, circumstances)
    if isinstance(command, c.PublicationCommand):
        return decide_publication(command, state, circumstances)
    if isinstance(command, c.ReviewCommand):
        return decide_review(command, state, circumstances)
    if isinstance(command, c.ClosureCommand):
        return decide_closure(command, state, circumstances)
    return _decide_for_the_provider(command, state, circumstances)


def _decide_for_the_provider(
    command: c.ResponseCommand
    | c.ActionCommand
    | c.TargetDateCommand
    | c.ObstacleCommand
    | c.MeasureCommand
    | c.ProgressCommand,
    state: RecommendationState,
    circumstances: Circumstances,
) -> tuple[Event, ...]:
    if isinstance(command, c.ResponseCommand):
        return decide_response(command, state, circumstances)
    if isinstance(command, c.ActionCommand):
        return decide_action(command, state, circumstances)
    if isinstance(command, c.TargetDateCommand):
        return decide_target_date(command, state, circumstances)
    if isinstance(command, c.ObstacleCommand):
        return decide_obstacle(command, state, circumstances)
    if isinstance(command, c.MeasureCommand):
        return decide_measure(command, state, circumstances)
    if isinstance(command, c.ProgressCommand):
        return decide_progress(command, state, circumstances)
    assert_never(command)
