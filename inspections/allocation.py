"""Which inspectors hear about an inspection: those whom a lead inspector allocates."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from inspections.access import holds_role, visible_inspections
from inspections.models import Inspection, Membership, Provider

Role = Membership.Role
ALLOCATORS = (Role.LEAD_INSPECTOR, Role.HMIP_ADMINISTRATOR)
INSPECTING = (Role.INSPECTOR, Role.LEAD_INSPECTOR)


def may_allocate(user: Any, inspection: Inspection, today: date) -> bool:
    """Say whether the person names the inspectors of this inspection, which they must see."""
    holds = any(holds_role(user, role, today) for role in ALLOCATORS)
    return holds and visible_inspections(user, today).filter(pk=inspection.pk).exists()


def inspectors_for(inspection: Inspection, today: date) -> QuerySet[Any]:
    """Return the inspectors of today who never belonged to a body the inspection is about.

    Nobody inspects their own house, so nobody is sent there.
    """
    addressees = inspection.recommendations.values("addressee")
    concerned = Provider.objects.filter(Q(pk=inspection.provider_id) | Q(pk__in=addressees))
    regions = concerned.filter(region__isnull=False).values("region")
    ever = Membership.objects.ever_held()
    belonged = ever.filter(provider__in=concerned) | ever.filter(provider__in=regions)
    inspecting = Membership.objects.current(today).filter(role__in=INSPECTING)
    return (
        get_user_model()
        .objects.filter(is_active=True, pk__in=inspecting.values("user"))
        .exclude(pk__in=belonged.values("user"))
        .order_by("last_name", "first_name", "username")
    )


def allocate(inspection: Inspection, inspectors: Collection[Any]) -> None:
    """Make these the inspectors who hear about the inspection."""
    inspection.allocated_inspectors.set(inspectors)
