"""The desk as a page: what waits for the signed-in person, each count linked to its list.

What waits is for `tracker.queries.desk`; here it gets its words, its links and its order.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from inspections.access import visible_inspections
from inspections.admin_doors import memberships_held
from inspections.govuk_dates import govuk_date
from inspections.models import Inspection, Recommendation
from inspections.whole_numbers import whole_number
from tracker import services
from tracker.domain.roles import UPDATERS
from tracker.domain.sign_off import SIGNERS
from tracker.domain.vocabulary import Role
from tracker.forms import CommandForm
from tracker.forms.obstacles import AnswerEscalationForm
from tracker.forms.progress import RecordProgressUpdateForm
from tracker.forms.response import RespondForm
from tracker.forms.target_dates import DecideTargetDateExtensionForm
from tracker.queries.desk import (
    FOLLOWERS,
    Category,
    Counted,
    Group,
    Measured,
    Pressing,
    Viewpoint,
    count_by_group,
    for_the_desk,
    measures_to_watch,
    most_pressing,
    viewpoint_of,
)
from tracker.queries.drafts import awaiting_signature_of, own_drafts
from tracker.queries.permitted import visible_progress
from tracker.queries.settling import count_to_settle

LIST = "admin:tracker_recommendationprogress_changelist"
PAGE = "admin:tracker_recommendationprogress_change"
FORM = "admin:tracker_recommendationprogress_give"
DRAFTS = "admin:tracker_draft_changelist"
INSPECTIONS = "admin:inspections_inspection_changelist"
SETTLING = "admin:tracker_recommendationprogress_settling"
MOST_PRESSING = 10
TO_SIGN = "to-sign"
"""The drafts that wait for one's signature, as their list calls them."""

NEXT_STEPS: Mapping[str, type[CommandForm]] = {
    "escalations": AnswerEscalationForm,
    "extensions": DecideTargetDateExtensionForm,
}
"""What to do about a pressing item, by its category; for any other see `_next_step`."""

