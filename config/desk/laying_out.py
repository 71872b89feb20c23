"""The desk of one person, put together from what waits, what presses and what is measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from config.desk.steps import Gauge, Step, gauge, step
from config.desk.tallies import (
    TO_SIGN,
    Line,
    Tally,
    count_to_sign,
    lines,
    own_draft_tallies,
    tallies,
    to_settle_tallies,
    to_sign_tallies,
    unpublished_tallies,
)
from inspections.admin_doors import memberships_held
from inspections.models import Recommendation
from inspections.whole_numbers import whole_number
from tracker import services
from tracker.domain.roles import UPDATERS
from tracker.domain.vocabulary import Role
from tracker.queries.desk import (
    FOLLOWERS,
    count_by_group,
    for_the_desk,
    measures_to_watch,
    most_pressing,
    viewpoint_of,
)
from tracker.queries.permitted import visible_progress

MOST_PRESSING = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """All that the page shows; `lines` only where there are several places, their sum last.

    Without `knows_urgency` no word is said of what is urgent: only those who follow dates can be
    told that nothing is.

    `seen_up_to` is the position of the newest entry among what is new; 0 when nothing is.
    """

    tallies: Sequence[Tally]
    places: str
    lines: Sequence[Line]
    knows_urgency: bool
    steps: Sequence[Step]
    measures: Sequence[Gauge]
    seen_up_to: int
    records_updates: bool
    assures: bool

    @property
    def is_clear(self) -> bool:
        """Say whether nothing waits at all."""
        return not any(tally.count for tally in self.tallies)


def lay_out(request: HttpRequest, today: date) -> Desk | None:
    """Return the desk of the signed-in person; None for an operator who holds no role."""
    held = memberships_held(request)
    if not held:
        return None
    viewpoint = viewpoint_of(request.user, today, held=held)
    categories = for_the_desk(viewpoint)
    rows = visible_progress(request.user, today, held=held)
    visible = Recommendation.objects.filter(pk__in=rows.values("pk"))
    to_sign = count_to_sign(request.user, visible, viewpoint)
    counted = count_by_group(rows, categories, viewpoint, also={TO_SIGN: to_sign})
    pressing = most_pressing(rows, categories, viewpoint, counts=counted.total, limit=MOST_PRESSING)
    return Desk(
        tallies=[
            *tallies(categories, counted.total, viewpoint),
            *to_settle_tallies(viewpoint),
            *to_sign_tallies(counted.total, viewpoint),
            *own_draft_tallies(request.user, visible, viewpoint),
            *unpublished_tallies(request.user, viewpoint),
        ],
        places="region" if viewpoint.is_national else "unit",
        lines=lines(categories, counted, viewpoint),
        knows_urgency=bool(pressing) or bool(viewpoint.roles & FOLLOWERS),
        steps=[step(each, viewpoint) for each in pressing],
        measures=[gauge(each) for each in measures_to_watch(rows, viewpoint)],
        seen_up_to=counted.newest,
        assures=Role.REGIONAL_LEAD in viewpoint.roles,
        records_updates=bool(viewpoint.roles & UPDATERS),
    )


def see_all(request: HttpRequest) -> HttpResponse:
    """Mark what the person's desk showed as seen; a number that is none marks nothing."""
    position = whole_number(request.POST.get("seen_up_to", ""))
    if position is not None:
        services.mark_seen(request.user, position=position, now=timezone.now())
        messages.success(request, "Everything recorded so far is marked as seen.")
    return HttpResponseRedirect(reverse("admin:index"))
