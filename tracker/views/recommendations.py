"""Pages of recommendations: where a person starts, the list, and the story of one."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from inspections.access import (
    SEES_ALL_RELEASED,
    memberships_of,
    visible_providers,
)
from inspections.admin_doors import memberships_held
from inspections.groups import noting_company
from tracker.domain.vocabulary import Role
from tracker.queries.detail import recommendation_sheet
from tracker.queries.evidence_files import OPENS_WITHDRAWN
from tracker.queries.inspections import open_by_inspection, readable_inspections
from tracker.queries.lists import (
    Criteria,
    counts,
    narrowed,
    readable_recommendations,
    rows,
)
from tracker.queries.names import judgement_scale
from tracker.queries.reminders import reminder_ledger
from tracker.queries.standing import current_rhythm
from tracker.queries.together import seen_together
from tracker.views.acting import way_to_act
from tracker.views.filters import ListFilter
from tracker.views.personal import current_day, personal_page

PAGE_SIZE = 25
MOST_ON_THE_START_PAGE = 10
NEWEST_FIRST = (
    F("inspection__published_on").desc(),
    F("inspection_id").desc(),
    F("number").asc(),
    F("pk").asc(),
)
EARLIEST_DUE_FIRST = (F("progress__next_target_on").asc(nulls_first=True), F("pk").asc())


@personal_page
def start(request: HttpRequest) -> HttpResponse:
    """Show what asks for attention today, and the newest inspections."""
    today, rhythm = current_day(), current_rhythm()
    readable = readable_recommendations(request.user, today)
    late = narrowed(readable, Criteria(overdue=True), today=today, rhythm=rhythm)
    late = late.order_by(*EARLIEST_DUE_FIRST)[:MOST_ON_THE_START_PAGE]
    inspections = readable_inspections(request.user, today)[:MOST_ON_THE_START_PAGE]
    context = {
        "holds_role": bool(memberships_held(request)),
        "counts": counts(readable, today=today, rhythm=rhythm),
        "overdue": rows(late, today=today, rhythm=rhythm),
        "scale": judgement_scale(),
        "inspections": inspections,
        "open_by_inspection": open_by_inspection(readable),
    }
    return render(request, "tracker/start.html", context)


@personal_page
def recommendation_list(request: HttpRequest) -> HttpResponse:
    """List what the person may read, narrowed by the form in the address."""
    today, rhythm = current_day(), current_rhythm()
    form = ListFilter(request.GET, providers=visible_providers(request.user, today))
    form.is_valid()
    found = narrowed(
        readable_recommendations(request.user, today), form.criteria, today=today, rhythm=rhythm
    )
    page = Paginator(found.order_by(*NEWEST_FIRST), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": rows(page.object_list, today=today, rhythm=rhythm),
        "scale": judgement_scale(),
        "is_narrowed": form.criteria != Criteria(),
    }
    return render(request, "tracker/recommendation_list.html", context)


@personal_page
def recommendation_detail(request: HttpRequest, recommendation_id: int) -> HttpResponse:
    """Show one recommendation and its timeline; a foreign one is not found."""
    today = current_day()
    readable = readable_recommendations(request.user, today)
    found = noting_company(readable, readable)
    recommendation = get_object_or_404(found, pk=recommendation_id)
    inspection = recommendation.inspection
    sheet = recommendation_sheet(
        recommendation, visible=readable, today=today, rhythm=current_rhythm()
    )
    roles = _roles_held(request.user, today)
    context = {
        "recommendation": recommendation,
        "inspection": inspection,
        "sheet": sheet,
        "shows_record": bool(roles & set(SEES_ALL_RELEASED)),
        "opens_withdrawn": bool(roles & OPENS_WITHDRAWN),
        "reminders": reminder_ledger(
            recommendation.pk, shows_errors=_may_read_errors(request.user, roles)
        ),
        "way_to_act": way_to_act(request.user, recommendation, today),
        "breadcrumbs": [
            ("Recommendations", reverse("recommendation_list")),
            (inspection.provider_name, reverse("inspection_detail", args=[inspection.pk])),
        ],
    }
    return render(request, "tracker/recommendation_detail.html", context)


@personal_page
def recommendation_together(request: HttpRequest, recommendation_id: int) -> HttpResponse:
    """Show how all bodies stand to which the recommendation is addressed, as far as one may see."""
    today = current_day()
    readable = readable_recommendations(request.user, today)
    recommendation = get_object_or_404(readable, pk=recommendation_id)
    seen = seen_together(recommendation, readable, today=today, rhythm=current_rhythm())
    inspection = recommendation.inspection
    context = {
        "heading": f"Recommendation {seen.bodies[0].row.number_of_year}, all bodies together",
        "together": seen,
        "inspection": inspection,
        "scale": judgement_scale(),
        "breadcrumbs": [
            ("Recommendations", reverse("recommendation_list")),
            (inspection.provider_name, reverse("inspection_detail", args=[inspection.pk])),
        ],
    }
    return render(request, "tracker/together.html", context)


def _roles_held(user: Any, today: date) -> frozenset[str]:
    """Return the person's roles; whoever gets as far as a recommendation holds one."""
    return frozenset(memberships_of(user, today).values_list("role", flat=True))


def _may_read_errors(user: Any, roles: frozenset[str]) -> bool:
    """Say whether what a mail server said, which may name addresses, is for this reader."""
    return bool(user.is_superuser) or Role.HMIP_ADMINISTRATOR in roles
