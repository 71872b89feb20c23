"""Who has signed a draft and who could: brought together for the rules of sign-off."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.db.models import Q

from inspections.models import Provider
from tracker.circumstances import signing_memberships
from tracker.domain.roles import MAY_GIVE
from tracker.domain.sign_off import Submission
from tracker.domain.vocabulary import Role
from tracker.models import Draft, DraftSignature, SignOffLevel

COMMANDS = {command_type.__name__: command_type for command_type in MAY_GIVE}


def submission_of(draft: Draft, today: date) -> Submission:
    """Return how the draft's present submission stands on `today`."""
    addressee = draft.recommendation.addressee
    approved = draft.signatures.filter(
        submission=draft.submission, verdict=DraftSignature.Verdict.APPROVED
    )
    return Submission(
        command_type=COMMANDS[draft.command],
        addressed_to_region=addressee.kind == Provider.Kind.REGION,
        author_id=draft.author_id,
        levels=SignOffLevel.objects.asked_by(addressee.pk),
        signed_by=frozenset(approved.values_list("person", flat=True)),
        signers=signers_of(addressee, draft.author_id, today),
    )


def signers_of(addressee: Provider, author_id: int, today: date) -> Mapping[int, frozenset[Role]]:
    """Map those who lead the provider or its region, or stand in for a lead, to these roles.

    Who stands in for the author speaks for the author, and so does not sign.
    """
    in_region = Q(role=Role.REGIONAL_LEAD, provider=addressee.region_id or 0)
    held = (
        signing_memberships(today)
        .filter(Q(provider=addressee.pk) | in_region)
        .exclude(role=Role.DELEGATE, on_behalf_of=author_id)
    )
    roles: dict[int, set[Role]] = defaultdict(set)
    for person_id, role in held.values_list("user", "role"):
        roles[person_id].add(Role(role))
    return {person_id: frozenset(of_person) for person_id, of_person in roles.items()}
