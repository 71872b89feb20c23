"""Which memberships a person may see, give and end on a day.

A PDU lead reaches the own unit, a regional lead the region and its units, an HMIP administrator
the roles at HMIP, an operator all. Nobody who holds a role at a provider gives roles at HMIP:
else a provider could name its own inspectors.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from inspections.access import memberships_of
from inspections.models import Membership, Provider

Role = Membership.Role
OF_A_UNIT = (Role.PDU_LEAD, Role.ACTION_OWNER, Role.DELEGATE)
OF_A_REGION = (Role.REGIONAL_LEAD, Role.ACTION_OWNER, Role.DELEGATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far one person's word goes today."""

    is_operator: bool = False
    at_hmip: bool = False
    units: frozenset[int] = frozenset()
    regions: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.is_operator or self.at_hmip or bool(self.units or self.regions)

    def covers(self, role: str, provider: Provider | None) -> bool:
        """Say whether the person may give and end this role there."""
        if role in Membership.AT_HMIP:
            return self.at_hmip
        if provider is None:
            return self.is_operator and role == Role.HMPPS_COORDINATOR
        if role == Role.REGIONAL_LEAD:
            return self.is_operator or provider.pk in self.regions
        return role in Membership.AT_A_PROVIDER and self._covers_place(provider)

    def roles(self) -> tuple[Role, ...]:
        """Return the roles that the person may give somewhere, as the vocabulary orders them."""
        given: set[Role] = set(Membership.AT_HMIP) if self.at_hmip else set()
        if self.is_operator:
            given |= {*OF_A_UNIT, *OF_A_REGION, Role.HMPPS_COORDINATOR}
        if self.units or self.regions:
            given |= set(OF_A_UNIT)
        if self.regions:
            given |= set(OF_A_REGION)
        return tuple(role for role in Role if role in given)

    def providers(self) -> QuerySet[Provider]:
        """Return the providers at which the person may give a role."""
        if self.is_operator:
            return Provider.objects.on_record()
        return Provider.objects.on_record().filter(_places(self.units, self.regions))

    def memberships(self) -> QuerySet[Membership]:
        """Return the memberships that the person may see, past and coming ones included."""
        if self.is_operator:
            return Membership.objects.all()
        at_hmip = Q(role__in=Membership.AT_HMIP) if self.at_hmip else Q(pk=None)
        return Membership.objects.filter(at_hmip | Q(provider__in=self.providers()))

    def _covers_place(self, provider: Provider) -> bool:
        in_region = provider.pk in self.regions or provider.region_id in self.regions
        return self.is_operator or provider.pk in self.units or in_region


def reach_of(
    user: Any, today: date, *, held: Sequence[tuple[str, int | None]] | None = None
) -> Reach:
    """Return how far the word of `user` goes on `today`; `held` are the memberships, if known."""
    if held is None:
        held = list(memberships_of(user, today).values_list("role", "provider_id"))
    is_operator = bool(user.is_active and user.is_superuser)
    is_administrator = any(role == Role.HMIP_ADMINISTRATOR for role, _ in held)
    is_inspected = any(role in Membership.AT_A_PROVIDER for role, _ in held)
    return Reach(
        is_operator=is_operator,
        at_hmip=(is_operator or is_administrator) and not is_inspected,
        units=_led(held, Role.PDU_LEAD),
        regions=_led(held, Role.REGIONAL_LEAD),
    )


def fits(role: str, provider: Provider | None) -> bool:
    """Say whether such a role is held there: regions have regional leads, all others PDU leads."""
    if provider is None or role not in Membership.AT_A_PROVIDER:
        return provider is None and role not in Membership.AT_A_PROVIDER
    is_region = provider.kind == Provider.Kind.REGION
    return role in (OF_A_REGION if is_region else OF_A_UNIT)


def _led(held: Iterable[tuple[str, int | None]], role: str) -> frozenset[int]:
    return frozenset(place for each, place in held if each == role and place is not None)


def _places(units: frozenset[int], regions: frozenset[int]) -> Q:
    return Q(pk__in=units | regions) | Q(region__in=regions)
