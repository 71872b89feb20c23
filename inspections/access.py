"""The one rule of who sees what: every list, search, page, feed and export starts here.

A unit's people see what is addressed to their unit; a regional lead what is addressed to the
region or one of its units; the HMPPS co-ordinator and the Inspectorate everything released.
What is not published is absent for all but HMIP administrators and the named readers.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from inspections.models import Inspection, Membership, Provider, Recommendation
from inspections.person_names import person_name

SEES_ALL_RELEASED = (
    Membership.Role.HMPPS_COORDINATOR,
    Membership.Role.INSPECTOR,
    Membership.Role.LEAD_INSPECTOR,
    Membership.Role.HMIP_ADMINISTRATOR,
)
Held = Sequence[tuple[str, int | None]]
"""What a person holds on a day: each membership as its role and its provider, if it has one."""
User = Any  # django.contrib.auth's user model, or AnonymousUser


@dataclass(frozen=True, slots=True)
class Standing:
    """One capacity in which a person may act on one recommendation."""

    role: str
    on_behalf_of_id: int | None = None
    on_behalf_of_name: str = ""


def memberships_of(user: User, today: date) -> QuerySet[Membership]:
    """Return the memberships that `user` holds on `today`; none for a deactivated account."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return Membership.objects.none()
    return Membership.objects.filter(user_id=user.pk).current(today)


def holds_role(user: User, role: str, today: date) -> bool:
    """Say whether the person holds `role` anywhere today."""
    return memberships_of(user, today).filter(role=role).exists()


def own_providers(
    user: User, today: date, *, held: Held | None = None
) -> Collection[int] | QuerySet[Provider, Any] | None:
    """Return whose published recommendations `user` may read on `today`; None for everybody's.

    Ids, or a query for them where a region is led: either can follow `__in`. `held` are the
    person's memberships of today, each as role and provider, where a door has asked already.
    """
    if held is None:
        held = list(memberships_of(user, today).values_list("role", "provider"))
    if any(role in SEES_ALL_RELEASED for role, _ in held):
        return None
    return _at_home_or_in_region(held)


def _at_home_or_in_region(held: Held) -> Collection[int] | QuerySet[Provider, Any]:
    home = {place for role, place in held if role in Membership.AT_A_PROVIDER and place}
    regions = {place for role, place in held if role == Membership.Role.REGIONAL_LEAD and place}
    if not regions:
        return sorted(home)
    return Provider.objects.filter(Q(pk__in=home) | Q(region__in=regions)).values("pk")


def visible_recommendations(
    user: User, today: date, *, held: Held | None = None
) -> QuerySet[Recommendation]:
    """Return the published recommendations that `user` may read; `held` as in `own_providers`."""
    published = Recommendation.objects.published()
    providers = own_providers(user, today, held=held)
    return published if providers is None else published.filter(addressee__in=providers)


def visible_inspections(user: User, today: date) -> QuerySet[Inspection]:
    """Return the inspections that `user` may read on `today`, unreleased ones where named."""
    held = list(memberships_of(user, today).values_list("role", "provider"))
    roles = {role for role, _ in held}
    if Membership.Role.HMIP_ADMINISTRATOR in roles:
        return Inspection.objects.all()
    if roles & set(SEES_ALL_RELEASED):
        released = Q(state=Inspection.State.PUBLISHED)
    else:
        providers = _at_home_or_in_region(held)
        own = Recommendation.objects.published().filter(addressee__in=providers)
        released = Q(state=Inspection.State.PUBLISHED, pk__in=own.values("inspection"))
    named = Q(state=Inspection.State.EMBARGOED, named_readers=user.pk) if roles else Q(pk=None)
    return Inspection.objects.filter(released | named).distinct()


def visible_providers(user: User, today: date) -> QuerySet[Provider]:
    """Return the providers whose published recommendations `user` may read on `today`."""
    addressees = visible_recommendations(user, today).values("addressee")
    return Provider.objects.filter(pk__in=addressees)


def known_providers(user: User, today: date) -> QuerySet[Provider]:
    """Return the providers that `user` may know of: what only a draft names is HMIP's alone."""
    if holds_role(user, Membership.Role.HMIP_ADMINISTRATOR, today):
        return Provider.objects.all()
    return Provider.objects.on_record()


def standings(user: User, recommendation: Recommendation, today: date) -> list[Standing]:
    """List the capacities in which `user` may act on the recommendation on `today`."""
    return standings_in_each(user, [recommendation], today)[recommendation.pk]


def standings_in_each(
    user: User, recommendations: Iterable[Recommendation], today: date
) -> dict[int, list[Standing]]:
    """Map recommendation ids to the capacities in which `user` may act on each; one query."""
    held = list(memberships_of(user, today).select_related("on_behalf_of").order_by("pk"))
    return {
        recommendation.pk: [
            Standing(
                role=membership.role,
                on_behalf_of_id=membership.on_behalf_of_id,
                on_behalf_of_name=person_name(lead) if (lead := membership.on_behalf_of) else "",
            )
            for membership in held
            if _reaches(membership, recommendation.addressee)
        ]
        for recommendation in recommendations
    }


def _reaches(membership: Membership, addressee: Provider) -> bool:
    """Say whether the role is one on what the provider answers: at home, in its region, or all."""
    if membership.role in SEES_ALL_RELEASED:
        return True
    leads_a_region = membership.role == Membership.Role.REGIONAL_LEAD
    at_home = membership.provider_id == addressee.pk
    return at_home or (leads_a_region and membership.provider_id == addressee.region_id)


def was_ever_member(user: User, provider_ids: Collection[int]) -> bool:
    """Say whether the person ever belonged to one of the providers or led a region of theirs."""
    regions = Provider.objects.filter(pk__in=provider_ids, region__isnull=False).values("region")
    concerned = Q(provider__in=provider_ids) | Q(provider__in=regions)
    return Membership.objects.ever_held().filter(concerned, user_id=user.pk).exists()


def members_of(provider: Provider, today: date) -> dict[int, str]:
    """Map the ids of the provider's current people to their names."""
    return members_of_each([provider.pk], today)[provider.pk]


def members_of_each(provider_ids: Collection[int], today: date) -> dict[int, dict[int, str]]:
    """Map each provider to its current people, by id with their names; one query."""
    current = Membership.objects.current(today).filter(
        provider__in=provider_ids, user__is_active=True
    )
    members: dict[int, dict[int, str]] = {provider_id: {} for provider_id in provider_ids}
    for each in current.select_related("user").order_by("user_id"):
        assert each.provider_id is not None  # noqa: S101 - the filter asks for providers
        members[each.provider_id][each.user_id] = person_name(each.user)
    return members
