"""What can wait for somebody: each category with its words, its condition and whose desk it is on.

Conditions ask `RecommendationProgress`. A count and its list differ in nothing but the counting,
for both take the condition from here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from tracker.domain.roles import DECIDERS, INSPECTORS, LEAD_INSPECTOR
from tracker.domain.vocabulary import (
    NOT_JUDGED,
    ActionStatus,
    Delivery,
    Response,
    Review,
    Role,
)
from tracker.models import ActionProgress, EscalationProgress
from tracker.queries import standing
from tracker.queries.desk.viewpoint import Viewpoint
from tracker.queries.open_work import needs_new_owner

PROVIDERS = frozenset({Role.PDU_LEAD, Role.DELEGATE, Role.ACTION_OWNER, Role.REGIONAL_LEAD})
FOLLOWERS = PROVIDERS | {Role.HMPPS_COORDINATOR}
"""Those who see to it that the provider does its part."""
LEADERS = frozenset({Role.PDU_LEAD, Role.DELEGATE, Role.REGIONAL_LEAD})
EVERYBODY = frozenset(Role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One kind of thing that waits. `title` and `meaning` may name the `{days}` of due soon.

    `desks` are the roles on whose desk it lies; `offered_to` those who may list it besides.
    `urgency` orders what is most pressing, from 1; 0 is never pressing.
    """

    code: str
    title: str
    meaning: str
    condition: Callable[[Viewpoint], Q]
    desks: frozenset[Role]
    offered_to: frozenset[Role] = EVERYBODY
    urgency: int = 0
    only_open: bool = True

    def title_for(self, viewpoint: Viewpoint) -> str:
        """Return what the category is called, with today's figures of practice."""
        return self.title.format(days=viewpoint.rhythm.due_soon_days)


def category_of(code: str) -> Category | None:
    """Return the category of that code, if there is one."""
    return BY_CODE.get(code)


def for_the_desk(viewpoint: Viewpoint) -> tuple[Category, ...]:
    """Return the categories that lie on the person's desk."""
    return tuple(each for each in CATEGORIES if each.desks & viewpoint.roles)


def offered(viewpoint: Viewpoint) -> tuple[Category, ...]:
    """Return the categories by which the person may narrow a list."""
    return tuple(each for each in CATEGORIES if each.offered_to & viewpoint.roles)


# --- Of the provider ------------------------------------------------------------------------------


def _overdue(viewpoint: Viewpoint) -> Q:
    return standing.overdue(viewpoint.today, of="") & Q(is_blocked=False)


def _overdue_but_blocked(viewpoint: Viewpoint) -> Q:
    return standing.overdue(viewpoint.today, of="") & Q(is_blocked=True)


def _due_soon(viewpoint: Viewpoint) -> Q:
    return standing.due_soon(viewpoint.today, viewpoint.rhythm, of="")


def _returned(_: Viewpoint) -> Q:
    return Q(is_open=True, review=Review.FURTHER_EVIDENCE_REQUESTED)


def _silent(viewpoint: Viewpoint) -> Q:
    return standing.silent(viewpoint.today, viewpoint.rhythm, of="")


def _awaiting_response(_: Viewpoint) -> Q:
    """Where a response is asked for at all, a day is due until it is there."""
    return Q(is_open=True, response=Response.AWAITING, due_on__isnull=False)


def _needs_owner(viewpoint: Viewpoint) -> Q:
    return needs_new_owner(viewpoint.today, within_days=viewpoint.rhythm.due_soon_days)


# --- Of those who decide --------------------------------------------------------------------------


def _extensions(viewpoint: Viewpoint) -> Q:
    """A region does not decide its own request; see `tracker.domain.openings`."""
    asked = ActionProgress.objects.filter(
        status=ActionStatus.OPEN, extension_asked_to__isnull=False
    )
    nationally = Role.HMPPS_COORDINATOR in viewpoint.roles
    where = Q() if nationally else viewpoint.units_of_own_regions()
    return Q(is_open=True, recommendation__in=asked.values("recommendation")) & where


def _escalations(viewpoint: Viewpoint) -> Q:
    waiting = EscalationProgress.objects.filter(is_answered=False)
    to_region = waiting.filter(addressed_to=Role.REGIONAL_LEAD).values("recommendation")
    to_hmpps = waiting.filter(addressed_to=Role.HMPPS_COORDINATOR).values("recommendation")
    within = viewpoint.units_of_own_regions() | viewpoint.own_regions()
    asked = Q(recommendation__in=to_region) & within
    if Role.HMPPS_COORDINATOR in viewpoint.roles:
        asked |= Q(recommendation__in=to_hmpps)
    return Q(is_open=True) & asked


