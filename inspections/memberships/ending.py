"""Ends a membership on a day that has not passed; the row says who did so, when and why."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from inspections.memberships.reach import reach_of
from inspections.memberships.refusal import MembershipRefused
from inspections.models import Membership

NOT_YOURS = "This membership is not yours to end."
PASSED = "The last day has passed; choose today or a later day."
OVER = "This membership has ended already; nothing was changed."
LATER = "It ends earlier already; a last day is brought forward, and never put off."


def end_membership(
    *, membership: Membership, last_day: date, actor: Any, now: datetime, reason: str = ""
) -> None:
    """Set the last day, and that of the delegates who stand in for the person there.

    What has not begun ends before it begins. Runs with the row locked by the caller or here.

    Raises: MembershipRefused.
    """
    today = timezone.localdate(now)
    if not reach_of(actor, today).covers(membership.role, membership.provider):
        raise MembershipRefused(NOT_YOURS)
    with transaction.atomic():
        row = Membership.objects.select_for_update().get(pk=membership.pk)
        if row.ended_at and row.ends_on == last_day:
            return  # sent twice
        _check(row, last_day, today)
        for ended in (row, *delegations_after(row, last_day)):
            _end(ended, last_day, actor=actor, now=now, reason=reason if ended == row else "")
    membership.refresh_from_db()


def is_over(membership: Membership, today: date) -> bool:
    """Say whether it holds no more and will not again."""
    return membership.ends_on is not None and membership.ends_on < today


def delegations_after(membership: Membership, last_day: date) -> QuerySet[Membership]:
    """Return the delegations that name the person there and would outlast the last day.

    None where the person leads there by another membership.
    """
    if membership.role not in Membership.LEADING or leads_otherwise(membership, last_day):
        return Membership.objects.none()
    outlast = Q(ends_on__isnull=True) | Q(ends_on__gt=last_day)
    return Membership.objects.ever_held().filter(
        outlast,
        role=Membership.Role.DELEGATE,
        provider=membership.provider_id,
        on_behalf_of=membership.user_id,
    )


def leads_otherwise(membership: Membership, last_day: date) -> bool:
    """Say whether the person still leads there on the day after by another membership."""
    return _held_after(membership, last_day).filter(role__in=Membership.LEADING).exists()


def remains(membership: Membership, last_day: date) -> QuerySet[Membership]:
    """Return the other memberships that the person holds there on the day after."""
    return _held_after(membership, last_day)


def is_last_lead(membership: Membership, last_day: date) -> bool:
    """Say whether nobody would lead there from the day after."""
    if membership.role not in Membership.LEADING:
        return False
    others = Membership.objects.dated(last_day + timedelta(days=1)).filter(
        role=membership.role, provider=membership.provider_id, user__is_active=True
    )
    return not others.exclude(pk=membership.pk).exists()


def _held_after(membership: Membership, last_day: date) -> QuerySet[Membership]:
    after = Membership.objects.current(last_day + timedelta(days=1))
    same = after.filter(user=membership.user_id, provider=membership.provider_id)
    return same.exclude(pk=membership.pk)


def _check(row: Membership, last_day: date, today: date) -> None:
    if row.ends_on and (row.ends_on < today or row.ends_on < row.starts_on):
        raise MembershipRefused(OVER)
    if last_day < today:
        raise MembershipRefused(PASSED, field="last_day")
    if row.ends_on and last_day > row.ends_on:
        raise MembershipRefused(LATER, field="last_day")


def _end(row: Membership, last_day: date, *, actor: Any, now: datetime, reason: str) -> None:
    row.ends_on, row.ended_by, row.ended_at, row.ending_reason = last_day, actor, now, reason
    row.save(update_fields=["ends_on", "ended_by", "ended_at", "ending_reason"])
