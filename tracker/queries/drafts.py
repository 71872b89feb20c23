"""Which drafts a person sees, and which wait for their signature, as conditions on whole lists.

Who may sign is the rule of `tracker.domain.sign_off` in the words of the database; a test holds
the two together. Every list starts from what the person may read at all.
"""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from inspections.access import memberships_of, visible_recommendations
from inspections.models import Inspection, Membership, Provider, Recommendation
from tracker.circumstances import INSPECTING_ROLES, signing_memberships
from tracker.domain.roles import MAY_GIVE
from tracker.domain.sign_off import OF_A_PROVIDER, SIGNERS, speaks_last
from tracker.domain.vocabulary import Role
from tracker.models import Draft, DraftSignature, SignOffLevel

ALONE = (Role.HMPPS_COORDINATOR, Role.HMIP_ADMINISTRATOR)
"""Roles whose drafts nobody but the author sees."""

TO_REGION = Q(recommendation__addressee__kind=Provider.Kind.REGION)


def readable_drafts(
    user: Any, today: date, *, visible: QuerySet[Recommendation] | None = None
) -> QuerySet[Draft]:
    """Return the drafts that `user` may read on `today`, settled ones included.

    `visible` are the recommendations that they may read, where the caller has them at hand.

    A provider's draft is seen by its people and its region; the region's on a unit's record by the
    region; an inspector's by its author and the inspectors allocated; all others by their author.
    """
    held = memberships_of(user, today)
    inspecting = held.filter(role__in=INSPECTING_ROLES).values("user")
    allocated = Inspection.objects.filter(allocated_inspectors__in=inspecting)
    of_provider = Q(acting_role__in=OF_A_PROVIDER) & (_at_home(held) | _in_region(held))
    of_region = Q(acting_role=Role.REGIONAL_LEAD) & (_in_region(held) | _at_home(held) & TO_REGION)
    of_inspectors = Q(acting_role__in=INSPECTING_ROLES) & (
        Q(author__in=inspecting) | Q(recommendation__inspection__in=allocated.values("pk"))
    )
    own = Q()
    for role in ALONE:
        own |= Q(acting_role=role, author__in=held.filter(role=role).values("user"))
    if visible is None:
        visible = visible_recommendations(user, today)
    return Draft.objects.filter(
        of_provider | of_region | of_inspectors | own, recommendation__in=visible
    )


def visible_drafts(
    user: Any, today: date, *, visible: QuerySet[Recommendation] | None = None
) -> QuerySet[Draft]:
    """Return the pending drafts that `user` may read on `today`; `visible` as above."""
    return readable_drafts(user, today, visible=visible).filter(settled_at__isnull=True)


def with_people(drafts: QuerySet[Draft]) -> QuerySet[Draft]:
    """Join what a list or page of drafts shows of each."""
    return drafts.select_related("author", "recommendation__progress__provider")


def find_draft(user: Any, draft_id: int, today: date) -> Draft | None:
    """Return a draft that `user` may read, settled or not; None where it is not for them."""
    return with_people(readable_drafts(user, today)).filter(pk=draft_id).first()


def own_drafts(
    user: Any, today: date, *, visible: QuerySet[Recommendation] | None = None
) -> QuerySet[Draft]:
    """Return the pending drafts that `user` prepares."""
    return visible_drafts(user, today, visible=visible).filter(author=user.pk)


def awaiting_signature_of(
    user: Any, today: date, *, visible: QuerySet[Recommendation] | None = None
) -> QuerySet[Draft]:
    """Return the submitted drafts that `user` may sign next on `today`."""
    # Who stands in for the author speaks for the author, and so does not sign.
    signing = signing_memberships(today).exclude(
        role=Role.DELEGATE, on_behalf_of=OuterRef("author")
    )
    own, others = signing.filter(user=user.pk), _of_others(signing, user)
    signed = DraftSignature.objects.filter(
        draft=OuterRef("pk"),
        submission=OuterRef("submission"),
        verdict=DraftSignature.Verdict.APPROVED,
    )
    asked = SignOffLevel.objects.filter(provider=OuterRef("recommendation__addressee"))
    counted = signed.order_by().values("draft").annotate(count=Count("pk")).values("count")
    submitted = (
        visible_drafts(user, today, visible=visible)
        .filter(~Q(author=user.pk), ~Exists(signed.filter(person=user.pk)), state="submitted")
        .annotate(
            levels=Coalesce(Subquery(asked.order_by("-pk").values("levels")[:1]), 0),
            signed=Coalesce(Subquery(counted), 0),
        )
    )
    is_last = Q(levels__lte=F("signed") + 1)
    keeps_it_for_last = _gives(own) & ~_gives(others)
    return submitted.filter((is_last & _gives(own)) | (~is_last & _signs(own) & ~keeps_it_for_last))


def _at_home(held: QuerySet[Membership]) -> Q:
    own = held.filter(role__in=Membership.AT_A_PROVIDER)
    return Q(recommendation__addressee__in=own.values("provider"))


def _in_region(held: QuerySet[Membership]) -> Q:
    regions = held.filter(role=Role.REGIONAL_LEAD)
    return Q(recommendation__addressee__region__in=regions.values("provider"))


def _signs(signing: QuerySet[Membership]) -> Q:
    in_region = Q(role=Role.REGIONAL_LEAD, provider=OuterRef("recommendation__addressee__region"))
    return Q(Exists(signing.filter(Q(provider=OuterRef("recommendation__addressee")) | in_region)))


def _gives(signing: QuerySet[Membership]) -> Q:
    """Match what one of the memberships may give for the provider: by role, place and command."""
    at_home = signing.filter(provider=OuterRef("recommendation__addressee"))
    matched = Q(pk=None)
    for role, condition in _last_words().items():
        matched |= condition & Q(Exists(at_home.filter(role=role)))
    return matched


def _of_others(signing: QuerySet[Membership], user: Any) -> QuerySet[Membership]:
    """Return the memberships of people who are not the user nor author, and have not signed."""
    has_signed = DraftSignature.objects.filter(
        draft=OuterRef(OuterRef("pk")),
        submission=OuterRef(OuterRef("submission")),
        verdict=DraftSignature.Verdict.APPROVED,
        person=OuterRef("user"),
    )
    others = signing.exclude(user=user.pk).exclude(user=OuterRef("author"))
    return others.filter(~Exists(has_signed))


def _last_words() -> dict[Role, Q]:
    """Match, by role, the drafts whose command the role may give for the provider."""
    at_unit = {role: _held_by(role, addressed_to_region=False) for role in SIGNERS}
    at_region = {role: _held_by(role, addressed_to_region=True) for role in SIGNERS}
    return {
        role: (~TO_REGION & Q(command__in=at_unit[role]))
        | (TO_REGION & Q(command__in=at_region[role]))
        for role in SIGNERS
    }


def _held_by(role: Role, *, addressed_to_region: bool) -> list[str]:
    return [
        command_type.__name__
        for command_type in MAY_GIVE
        if speaks_last(command_type, role=role, addressed_to_region=addressed_to_region)
    ]
