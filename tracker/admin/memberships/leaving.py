"""What the end of a membership would touch: open work, delegates, drafts, the lead of a unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from inspections.access import members_of
from inspections.memberships.ending import delegations_after, is_last_lead, remains
from inspections.models import Membership
from tracker.domain.vocabulary import Role
from tracker.queries.open_work import (
    HANDS_OVER,
    Kind,
    OpenWork,
    drafts_kept_by,
    open_work_of,
    staying,
)
from tracker.queries.permitted import find_situations
from tracker.queries.standing import current_rhythm

KINDS: Mapping[Kind, str] = {Kind.ACCOUNTABLE: "Accountable", Kind.ACTION: "Owner of an action"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One piece of open work, in which role the person at the screen hands it over, and to whom.

    Without successors it is for others to hand over.
    """

    work: OpenWork
    acting_role: Role | None = None
    successors: Mapping[int, str]

    @property
    def kind(self) -> str:
        """What the person who leaves has to do with it."""
        return KINDS[self.work.kind]

    @property
    def where(self) -> str:
        """Name the recommendation, in no words of its own."""
        return f"Recommendation {self.work.number}, {self.work.provider}"

    @property
    def words(self) -> str:
        """Name it in a line."""
        return f"{self.where}: {self.work.words}" if self.work.words else self.where


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """One membership before it is ended, and everything its end would touch."""

    membership: Membership
    offers: Sequence[Offer]
    drafts: int
    colleagues: Mapping[int, str]
    today: date

    @property
    def delegations(self) -> Sequence[Membership]:
        """Who stands in for the person there, and would stop."""
        found = delegations_after(self.membership, self.today)
        return list(found.select_related("user").order_by("pk"))

    @property
    def is_last_lead(self) -> bool:
        """Whether the provider would be left without a lead if it ended today."""
        return is_last_lead(self.membership, self.today)

    @property
    def other_roles(self) -> Sequence[Membership]:
        """By which roles the person stays there all the same."""
        return list(remains(self.membership, self.today).order_by("pk"))

    @property
    def asks_others(self) -> bool:
        """Whether some of the work is for others to hand over."""
        return bool(self.colleagues) and any(not offer.successors for offer in self.offers)

    @property
    def has_nobody_to_ask(self) -> bool:
        """Whether there is work and nobody at the provider who could take it over."""
        return bool(self.offers) and not self.colleagues


def leaving_of(reader: Any, membership: Membership, today: date) -> Leaving:
    """Return what the end of the membership touches, and what of it the reader can hand over."""
    at = [membership.provider_id] if membership.provider_id else []
    work = open_work_of(membership.user, at=at, reader=reader, today=today)
    colleagues = _colleagues(membership, today)
    return Leaving(
        membership=membership,
        offers=_offers(work, colleagues, reader=reader, today=today),
        drafts=drafts_kept_by(membership.user, at=at),
        colleagues=colleagues,
        today=today,
    )


def _offers(
    work: Sequence[OpenWork], colleagues: Mapping[int, str], *, reader: Any, today: date
) -> list[Offer]:
    """Say of each piece of work in which role the reader hands it over, if in any."""
    situations = find_situations(reader, {each.recommendation_id for each in work}, today)
    found = []
    for each in work:
        situation = situations.get(each.recommendation_id)
        roles = situation.roles_open_to(HANDS_OVER[each.kind]) if situation else ()
        role = roles[0] if roles else None
        found.append(Offer(work=each, acting_role=role, successors=colleagues if role else {}))
    return found


def _colleagues(membership: Membership, today: date) -> Mapping[int, str]:
    """Return the others of the provider's people who stay there.

    Who stands in for the leaver leaves as well; who leaves soon would need a successor at once.
    """
    if membership.provider is None:
        return {}
    leaving = {each.user_id for each in delegations_after(membership, today)}
    people = members_of(membership.provider, today)
    soon = current_rhythm().due_soon_days
    stay = staying(today, within_days=soon).filter(provider=membership.provider)
    fit = set(stay.values_list("user_id", flat=True)) - leaving - {membership.user_id}
    return {pk: name for pk, name in people.items() if pk in fit}
