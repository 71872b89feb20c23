"""Builds the people, bodies and reports that tests act on: plain functions, invented names.

Nothing here writes to the log; each function stores what it is told and fills in the rest.
"""

import itertools
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.utils.text import slugify

from inspections.models import Framework, Inspection, Membership, Provider, Recommendation

PASSWORD = "a long enough pass phrase"
FIRST_DAY = date(2024, 1, 1)
PUBLISHED_ON = date(2026, 9, 1)

_numbers = itertools.count(1)


def make_provider(
    name: str = "Northmarch PDU",
    *,
    region: Provider | None = None,
    kind: str = Provider.Kind.PDU,
) -> Provider:
    """Return the provider of that name, new with the region "Invented Region" unless given."""
    if kind == Provider.Kind.PDU and region is None:
        region = make_provider("Invented Region", kind=Provider.Kind.REGION)
    provider, _ = Provider.objects.get_or_create(name=name, kind=kind, defaults={"region": region})
    return provider


def make_user(
    name: str,
    role: str | None = None,
    provider: Provider | None = None,
    **membership: Any,
) -> User:
    """Return a new account for "First Last", with a membership where a role is given."""
    first_name, _, last_name = name.partition(" ")
    user = User.objects.create_user(
        username=f"{slugify(name)}-{next(_numbers)}",
        email=f"{slugify(name)}@tracker.example",
        password=PASSWORD,
        first_name=first_name,
        last_name=last_name,
    )
    if role is not None:
        details = {"starts_on": FIRST_DAY, **membership}
        if role == Membership.Role.DELEGATE and "on_behalf_of" not in details:
            details["on_behalf_of"] = _lead_of(provider)
        Membership.objects.create(user=user, role=role, provider=provider, **details)
    return user


def _lead_of(provider: Provider | None) -> User:
    leads = Membership.objects.filter(role=Membership.Role.PDU_LEAD, provider=provider)
    found = leads.order_by("pk").first()
    return found.user if found else make_user("Abe Absent", Membership.Role.PDU_LEAD, provider)


def make_inspection(provider: Provider | None = None, **fields: Any) -> Inspection:
    """Return a new inspection of `provider`, published on PUBLISHED_ON unless told otherwise."""
    provider = provider or make_provider()
    details = {
        "framework": Framework.objects.order_by("pk").first(),
        "title": f"An inspection of {provider.name}",
        "provider_name": provider.name,
        "state": Inspection.State.PUBLISHED,
        "published_on": PUBLISHED_ON,
        **fields,
    }
    return Inspection.objects.create(provider=provider, **details)


def make_recommendation(inspection: Inspection | None = None, **fields: Any) -> Recommendation:
    """Return the next recommendation of the inspection, addressed to its provider."""
    inspection = inspection or make_inspection()
    details = {
        "number": inspection.recommendations.count() + 1,
        "text": "Improve the quality of risk assessment.",
        "addressed_to": inspection.provider_name,
        "addressee": inspection.provider,
        **fields,
    }
    return Recommendation.objects.create(inspection=inspection, **details)
