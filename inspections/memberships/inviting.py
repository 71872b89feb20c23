"""Gives a role to whoever an address belongs to, with a new account where there is none."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from inspections.accounts import check_details, find_by_address, invite
from inspections.memberships.giving import check_place, give_membership
from inspections.memberships.reach import reach_of
from inspections.models import Membership, Provider


@transaction.atomic
def give_by_address(
    *,
    email: str,
    first_name: str,
    last_name: str,
    role: str,
    provider: Provider | None,
    starts_on: date,
    ends_on: date | None,
    actor: Any,
    now: datetime,
    on_behalf_of: Any = None,
) -> Membership:
    """Give the role; whether the account is new, `accounts.awaits_password` says.

    The names are those of a new account; one that is there keeps its own, so that the answer
    tells nothing of who has an account before a role is given, which stays on record. Operators
    see the accounts as it is, and need no names for one that is there.

    Raises: MembershipRefused, AccountRefused.
    """
    reach = reach_of(actor, timezone.localdate(now))
    check_place(reach, role, provider)
    person = find_by_address(email)
    if not (person and reach.is_operator):
        # Whoever has an account: what only a new one is refused for would tell who has none.
        check_details(email, first_name, last_name)
    names = {"first_name": first_name, "last_name": last_name}
    person = person or invite(email=email, **names, actor=actor, now=now)
    return give_membership(
        person=person,
        role=role,
        provider=provider,
        starts_on=starts_on,
        ends_on=ends_on,
        on_behalf_of=on_behalf_of,
        actor=actor,
        now=now,
    )
