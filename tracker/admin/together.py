"""The page of one recommendation to several bodies: how each stands, as far as one may see them."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tracker.queries.lists import readable_recommendations
from tracker.queries.names import judgement_scale
from tracker.queries.standing import current_rhythm
from tracker.queries.together import seen_together


@require_safe
def together(request: HttpRequest, pk: int, *, context: Mapping[str, Any]) -> HttpResponse:
    """Show the bodies of the recommendation's group that the person may see."""
    today = timezone.localdate()
    readable = readable_recommendations(request.user, today)
    recommendation = readable.filter(pk=pk).first()
    if recommendation is None:
        raise Http404
    seen = seen_together(recommendation, readable, today=today, rhythm=current_rhythm())
    details = {
        "title": f"Recommendation {seen.bodies[0].row.number_of_year}, all bodies together",
        "together": seen,
        "inspection": recommendation.inspection,
        "scale": judgement_scale(),
    }
    return TemplateResponse(request, "admin/tracker/together.html", {**context, **details})
