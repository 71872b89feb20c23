"""What waits, counted: of everything, of each place, and of what stands beside the record."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from inspections.access import visible_inspections
from inspections.govuk_dates import govuk_date
from inspections.models import Inspection, Recommendation
from tracker.domain.sign_off import SIGNERS
from tracker.domain.vocabulary import Role
from tracker.queries.desk import Category, Counted, Group, Viewpoint
from tracker.queries.drafts import awaiting_signature_of, own_drafts
from tracker.queries.settling import count_to_settle

LIST = "admin:tracker_recommendationprogress_changelist"
DRAFTS = "admin:tracker_draft_changelist"
INSPECTIONS = "admin:inspections_inspection_changelist"
SETTLING = "admin:tracker_recommendationprogress_settling"
TO_SIGN = "to-sign"
"""The drafts that wait for one's signature, as their list calls them."""


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


def tallies(
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


def lines(categories: Sequence[Category], counted: Counted, viewpoint: Viewpoint) -> Sequence[Line]:
    """Return a line for each place and their sum; none where there is one place alone."""
    if len(counted.groups) <= 1:
        return []
    places = [
        _line(group.name, categories, group.counts, viewpoint, _place(group))
        for group in counted.groups
    ]
    return [*places, _line("Total", categories, counted.total, viewpoint)]


def _line(
    name: str,
    categories: Sequence[Category],
    counts: Mapping[str, int],
    viewpoint: Viewpoint,
    place: Mapping[str, int] | None = None,
) -> Line:
    to_sign = to_sign_tallies(counts, viewpoint, place)
    return Line(name=name, tallies=[*tallies(categories, counts, viewpoint, place), *to_sign])


def _place(group: Group) -> Mapping[str, int]:
    return {"region" if group.is_region else "unit": group.pk}


def count_to_sign(
    user: Any, visible: QuerySet[Recommendation], viewpoint: Viewpoint
) -> Mapping[int, int]:
    """Count what waits for the person's signature, by provider."""
    if not viewpoint.roles & SIGNERS:
        return {}
    waiting = awaiting_signature_of(user, viewpoint.today, visible=visible)
    provider = "recommendation__progress__provider"
    return dict(waiting.order_by().values_list(provider).annotate(Count("pk")))


def to_sign_tallies(
    counts: Mapping[str, int], viewpoint: Viewpoint, place: Mapping[str, int] | None = None
) -> list[Tally]:
    """Return the tally of drafts to sign, none for those who never sign."""
    if not viewpoint.roles & SIGNERS:
        return []
    meaning = "Prepared by others; your signature is the next."
    query = {"whose": TO_SIGN, **(place or {})}
    count = counts.get(TO_SIGN, 0)
    return [_draft_tally("Drafts awaiting your sign-off", count, meaning, query)]


def own_draft_tallies(
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


def to_settle_tallies(viewpoint: Viewpoint) -> list[Tally]:
    """Return what a later inspection left to be settled, for those who settle it."""
    if Role.LEAD_INSPECTOR not in viewpoint.roles:
        return []
    count = count_to_settle()
    meaning = "The provider was inspected again: close them, carry them forward or leave them open."
    address = reverse(SETTLING) if count else ""
    title = "Earlier recommendations to settle"
    return [Tally(title=title, count=count, address=address, meaning=meaning)]


def unpublished_tallies(user: Any, viewpoint: Viewpoint) -> list[Tally]:
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
