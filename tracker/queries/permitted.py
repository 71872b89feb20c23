"""Which commands a person may give now on a recommendation: by the role matrix and by its state.

The rules are the domain's; here the person, the roles and the state are brought together.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from inspections.access import (
    Standing,
    members_of_each,
    standings_in_each,
    visible_recommendations,
    was_ever_member,
)
from inspections.models import Provider, Recommendation
from tracker.circumstances import INSPECTING_ROLES, later_recommendations, practice_for
from tracker.domain import commands as c
from tracker.domain import openings
from tracker.domain.circumstances import Circumstances, Practice
from tracker.domain.roles import MAY_GIVE, holders
from tracker.domain.state import RecommendationState
from tracker.domain.vocabulary import Role
from tracker.models import RecommendationProgress
from tracker.projections import state_of
from tracker.queries.lists import with_progress

NOTHING_NEW = UUID(int=0)
"""Nothing is created by looking, so the circumstances need no new id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One person before one recommendation on one day, in each role they hold there."""

    user: Any
    today: date
    recommendation: Recommendation
    progress: RecommendationProgress
    state: RecommendationState
    capacities: Mapping[Role, Circumstances]
    standings: Mapping[Role, Standing]
    visible: QuerySet[Recommendation]
    """What the person may read: only of that may anything else be named."""
    is_followed: bool
    """Whether a later report on the addressee is published; asked for lead inspectors alone."""

    @property
    def practice(self) -> Practice:
        """The figures of practice."""
        return next((each.practice for each in self.capacities.values()), Practice())

    @property
    def members(self) -> Mapping[int, str]:
        """The people of the addressee, by id; none for somebody who holds no role here."""
        return next((each.members for each in self.capacities.values()), {})

    def roles_that_hold(self, command_type: type[c.Command]) -> tuple[Role, ...]:
        """Return the person's roles that hold the command, whatever the state."""
        return tuple(
            role for role, now in self.capacities.items() if openings.holds(command_type, now)
        )

    def roles_open_to(self, command_type: type[c.Command]) -> tuple[Role, ...]:
        """Return the person's roles in which the command could be given now."""
        return tuple(
            role
            for role, now in self.capacities.items()
            if openings.is_open_to(command_type, self.state, now) and self._is_known(command_type)
        )

    def subjects(self, command_type: type[c.Command]) -> frozenset[UUID]:
        """Return the actions, evidence and so on that the command could be about now."""
        return frozenset().union(
            *(
                openings.subjects(command_type, self.state, self.capacities[role])
                for role in self.roles_open_to(command_type)
            )
        )

    def _is_known(self, command_type: type[c.Command]) -> bool:
        """Add what the state does not remember: an update to correct, a later report, a merger."""
        if command_type is c.CorrectProgressUpdate:
            return self.progress.latest_update_id is not None
        if command_type is c.TransferRecommendation:
            return self.recommendation.addressee.successor_id is not None
        if command_type is c.CarryForward:
            return self.is_followed
        return True


def find_situation(user: Any, recommendation_id: int, today: date) -> Situation | None:
    """Return how the person stands before the recommendation; None where it is not for them."""
    return find_situations(user, [recommendation_id], today).get(recommendation_id)


def find_situations(
    user: Any, recommendation_ids: Collection[int], today: date
) -> Mapping[int, Situation]:
    """Return how the person stands before each of the recommendations that are for them, by id.

    The number of queries does not depend on how many they are, but for inspecting roles.
    """
    visible = visible_recommendations(user, today)
    readable = with_progress(visible).select_related("addressee")
    found = list(readable.filter(pk__in=recommendation_ids))
    held = standings_in_each(user, found, today)
    of_people = {each.addressee_id for each in found if _names_people(held[each.pk])}
    members = members_of_each(of_people, today) if of_people else {}
    surroundings = _Surroundings(user=user, today=today, members=members, visible=visible)
    return {each.pk: surroundings.of(each, held[each.pk]) for each in found}


def permitted_commands(situation: Situation) -> tuple[type[c.Command], ...]:
    """Return the types of command that the person may give now, in the order of the rule book."""
    return tuple(command_type for command_type in MAY_GIVE if situation.roles_open_to(command_type))


def visible_progress(
    user: Any, today: date, *, roles: Collection[str] | None = None
) -> QuerySet[RecommendationProgress]:
    """Return how the recommendations that `user` may read stand; `roles` as for those."""
    visible = visible_recommendations(user, today, roles=roles)
    return RecommendationProgress.objects.filter(recommendation__in=visible)


def _names_people(held: Iterable[Standing]) -> bool:
    """Say whether a role among these could make somebody accountable, here or in a region."""
    may_assign = holders(c.Assign, addressed_to_region=True)
    return any(Role(each.role) in may_assign for each in held)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Surroundings:
    """What several recommendations of one person and day have in common, looked up once."""

    user: Any
    today: date
    members: Mapping[int, Mapping[int, str]]
    visible: QuerySet[Recommendation]
    practices: dict[int, Practice] = field(default_factory=dict)

    def of(self, recommendation: Recommendation, held: Iterable[Standing]) -> Situation:
        state = state_of(recommendation.progress)
        roles = {Role(each.role): each for each in held}
        return Situation(
            user=self.user,
            today=self.today,
            recommendation=recommendation,
            progress=recommendation.progress,
            state=state,
            capacities={role: self._capacity(recommendation, state, role) for role in roles},
            standings=roles,
            visible=self.visible,
            is_followed=Role.LEAD_INSPECTOR in roles
            and later_recommendations(recommendation).exists(),
        )

    def _capacity(
        self, recommendation: Recommendation, state: RecommendationState, role: Role
    ) -> Circumstances:
        addressee, user = recommendation.addressee, self.user
        return Circumstances(
            today=self.today,
            actor_id=user.pk,
            role=role,
            new_id=NOTHING_NEW,
            addressed_to_region=addressee.kind == Provider.Kind.REGION,
            was_ever_member=role in INSPECTING_ROLES and was_ever_member(user, state.provider_ids),
            members=self.members.get(addressee.pk, {}),
            practice=self._practice(recommendation),
        )

    def _practice(self, recommendation: Recommendation) -> Practice:
        framework_id = recommendation.inspection.framework_id
        if framework_id not in self.practices:
            self.practices[framework_id] = practice_for(recommendation)
        return self.practices[framework_id]
