"""How often a provider signs off: set by who answers for it, each change a row that stays."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from inspections.access import memberships_of
from inspections.models import Provider
from tracker.domain.rejection import CommandRejected, NotPermitted
from tracker.domain.vocabulary import Role
from tracker.models import MOST_LEVELS, SignOffLevel
from tracker.services.request import LONDON


def providers_to_set(user: Any, today: date) -> QuerySet[Provider]:
    """Return the providers whose sign-off `user` sets: a lead's own, those of a led region.

    Operators set that of every provider.
    """
    if user.is_active and user.is_superuser:
        return Provider.objects.on_record()
    held = memberships_of(user, today)
    own = held.filter(role__in=[Role.PDU_LEAD, Role.REGIONAL_LEAD]).values("provider")
    regions = held.filter(role=Role.REGIONAL_LEAD).values("provider")
    return Provider.objects.filter(Q(pk__in=own) | Q(region__in=regions))


def set_sign_off(*, provider: Provider, levels: int, by: Any, now: datetime) -> SignOffLevel:
    """Let the provider ask for so many signatures from now on; asked for already, nothing changes.

    Raises: NotPermitted (not_permitted); CommandRejected (levels_out_of_range).
    """
    today = now.astimezone(LONDON).date()
    if not providers_to_set(by, today).filter(pk=provider.pk).exists():
        raise NotPermitted(
            "You do not set the sign-off of this provider; its PDU lead or regional lead does.",
            code="not_permitted",
        )
    if not 0 <= levels <= MOST_LEVELS:
        raise CommandRejected(
            f"Sign-off has from 0 to {MOST_LEVELS} levels; choose one of these.",
            code="levels_out_of_range",
            field="levels",
        )
    latest = SignOffLevel.objects.filter(provider=provider).order_by("-pk").first()
    if latest is not None and latest.levels == levels:
        return latest
    return SignOffLevel.objects.create(provider=provider, levels=levels, set_by=by, set_at=now)
