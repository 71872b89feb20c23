"""For whom and on which day a desk is laid out: roles, practice, and what was seen before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, Subquery

from inspections.access import SEES_ALL_RELEASED, memberships_of
from inspections.models import Provider
from tracker.domain import commands as c
from tracker.domain.day import Rhythm
from tracker.domain.roles import may_give
from tracker.domain.vocabulary import Role
from tracker.models import Practice, Visit
from tracker.queries.standing import rhythm_of

NATIONAL = frozenset(Role(role) for role in SEES_ALL_RELEASED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewpoint:
    """`places` holds the providers at which each role is held; none for a national role.

    `seen_position` is None before a person's first sign-in.
    """

    user_id: int
    today: date
    rhythm: Rhythm
    places: Mapping[Role, frozenset[int]]
    seen_position: int | None
    seen_at: datetime | None

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(self.places)

    @property
    def is_national(self) -> bool:
        """Say whether the person sees every unit of the country."""
        return bool(self.roles & NATIONAL)

    def units_of_own_regions(self) -> Q:
        """Match what is addressed to a unit of a region that the person leads."""
        regions = self.places.get(Role.REGIONAL_LEAD, frozenset())
        return Q(provider__in=Provider.objects.filter(region__in=regions).values("pk"))

    def own_regions(self) -> Q:
        """Match what is addressed to a region itself that the person leads."""
        return Q(provider__in=self.places.get(Role.REGIONAL_LEAD, frozenset()))

    def may_give(self, command_type: type[c.Command], provider: Provider) -> bool:
        """Say whether a role held at the provider, or above it, holds the command."""
        to_region = provider.kind == Provider.Kind.REGION
        return any(
            may_give(command_type, role=role, addressed_to_region=to_region)
            for role, places in self.places.items()
            if role in NATIONAL
            or provider.pk in places
            or (role is Role.REGIONAL_LEAD and provider.region_id in places)
        )


def viewpoint_of(
    user: Any, today: date, *, held: Iterable[tuple[str, int | None]] | None = None
) -> Viewpoint:
    """Return from where the person looks at the record on `today`.

    `held` are the person's memberships of today, each as role and provider, where they are known.
    """
    if held is None:
        held = memberships_of(user, today).values_list("role", "provider")
    places: dict[Role, set[int]] = defaultdict(set)
    for role, provider in held:
        places[Role(role)] |= set() if provider is None else {provider}
    practice = _practice_and_visit(user)
    return Viewpoint(
        user_id=user.pk,
        today=today,
        rhythm=rhythm_of(practice),
        places={role: frozenset(providers) for role, providers in places.items()},
        seen_position=practice.seen_position,
        seen_at=practice.seen_at,
    )


def _practice_and_visit(user: Any) -> Any:
    """Return today's practice with what the person has seen; one query for two single rows."""
    visit = Visit.objects.filter(user=user.pk).order_by()
    return Practice.objects.annotate(
        seen_position=Subquery(visit.values("seen_position")[:1]),
        seen_at=Subquery(visit.values("seen_at")[:1]),
    ).get(pk=1)
