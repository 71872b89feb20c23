"""Pages of inspections: the list, and what one report said with where its recommendations stand."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from inspections.groups import groups_among
from tracker.queries.inspections import inspection_sheet, open_by_inspection, readable_inspections
from tracker.queries.lists import Criteria, narrowed, readable_recommendations, rows
from tracker.queries.names import judgement_scale
from tracker.queries.standing import current_rhythm
from tracker.views.personal import current_day, personal_page

PAGE_SIZE = 25


@personal_page
def inspection_list(request: HttpRequest) -> HttpResponse:
    """List the inspections the person may read, newest first."""
    today = current_day()
    found = readable_inspections(request.user, today)
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "open_by_inspection": open_by_inspection(readable_recommendations(request.user, today)),
    }
    return render(request, "tracker/inspection_list.html", context)


@personal_page
def inspection_detail(request: HttpRequest, inspection_id: int) -> HttpResponse:
    """Show one inspection; of its recommendations, those the person may read."""
    today, rhythm = current_day(), current_rhythm()
    inspection = get_object_or_404(readable_inspections(request.user, today), pk=inspection_id)
    of_this = narrowed(
        readable_recommendations(request.user, today),
        Criteria(inspection=inspection.pk),
        today=today,
        rhythm=rhythm,
    )
    context = {
        "inspection": inspection,
        "fieldwork_month": _first_day(inspection.fieldwork_month),
        "sheet": inspection_sheet(inspection),
        "rows": rows(of_this.order_by("number", "pk"), today=today, rhythm=rhythm),
        "scale": judgement_scale(),
        "groups": groups_among(of_this),
        "breadcrumbs": [("Inspections", reverse("inspection_list"))],
    }
    return render(request, "tracker/inspection_detail.html", context)


def _first_day(month: str) -> date | None:
    """Return the first day of a month written YYYY-MM."""
    return date.fromisoformat(f"{month}-01") if month else None