COLOURS: Mapping[str, str] = {
    "overdue": "red",
    "overdue_but_blocked": "orange",
    "returned": "orange",
    "due_soon": "yellow",
}
"""The colours of tags by category, blue for all others; the words say it already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A count and the list it leads to; no address where there is nothing to list."""

    title: str
    count: int
    address: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What waits at one place, a tally for each category in the order of the columns."""

    name: str
    tallies: Sequence[Tally]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One pressing recommendation, and the form that takes it further where the person holds it."""

    pressing: Pressing
    why: str
    page: str
    colour: str
    form: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """A measure to watch, and the page on which all its figures stand."""

    measured: Measured
    page: str


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
    to_sign = _to_sign(request.user, visible, viewpoint)
    counted = count_by_group(rows, categories, viewpoint, also={TO_SIGN: to_sign})
    total = _tallies(categories, counted.total, viewpoint)
    drafts = [
        *_to_sign_tallies(counted.total, viewpoint),
        *_own_drafts(request.user, visible, viewpoint),
    ]
    pressing = most_pressing(rows, categories, viewpoint, counts=counted.total, limit=MOST_PRESSING)
    return Desk(
        tallies=[*total, *_to_settle(viewpoint), *drafts, *_unpublished(request.user, viewpoint)],
        places="region" if viewpoint.is_national else "unit",
        lines=_lines(categories, counted, viewpoint),
        knows_urgency=bool(pressing) or bool(viewpoint.roles & FOLLOWERS),
        steps=[_step(each, viewpoint) for each in pressing],
        measures=[_gauge(each) for each in measures_to_watch(rows, viewpoint)],
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


def _tallies(
    categories: Sequence[Category],
    counts: Mapping[str, int],
    viewpoint: Viewpoint,
    place: Mapping[str, int] | None = None,
) -> list[Tally]:
    """Return a tally for each category, of everything or of one place."""
    return [
        Tally(
            title=each.title_for(viewpoint),
            count=counts.get(each.code, 0),
            address=_list(desk=each.code, **(place or {})) if counts.get(each.code) else "",
            meaning=_news_meaning(viewpoint) if each.code == "new" else each.meaning,
        )
        for each in categories
    ]


def _news_meaning(viewpoint: Viewpoint) -> str:
    if viewpoint.seen_at is None:
        return "From your next visit on: what somebody else has recorded."
    last_here = govuk_date(viewpoint.seen_at)
    return f"Somebody else has recorded something since you were last here, on {last_here}."


def _lines(
    categories: Sequence[Category], counted: Counted, viewpoint: Viewpoint
) -> Sequence[Line]:
    if len(counted.groups) <= 1:
        return []
    lines = [
        _line(group.name, categories, group.counts, viewpoint, _place(group))
        for group in counted.groups
    ]
    return [*lines, _line("Total", categories, counted.total, viewpoint)]


def _line(
    name: str,
    categories: Sequence[Category],
    counts: Mapping[str, int],
    viewpoint: Viewpoint,
    place: Mapping[str, int] | None = None,
) -> Line:
    tallies = _tallies(categories, counts, viewpoint, place)
    return Line(name=name, tallies=[*tallies, *_to_sign_tallies(counts, viewpoint, place)])


def _place(group: Group) -> Mapping[str, int]:
    return {"region" if group.is_region else "unit": group.pk}


def _step(pressing: Pressing, viewpoint: Viewpoint) -> Step:
    progress, category = pressing.progress, pressing.category
    form = _next_step(pressing)
    found: dict[str, Any] = {
        "pressing": pressing,
        "why": category.title_for(viewpoint),
        "colour": COLOURS.get(category.code, "blue"),
        "page": reverse(PAGE, args=(progress.pk,)),
    }
    if not viewpoint.may_give(form.gives, progress.provider):
        return Step(**found)
    return Step(**found, form=reverse(FORM, args=(progress.pk, form.slug())), words=form.heading)


def _gauge(measured: Measured) -> Gauge:
    page = reverse(PAGE, args=(measured.recommendation.pk,))
    return Gauge(measured=measured, page=f"{page}#measures")


def _next_step(pressing: Pressing) -> type[CommandForm]:
    """Return the form that cures what presses: an update does not stand in for a response."""
    otherwise = RespondForm if pressing.waits_for_response else RecordProgressUpdateForm
    return NEXT_STEPS.get(pressing.category.code, otherwise)


def _to_sign(
    user: Any, visible: QuerySet[Recommendation], viewpoint: Viewpoint
) -> Mapping[int, int]:
    """Count what waits for the person's signature, by provider."""
    if not viewpoint.roles & SIGNERS:
        return {}
    waiting = awaiting_signature_of(user, viewpoint.today, visible=visible)
    provider = "recommendation__progress__provider"
    return dict(waiting.order_by().values_list(provider).annotate(Count("pk")))


def _to_sign_tallies(
    counts: Mapping[str, int], viewpoint: Viewpoint, place: Mapping[str, int] | None = None
) -> list[Tally]:
    """Return the tally of drafts to sign, none for those who never sign."""
    if not viewpoint.roles & SIGNERS:
        return []
    meaning = "Prepared by others; your signature is the next."
    query = {"whose": TO_SIGN, **(place or {})}
    count = counts.get(TO_SIGN, 0)
    return [_draft_tally("Drafts awaiting your sign-off", count, meaning, query)]


def _own_drafts(
    user: Any, visible: QuerySet[Recommendation], viewpoint: Viewpoint
) -> Iterator[Tally]:
    """Yield what the person has not finished themselves."""
    own = own_drafts(user, viewpoint.today, visible=visible)
    count = own.aggregate(all=Count("pk"), returned=Count("pk", filter=Q(state="returned")))
    if count["returned"]:
        meaning = "Whoever read them says why."
        query = {"whose": "returned"}
        yield _draft_tally("Drafts returned to you", count["returned"], meaning, query)
    meaning = "Forms that you have kept, submitted or got back; none of it is recorded yet."
    yield _draft_tally("Your drafts", count["all"], meaning, {"whose": "own"})


def _draft_tally(title: str, count: int, meaning: str, query: Mapping[str, object]) -> Tally:
    address = f"{reverse(DRAFTS)}?{urlencode(query)}" if count else ""
    return Tally(title=title, count=count, address=address, meaning=meaning)


def _to_settle(viewpoint: Viewpoint) -> list[Tally]:
    """Return what a later inspection left to be settled, for those who settle it."""
    if Role.LEAD_INSPECTOR not in viewpoint.roles:
        return []
    count = count_to_settle()
    meaning = "The provider was inspected again: close them, carry them forward or leave them open."
    address = reverse(SETTLING) if count else ""
    title = "Earlier recommendations to settle"
    return [Tally(title=title, count=count, address=address, meaning=meaning)]


def _unpublished(user: Any, viewpoint: Viewpoint) -> list[Tally]:
    """Return the inspections that administrators have not finished, by their state."""
    if Role.HMIP_ADMINISTRATOR not in viewpoint.roles:
        return []
    by_state = visible_inspections(user, viewpoint.today).order_by().values_list("state")
    counts = dict(by_state.annotate(Count("pk", distinct=True)))
    states = {
        Inspection.State.DRAFT: ("Inspections to finish", "Imported and not published."),
        Inspection.State.EMBARGOED: ("Inspections under embargo", "Shown to named readers only."),
    }
    return [
        Tally(
            title=title,
            count=counts.get(state, 0),
            address=f"{reverse(INSPECTIONS)}?state__exact={state}" if counts.get(state) else "",
            meaning=meaning,
        )
        for state, (title, meaning) in states.items()
    ]


def _list(**query: object) -> str:
    return f"{reverse(LIST)}?{urlencode(query)}"
