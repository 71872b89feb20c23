"""Finds whom a reminder is for, by the memberships that hold today.

Ended memberships and deactivated accounts get nothing. Where the addressee is a region, its
regional leads are the leads.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import assert_never
from uuid import UUID

from inspections.models import Inspection, Membership, Provider
from tracker.domain.reminder_policy import AUDIENCES, Audience, StandingDate
from tracker.reminders.candidates import Candidate

Role = Membership.Role
INSPECTING = (Role.INSPECTOR, Role.LEAD_INSPECTOR)
NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Ids of accounts by place; `regions` maps units to their regions."""

    regions: Mapping[int, int | None]
    leads: Mapping[int, AbstractSet[int]]
    regional_leads: Mapping[int, AbstractSet[int]]
    members: Mapping[int, AbstractSet[int]]
    inspectors: Mapping[int, AbstractSet[int]]

    def to_remind(self, candidate: Candidate, standing: StandingDate) -> frozenset[int]:
        """Return whom the rule is for today."""
        audiences = AUDIENCES[standing.rule]
        return frozenset().union(
            *(self._in(audience, candidate, standing.action_id) for audience in audiences)
        )

    def _in(
        self, audience: Audience, candidate: Candidate, action_id: UUID | None
    ) -> AbstractSet[int]:
        provider_id = candidate.provider_id
        match audience:
            case Audience.LEADS:
                leads = self.leads.get(provider_id, NOBODY)
                return leads | self.regional_leads.get(provider_id, NOBODY)
            case Audience.ACTION_OWNER:
                owner = candidate.owners.get(action_id) if action_id else None
                return {owner} & self.members.get(provider_id, NOBODY) if owner else NOBODY
            case Audience.REGIONAL_LEADS:
                return self.regional_leads.get(self.regions.get(provider_id) or 0, NOBODY)
            case Audience.ALLOCATED_INSPECTORS:
                return self.inspectors.get(candidate.inspection_id, NOBODY)
            case _:
                assert_never(audience)


def people_around(candidates: Collection[Candidate], today: date) -> People:
    """Return the people around these recommendations, in three queries."""
    providers = {candidate.provider_id for candidate in candidates}
    regions = dict(Provider.objects.filter(pk__in=providers).values_list("pk", "region"))
    places = {*providers, *(region for region in regions.values() if region)}
    held = Membership.objects.current(today).filter(provider__in=places, user__is_active=True)
    by_role: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    members: dict[int, set[int]] = defaultdict(set)
    for role, provider_id, user_id in held.values_list("role", "provider", "user"):
        by_role[role][provider_id].add(user_id)
        members[provider_id].add(user_id)
    return People(
        regions=regions,
        leads=by_role[Role.PDU_LEAD],
        regional_leads=by_role[Role.REGIONAL_LEAD],
        members=members,
        inspectors=_inspectors({candidate.inspection_id for candidate in candidates}, today),
    )


def _inspectors(inspection_ids: AbstractSet[int], today: date) -> Mapping[int, AbstractSet[int]]:
    current = Membership.objects.current(today).filter(role__in=INSPECTING)
    allocated = Inspection.objects.filter(
        pk__in=inspection_ids,
        allocated_inspectors__is_active=True,
        allocated_inspectors__in=current.values("user"),
    )
    by_inspection: dict[int, set[int]] = defaultdict(set)
    for inspection_id, user_id in allocated.values_list("pk", "allocated_inspectors"):
        by_inspection[inspection_id].add(user_id)
    return by_inspection
