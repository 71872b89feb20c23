"""How often a provider signs off: set by who answers for it, each change a row that stays."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from inspections.access import memberships_of
from inspections.models import Provider
from inspections.person_names import person_name
from tracker.circumstances import signing_memberships
from tracker.domain.commands import RecordProgressUpdate
from tracker.domain.rejection import CommandRejected, NotPermitted
from tracker.domain.sign_off import OF_A_PROVIDER, Submission
from tracker.domain.vocabulary import Role
from tracker.models import MOST_LEVELS, SignOffLevel
from tracker.services.drafting import signers_of
from tracker.services.request import LONDON

TOO_FEW = "too_few_to_sign"
"""How a setting is refused under which a lead could say nothing."""
SPEAKING = (*OF_A_PROVIDER, Role.REGIONAL_LEAD)


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


def set_sign_off(
    *, provider: Provider, levels: int, by: Any, now: datetime, despite_few: bool = False
) -> SignOffLevel:
    """Let the provider ask for so many signatures from now on; asked for already, nothing changes.

    Whose own words are signed off asks for more signatures, and never for fewer: else they could
    let the sign-off off for a minute, say what they like, and put it back.

    Where a lead would have nobody to sign, it is set only `despite_few` people.

    Raises: NotPermitted (not_permitted, own_sign_off); CommandRejected (levels_out_of_range,
    too_few_to_sign).
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
    if latest is not None and levels < latest.levels:
        _require_unbound(provider, by, today)
    elif not despite_few:
        _require_signers(provider, levels, today)
    return SignOffLevel.objects.create(provider=provider, levels=levels, set_by=by, set_at=now)


def _require_signers(provider: Provider, levels: int, today: date) -> None:
    """Ask for no signatures that nobody could give to what one of the provider's leads says."""
    is_region = provider.kind == Provider.Kind.REGION
    role = Role.REGIONAL_LEAD if is_region else Role.PDU_LEAD
    leads = signing_memberships(today).filter(role=role, provider=provider).select_related("user")
    for lead in leads.order_by("pk") if levels else ():
        standing = Submission(
            command_type=RecordProgressUpdate,
            addressed_to_region=is_region,
            author_id=lead.user_id,
            levels=levels,
            signed_by=frozenset(),
            signers=signers_of(provider, lead.user_id, today),
        )
        if not standing.can_be_completed():
            raise CommandRejected(
                _too_few(standing, provider, person_name(lead.user)),
                code=TOO_FEW,
                field="levels",
            )


def _too_few(standing: Submission, provider: Provider, lead: str) -> str:
    needed = "one other person" if standing.levels == 1 else f"{standing.levels} other people"
    able, last = len(standing.free_signers), len(standing.free_givers)
    return (
        f"What {lead} prepares for {provider.name} would need {needed} to sign it, the last of "
        f"whom could have recorded it alone. The number of people who could sign is {able}, and "
        f"{last} of them could sign last. Name another lead first."
    )


def _require_unbound(provider: Provider, by: Any, today: date) -> None:
    """Let fewer signatures be asked for by those whose own words are not signed there."""
    bound = memberships_of(by, today).filter(role__in=SPEAKING, provider=provider).exists()
    if bound:
        above = "an operator" if provider.kind == Provider.Kind.REGION else "your regional lead"
        raise NotPermitted(
            "What you say yourself is signed off here, so you may ask for more signatures and not "
            f"for fewer; ask {above} to do that.",
            code="own_sign_off",
        )
