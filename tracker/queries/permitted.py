"""Which commands a person may give now on a recommendation: by the role matrix and by its state.

The rules are the domain's; here the person, the roles and the state are brought together.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from inspections.access import (
    Held,
    Standing,
    members_of_each,
    own_providers,
    standings_in_each,
    visible_recommendations,
    was_ever_member,
)
from inspections.groups import is_one_of_several, noting_company
from inspections.models import Inspection, Provider, Recommendation
from tracker.circumstances import (
    INSPECTING_ROLES,
    following_inspections,
    has_spoken_for_hmpps,
    practice_for,
)
from tracker.domain import commands as c
from tracker.domain import openings
from tracker.domain.circumstances import Circumstances, Practice
from tracker.domain.sign_off import OF_A_PROVIDER, may_prepare, signatures_needed
from tracker.domain.state import RecommendationState
from tracker.domain.vocabulary import Role
from tracker.models import RecommendationProgress, SignOffLevel
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
    """Whether a later report could take it up; asked for lead inspectors alone."""
    inspected_again: Inspection | None
    """The latest inspection of the provider since, if any; asked for lead inspectors alone."""
    is_one_of_several: bool
    """Whether the person sees the same recommendation to another body."""
    sign_off_levels: int
    """How many signatures the addressee asks for; looked up for its own people alone."""

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

    def roles_that_prepare(self, command_type: type[c.Command]) -> tuple[Role, ...]:
        """Return the roles in which the person prepares the command, where none holds it."""
        if self.roles_that_hold(command_type):
            return ()
        return tuple(
            role
            for role, now in self.capacities.items()
            if may_prepare(command_type, role=role, addressed_to_region=now.addressed_to_region)
        )

    def roles_preparing(self, command_type: type[c.Command]) -> tuple[Role, ...]:
        """Return the roles in which it could be prepared now, for others to give."""
        is_open = self._is_known(command_type)
        return tuple(
            role
            for role in self.roles_that_prepare(command_type)
            if is_open and openings.is_open_to(command_type, self.state, self._as_giver(role))
        )

    def is_offered(self, command_type: type[c.Command]) -> bool:
        """Say whether the person could give the command now, or prepare it."""
        return bool(self.roles_open_to(command_type) or self.roles_preparing(command_type))

    def signatures_needed(self, command_type: type[c.Command], role: Role) -> int:
        """Return how many others must sign what the person says in this role."""
        return signatures_needed(
            command_type,
            role=role,
            addressed_to_region=self.capacities[role].addressed_to_region,
            levels=self.sign_off_levels,
        )

    def seen_as(self, role: Role) -> "Situation":
        """Return how somebody in this role would stand here: to read what they prepared."""
        now = next(iter(self.capacities.values()), None)
        if now is None:
            return self
        capacities = {role: replace(now, role=role)}
        return replace(self, capacities=capacities, standings={role: Standing(role=role)})

    def subjects(self, command_type: type[c.Command]) -> frozenset[UUID]:
        """Return the actions, evidence and so on that the command could be about now."""
        return frozenset().union(
            *(
                openings.subjects(command_type, self.state, self.capacities[role])
                for role in self.roles_open_to(command_type)
            ),
            *(
                openings.subjects(command_type, self.state, self._as_giver(role))
                for role in self.roles_preparing(command_type)
            ),
        )

    def _as_giver(self, role: Role) -> Circumstances:
        """Return the circumstances of whoever gives what is prepared in this role."""
        now = self.capacities[role]
        return replace(now, role=Role.REGIONAL_LEAD if now.addressed_to_region else Role.PDU_LEAD)

    def _is_known(self, command_type: type[c.Command]) -> bool:
        """Add what the state does not remember: an update to correct, a later report, a merger."""
        if command_type is c.CorrectProgressUpdate:
            return self.progress.latest_update_id is not None
        if command_type is c.TransferRecommendation:
            return self.recommendation.addressee.successor_id is not None
        if command_type is c.CarryForward:
            return self.is_followed
        return True


def find_situation(
    user: Any, recommendation_id: int, today: date, *, held: Held | None = None
) -> Situation | None:
    """Return how the person stands before the recommendation; None where it is not for them."""
    return find_situations(user, [recommendation_id], today, held=held).get(recommendation_id)


def find_situations(
    user: Any, recommendation_ids: Collection[int], today: date, *, held: Held | None = None
) -> Mapping[int, Situation]:
    """Return how the person stands before each of the recommendations that are for them, by id.

    `held` as in `access.own_providers`. The number of queries does not depend on how many they
    are, but for inspecting roles.
    """
    visible = visible_recommendations(user, today, held=held)
    readable = with_progress(visible).select_related("addressee", "inspection__provider")
    readable = noting_company(readable, visible)
    found = list(readable.filter(pk__in=recommendation_ids))
    standings = standings_in_each(user, found, today)
    of_people = {each.addressee_id for each in found if _speaks_for_it(standings[each.pk])}
    members = members_of_each(of_people, today) if of_people else {}
    surroundings = _Surroundings(
        user=user,
        today=today,
        members=members,
        visible=visible,
        levels=SignOffLevel.objects.asked_by_each(members) if members else {},
    )
    return {each.pk: surroundings.of(each, standings[each.pk]) for each in found}


def visible_progress(
    user: Any, today: date, *, held: Held | None = None
) -> QuerySet[RecommendationProgress]:
    """Return how the recommendations that `user` may read stand; `held` as in `own_providers`.

    The same rows as `visible_recommendations` names, asked so that an index answers: who answers
    now stands in the read model itself, and what is unpublished is little.
    """
    unpublished = Recommendation.objects.unpublished().values("pk")
    released = RecommendationProgress.objects.exclude(recommendation__in=unpublished)
    providers = own_providers(user, today, held=held)
    return released if providers is None else released.filter(provider__in=providers)


def _speaks_for_it(held: Iterable[Standing]) -> bool:
    """Say whether a role among these names people of the provider, and is signed off there."""
    return any(Role(each.role) in OF_A_PROVIDER | {Role.REGIONAL_LEAD} for each in held)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Surroundings:
    """What several recommendations of one person and day have in common, looked up once."""

    user: Any
    today: date
    members: Mapping[int, Mapping[int, str]]
    visible: QuerySet[Recommendation]
    levels: Mapping[int, int]
    practices: dict[int, Practice] = field(default_factory=dict)

    def of(self, recommendation: Recommendation, held: Iterable[Standing]) -> Situation:
        state = state_of(recommendation.progress)
        roles = {Role(each.role): each for each in held}
        followed: tuple[Inspection | None, bool] = (None, False)
        if Role.LEAD_INSPECTOR in roles:
            followed = following_inspections(recommendation)
        return Situation(
            user=self.user,
            today=self.today,
            recommendation=recommendation,
            progress=recommendation.progress,
            state=state,
            capacities={
                role: self._capacity(recommendation, state, role, inspected_again=followed[0])
                for role in roles
            },
            standings=roles,
            visible=self.visible,
            is_followed=followed[1],
            inspected_again=followed[0],
            is_one_of_several=is_one_of_several(recommendation),
            sign_off_levels=self.levels.get(recommendation.addressee_id, 0),
        )

    def _capacity(
        self,
        recommendation: Recommendation,
        state: RecommendationState,
        role: Role,
        *,
        inspected_again: Inspection | None,
    ) -> Circumstances:
        addressee, user = recommendation.addressee, self.user
        return Circumstances(
            today=self.today,
            actor_id=user.pk,
            role=role,
            new_id=NOTHING_NEW,
            addressed_to_region=addressee.kind == Provider.Kind.REGION,
            was_ever_member=role in INSPECTING_ROLES and was_ever_member(user, state.provider_ids),
            has_spoken_for_hmpps=role in INSPECTING_ROLES
            and has_spoken_for_hmpps(user, recommendation.pk),
            members=self.members.get(addressee.pk, {}),
            inspected_again_at=inspected_again.pk if inspected_again else None,
            practice=self._practice(recommendation),
        )

    def _practice(self, recommendation: Recommendation) -> Practice:
        framework_id = recommendation.inspection.framework_id
        if framework_id not in self.practices:
            self.practices[framework_id] = practice_for(recommendation)
        return self.practices[framework_id]
