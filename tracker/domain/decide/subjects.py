"""What a command names must be there: the action, the person, the codes of the framework."""

from collections.abc import Iterable, Set
from typing import TypeVar
from uuid import UUID

from tracker.domain.circumstances import Circumstances
from tracker.domain.rejection import CommandRejected
from tracker.domain.state import ActionState, RecommendationState
from tracker.domain.vocabulary import ActionStatus, Delivery, Response

Code = TypeVar("Code", str, int)


def known_action(state: RecommendationState, action_id: UUID) -> ActionState:
    """Return the action named, whatever its status. Raises: CommandRejected (action_unknown)."""
    if (action := state.actions.get(action_id)) is None:
        raise CommandRejected(
            "This recommendation has no such action; choose one of its planned actions.",
            code="action_unknown",
            field="action_id",
        )
    return action


def open_action(state: RecommendationState, action_id: UUID) -> ActionState:
    """Return the open action named. Raises: CommandRejected (action_unknown, action_not_open)."""
    action = known_action(state, action_id)
    if action.status is not ActionStatus.OPEN:
        status = action.status.value.replace("_", " ")
        raise CommandRejected(
            f"This action is already {status}; reopen it first if work on it goes on.",
            code="action_not_open",
            field="action_id",
        )
    return action


def unwithdrawn_action(state: RecommendationState, action_id: UUID) -> ActionState:
    """Return the action named, open or complete: both can still be spoken of.

    Raises: CommandRejected (action_unknown, action_withdrawn).
    """
    action = known_action(state, action_id)
    if action.status is ActionStatus.WITHDRAWN:
        raise CommandRejected(
            "This action was withdrawn; choose another, or reopen it first.",
            code="action_withdrawn",
            field="action_id",
        )
    return action


def member_name(circumstances: Circumstances, person_id: int) -> str:
    """Return the name of a member of the addressee. Raises: CommandRejected (not_a_member)."""
    if person_id not in circumstances.members:
        raise CommandRejected(
            "This person has no current role at the provider; choose one of its members.",
            code="not_a_member",
            field="accountable_id",
        )
    return circumstances.members[person_id]


def offered(chosen: Iterable[Code], offer: Set[Code], *, field: str, what: str) -> tuple[Code, ...]:
    """Return what was chosen, sorted and each once. Raises: CommandRejected (not_in_framework)."""
    unknown = sorted(set(chosen) - offer)
    if unknown:
        named = ", ".join(str(code)[:40] for code in unknown[:5])
        raise CommandRejected(
            f"Not among the {what} of this inspection: {named}; choose from those it offers.",
            code="not_in_framework",
            field=field,
        )
    return tuple(sorted(set(chosen)))


def require_agreement(state: RecommendationState) -> None:
    """Refuse work on what nobody agreed to do. Raises: CommandRejected (response_not_agreed)."""
    if state.response not in {Response.AGREED, Response.PARTLY_AGREED}:
        raise CommandRejected(
            "The recommendation is not agreed, wholly or partly; record or revise the response"
            " first.",
            code="response_not_agreed",
        )


def require_no_claim(state: RecommendationState) -> None:
    """Refuse what a claim of completion rules out. Raises: CommandRejected (claim_stands)."""
    if state.delivery is Delivery.REPORTED_COMPLETE:
        raise CommandRejected(
            "The recommendation is reported complete; take that report back first, with a reason.",
            code="claim_stands",
        )