# --- Of the inspectors ----------------------------------------------------------------------------


def _claimed(_: Viewpoint) -> Q:
    return Q(is_open=True, delivery=Delivery.REPORTED_COMPLETE, judgement=NOT_JUDGED)


def _to_review(viewpoint: Viewpoint) -> Q:
    return _claimed(viewpoint) & Q(review=Review.NONE, returned_on__isnull=True)


def _answered(viewpoint: Viewpoint) -> Q:
    return _claimed(viewpoint) & Q(review=Review.NONE, returned_on__isnull=False)


def _in_review(_: Viewpoint) -> Q:
    return Q(is_open=True, review=Review.STARTED, judgement=NOT_JUDGED)


def _judged(_: Viewpoint) -> Q:
    return Q(is_open=True) & ~Q(judgement=NOT_JUDGED)


def _not_agreed(_: Viewpoint) -> Q:
    return Q(is_open=True, response=Response.NOT_AGREED)


# --- Of everybody ---------------------------------------------------------------------------------


def _news(viewpoint: Viewpoint) -> Q:
    """What somebody else recorded; the first comparison is the one that an index answers."""
    seen = viewpoint.seen_position
    if seen is None:
        return Q(pk__in=())
    own = Q(last_actor_id=viewpoint.user_id)
    return Q(last_position__gt=seen) & (~own | (own & Q(others_position__gt=seen)))


CATEGORIES: tuple[Category, ...] = (
    Category(
        code="overdue",
        title="Overdue",
        meaning="A date has passed and nothing is recorded as blocking it.",
        condition=_overdue,
        desks=FOLLOWERS,
        urgency=3,
    ),
    Category(
        code="overdue_but_blocked",
        title="Overdue but blocked",
        meaning="A date has passed while a blocker stands. Not counted under overdue.",
        condition=_overdue_but_blocked,
        desks=FOLLOWERS,
        urgency=7,
    ),
    Category(
        code="due_soon",
        title="Due within {days} days",
        meaning="The next date is today or lies ahead.",
        condition=_due_soon,
        desks=FOLLOWERS,
        urgency=8,
    ),
    Category(
        code="returned",
        title="Returned by the inspector",
        meaning="Further evidence is asked for and completion is not reported again.",
        condition=_returned,
        desks=FOLLOWERS,
        urgency=4,
    ),
    Category(
        code="silent",
        title="Silent",
        meaning="Nothing was heard from the provider for longer than the review rhythm allows.",
        condition=_silent,
        desks=FOLLOWERS,
    ),
    Category(
        code="awaiting_response",
        title="Awaiting response",
        meaning="Not answered yet: agreed, partly agreed or not agreed.",
        condition=_awaiting_response,
        desks=FOLLOWERS,
    ),
    Category(
        code="needs_owner",
        title="Needs a new owner",
        meaning="Whoever is accountable, or owns an open action, has left or leaves soon.",
        condition=_needs_owner,
        desks=LEADERS,
        urgency=9,
    ),
    Category(
        code="extensions",
        title="More time to decide",
        meaning="More time is asked for and you can decide.",
        condition=_extensions,
        desks=DECIDERS,
        offered_to=DECIDERS,
        urgency=2,
    ),
    Category(
        code="escalations",
        title="Escalations to answer",
        meaning="Raised to you and not answered.",
        condition=_escalations,
        desks=DECIDERS,
        offered_to=DECIDERS,
        urgency=1,
    ),
    Category(
        code="answered",
        title="Returned and answered since",
        meaning="Completion is reported again after a request for further evidence.",
        condition=_answered,
        desks=INSPECTORS,
        urgency=5,
    ),
    Category(
        code="to_review",
        title="Reported complete, not reviewed",
        meaning="The provider reports completion and no review has started.",
        condition=_to_review,
        desks=INSPECTORS,
        urgency=6,
    ),
    Category(
        code="in_review",
        title="In review, not judged",
        meaning="A review has started and no judgement is recorded.",
        condition=_in_review,
        desks=INSPECTORS,
    ),
    Category(
        code="judged",
        title="Judged, not closed",
        meaning="Progress is judged and a lead inspector has not closed it.",
        condition=_judged,
        desks=LEAD_INSPECTOR,
    ),
    Category(
        code="not_agreed",
        title="Not agreed, not closed",
        meaning="The provider does not agree; a lead inspector may close it as accepted.",
        condition=_not_agreed,
        desks=LEAD_INSPECTOR,
    ),
    Category(
        code="new",
        title="New since your last visit",
        meaning="Somebody else has recorded something.",
        condition=_news,
        desks=EVERYBODY,
        only_open=False,
    ),
)
BY_CODE: Mapping[str, Category] = {each.code: each for each in CATEGORIES}
