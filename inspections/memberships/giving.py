"""Gives a role: refused in words where it may not be, stored once where it is sent twice."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from inspections.govuk_dates import govuk_date
from inspections.memberships.reach import Reach, fits, reach_of
from inspections.memberships.refusal import MembershipRefused
from inspections.models import Membership, Provider
from inspections.person_names import person_name

LONGEST_AHEAD = timedelta(days=366)
NOT_YOURS = "You cannot give this role there; choose one of the roles and providers you look after."
NOT_YOURSELF = "Nobody gives a role to themselves; ask another person who may give it."
ASK_AN_OPERATOR = "You cannot give a role to this person; ask the people who run this service."
DEACTIVATED = "This account is deactivated; reactivate it before you give it a role."
PROVIDER_MISSING = "This role is held at a provider; choose which one."
PROVIDER_NOT_WANTED = "This role is held nationally; leave the provider empty."
NO_PDU_LEAD_HERE = "A region has regional leads and no PDU lead; choose another role."
NO_REGIONAL_LEAD_HERE = "Only a region has regional leads; choose another role."
ENDS_TOO_EARLY = "The last day lies before the first; correct one of the two."
IN_THE_PAST = "The first day has passed; choose today or a later day."
FAR_AHEAD = "The first day is more than a year ahead; check the year."
NO_LEAD = "Choose the lead for whom the delegate stands in."
NOT_THEIR_OWN = "Nobody stands in for themselves; choose another person."
NOT_A_LEAD = "This person does not lead there on the first day; choose another lead or day."


def give_membership(
    *,
    person: Any,
    role: str,
    provider: Provider | None,
    starts_on: date,
    ends_on: date | None,
    actor: Any,
    now: datetime,
    on_behalf_of: Any = None,
) -> Membership:
    """Give the person the role from the first day to the last; return the membership.

    The same request sent again by the same person returns what is there.

    Raises: MembershipRefused.
    """
    today = timezone.localdate(now)
    reach = reach_of(actor, today)
    check_place(reach, role, provider)
    _check_days(reach, starts_on, ends_on, today)
    _check_person(reach, person, role, actor, today)
    wanted = Membership(
        user=person,
        role=role,
        provider=provider,
        starts_on=starts_on,
        ends_on=ends_on,
        on_behalf_of=on_behalf_of,
        given_by=actor,
        given_at=now,
    )
    with transaction.atomic():
        # Whoever gives the same person another role meanwhile waits for the row of the account.
        get_user_model().objects.select_for_update().get(pk=person.pk)
        _check_lead(wanted)
        return _same_as(wanted) or _stored(wanted)


def check_place(reach: Reach, role: str, provider: Provider | None) -> None:
    """Let the role and the provider through where they fit one another and the giver's reach.

    Raises: MembershipRefused.
    """
    at_a_provider = role in Membership.AT_A_PROVIDER
    if at_a_provider and provider is None:
        raise MembershipRefused(PROVIDER_MISSING, field="provider")
    if not at_a_provider and provider is not None:
        raise MembershipRefused(PROVIDER_NOT_WANTED, field="provider")
    if not reach.covers(role, provider):
        raise MembershipRefused(NOT_YOURS, field="role")
    if not fits(role, provider):
        is_regional = role == Membership.Role.REGIONAL_LEAD
        sentence = NO_REGIONAL_LEAD_HERE if is_regional else NO_PDU_LEAD_HERE
        raise MembershipRefused(sentence, field="role")


def _check_person(reach: Reach, person: Any, role: str, actor: Any, today: date) -> None:
    """Keep leads from the accounts of others: an inspector with a role at a unit is lost to it.

    Whoever is to begin as one counts as well.
    """
    if person.pk == actor.pk:
        raise MembershipRefused(NOT_YOURSELF, field="email")
    if not person.is_active:
        raise MembershipRefused(DEACTIVATED if reach.is_operator else ASK_AN_OPERATOR)
    at_hmip = Membership.objects.ever_held().filter(role__in=Membership.AT_HMIP, user=person)
    inspects = at_hmip.exclude(ends_on__lt=today).exists()
    if inspects and role in Membership.AT_A_PROVIDER and not reach.is_operator:
        raise MembershipRefused(ASK_AN_OPERATOR, field="email")


def _check_days(reach: Reach, starts_on: date, ends_on: date | None, today: date) -> None:
    """Only operators write down what began earlier."""
    if starts_on < today and not reach.is_operator:
        raise MembershipRefused(IN_THE_PAST, field="starts_on")
    if starts_on > today + LONGEST_AHEAD:
        raise MembershipRefused(FAR_AHEAD, field="starts_on")
    if ends_on and ends_on < starts_on:
        raise MembershipRefused(ENDS_TOO_EARLY, field="ends_on")


def _check_lead(wanted: Membership) -> None:
    """A delegate stands in for one who leads there from the first of their days to the last."""
    if wanted.role != Membership.Role.DELEGATE:
        wanted.on_behalf_of = None
        return
    if wanted.on_behalf_of is None:
        raise MembershipRefused(NO_LEAD, field="lead")
    if wanted.on_behalf_of_id == wanted.user_id:
        raise MembershipRefused(NOT_THEIR_OWN, field="email")
    leads = Membership.objects.dated(wanted.starts_on).filter(
        role__in=Membership.LEADING, user=wanted.on_behalf_of, provider=wanted.provider
    )
    held = list(leads)
    if not held:
        raise MembershipRefused(NOT_A_LEAD, field="lead")
    if all(each.ends_on for each in held):
        last = max(each.ends_on for each in held if each.ends_on)
        if wanted.ends_on is None or wanted.ends_on > last:
            raise MembershipRefused(
                f"The lead’s own role ends on {govuk_date(last)}; a delegate stands in no longer.",
                field="ends_on",
            )


def _same_as(wanted: Membership) -> Membership | None:
    return Membership.objects.filter(
        user=wanted.user,
        role=wanted.role,
        provider=wanted.provider,
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
        on_behalf_of=wanted.on_behalf_of,
        given_by=wanted.given_by,
        ended_at=None,
    ).first()


def _stored(wanted: Membership) -> Membership:
    overlap = _overlapping(wanted).select_related("on_behalf_of").order_by("starts_on").first()
    if overlap:
        raise MembershipRefused(_already(overlap), field="starts_on")
    wanted.save(force_insert=True)
    return wanted


def _overlapping(wanted: Membership) -> QuerySet[Membership]:
    begins_before_the_end = Q(starts_on__lte=wanted.ends_on) if wanted.ends_on else Q()
    return Membership.objects.ever_held().filter(
        begins_before_the_end,
        Q(ends_on__isnull=True) | Q(ends_on__gte=wanted.starts_on),
        user=wanted.user,
        role=wanted.role,
        provider=wanted.provider,
    )


def _already(held: Membership) -> str:
    until = f"until {govuk_date(held.ends_on)}" if held.ends_on else "without a last day"
    behalf = f" for {person_name(held.on_behalf_of)}" if held.on_behalf_of else ""
    return (
        f"{person_name(held.user)} holds this role there{behalf} from {govuk_date(held.starts_on)} "
        f"{until}; choose days outside, or end that first."
    )
