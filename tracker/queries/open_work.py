"""The open work that hangs on a person: what must be handed over before they leave.

Words of a recommendation are shown to whoever may read it; others learn its number alone.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from inspections.access import visible_recommendations
from inspections.models import Membership, Provider
from tracker.domain import commands as c
from tracker.domain.sign_off import OF_A_PROVIDER
from tracker.domain.vocabulary import ActionStatus, Role
from tracker.models import ActionProgress, Draft, RecommendationProgress
from tracker.queries.labels import SHORT, in_short
from tracker.queries.names import action_name


class Kind(StrEnum):
    """What a person has to do with it."""

    ACCOUNTABLE = "accountable"
    ACTION = "action"


HANDS_OVER: dict[Kind, type[c.Command]] = {
    Kind.ACCOUNTABLE: c.Assign,
    Kind.ACTION: c.ChangeActionOwner,
}
"""The command that gives each kind of work to somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWork:
    """One recommendation the person answers for, or one open action they own.

    `words` say what it is about, and are "" for those who may not read the recommendation.
    """

    kind: Kind
    recommendation_id: int
    version: int
    number: int
    provider: Provider
    words: str
    action_id: UUID | None = None

    @property
    def key(self) -> str:
        """Tell it from all other work, as forms and requests name it."""
        return f"{self.kind.value}-{self.action_id or self.recommendation_id}"

    def handed_to(self, successor_id: int, *, reason: str) -> c.Command:
        """Return the command that makes it the successor's."""
        if self.action_id is None:
            return c.Assign(accountable_id=successor_id)
        return c.ChangeActionOwner(
            action_id=self.action_id, accountable_id=successor_id, reason=reason
        )


def open_work_of(
    person: Any, *, at: Collection[int] | None, reader: Any, today: date
) -> list[OpenWork]:
    """Return the person's open work at the providers `at`; everywhere where that is None."""
    readable = visible_recommendations(reader, today)
    accountable = RecommendationProgress.objects.filter(
        _at("provider", at), is_open=True, is_withdrawn=False, accountable=person.pk
    )
    owned = ActionProgress.objects.filter(
        _at("recommendation__progress__provider", at),
        recommendation__progress__is_open=True,
        recommendation__progress__is_withdrawn=False,
        status=ActionStatus.OPEN,
        accountable=person.pk,
    )
    seen = set(readable.filter(progress__in=accountable).values_list("pk", flat=True))
    seen |= set(readable.filter(actions__in=owned).values_list("pk", flat=True))
    found = [_answered_for(each, seen) for each in _joined(accountable)]
    return found + [_owned(each, seen) for each in _joined_actions(owned)]


def drafts_kept_by(person: Any, *, at: Collection[int] | None) -> int:
    """Count what the person prepares for the providers and has not given yet."""
    pending = Draft.objects.filter(settled_at=None, author=person.pk, acting_role__in=_SPEAKING)
    return pending.filter(_at("recommendation__addressee", at)).count()


def staying(today: date, *, within_days: int) -> QuerySet[Membership]:
    """Return the memberships that run today and do not end within some days."""
    return Membership.objects.current(today).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today + timedelta(days=within_days)),
        user__is_active=True,
    )


def needs_new_owner(today: date, *, within_days: int = 0) -> Q:
    """Match progress whose accountable person, or an action's owner, has left the addressee.

    Those who leave within some days count as well: their work is to be handed over by then.
    """
    stays = staying(today, within_days=within_days)
    answering = stays.filter(user=OuterRef("accountable"), provider=OuterRef("provider"))
    owning = stays.filter(user=OuterRef("accountable"), provider=OuterRef(OuterRef("provider")))
    left = ActionProgress.objects.filter(
        ~Exists(owning), recommendation=OuterRef("pk"), status=ActionStatus.OPEN
    )
    return Q(is_open=True, is_withdrawn=False) & (
        (Q(accountable__isnull=False) & ~Exists(answering)) | Exists(left)
    )


_SPEAKING = (*OF_A_PROVIDER, Role.REGIONAL_LEAD)


def _at(column: str, providers: Collection[int] | None) -> Q:
    return Q() if providers is None else Q(**{f"{column}__in": providers})


def _joined(rows: QuerySet[RecommendationProgress]) -> QuerySet[RecommendationProgress]:
    joined = rows.select_related("recommendation", "provider").defer("state")
    return joined.order_by("provider__name", "-published_on", "recommendation__number", "pk")


def _joined_actions(rows: QuerySet[ActionProgress]) -> QuerySet[ActionProgress]:
    joined = rows.select_related("recommendation__progress__provider").defer(
        "recommendation__progress__state"
    )
    return joined.order_by("target_on", "pk")


def _answered_for(row: RecommendationProgress, seen: Collection[int]) -> OpenWork:
    return OpenWork(
        kind=Kind.ACCOUNTABLE,
        recommendation_id=row.pk,
        version=row.version,
        number=row.recommendation.number,
        provider=row.provider,
        words=in_short(row.wording) if row.pk in seen else "",
    )


def _owned(row: ActionProgress, seen: Collection[int]) -> OpenWork:
    progress = row.recommendation.progress
    return OpenWork(
        kind=Kind.ACTION,
        recommendation_id=row.recommendation_id,
        version=progress.version,
        number=row.recommendation.number,
        provider=progress.provider,
        words=action_name(row.description, row.delivered_by, longest=SHORT)
        if row.recommendation_id in seen
        else "",
        action_id=row.action_id,
    )
