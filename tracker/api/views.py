"""The views of version 1: what is asked, what may be read, what is answered."""

from http import HTTPStatus
from typing import Any

import msgspec
from django.http import Http404
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from inspections.access import visible_providers
from inspections.models import Inspection, Provider, Recommendation
from tracker.api.doors import ReadingView, current_day, entity_tag, unless_unchanged
from tracker.api.events import event_row
from tracker.api.pages import cut_page, envelope, read_cursor
from tracker.api.parameters import (
    NoParameters,
    PageParameters,
    RecommendationParameters,
    asked,
    criteria_of,
)
from tracker.api.problems import MEDIA_TYPE
from tracker.api.shapes import (
    InspectionPageSerializer,
    ProblemSerializer,
    ProviderPageSerializer,
    RecommendationPageSerializer,
    RecommendationSerializer,
    TimelineSerializer,
)
from tracker.queries.evidence_files import scans_of
from tracker.queries.inspections import open_by_inspection, readable_inspections
from tracker.queries.lists import narrowed, readable_recommendations, rows
from tracker.queries.standing import current_rhythm
from tracker.queries.timeline import timeline

REFUSALS: dict[Any, Any] = {
    (status, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, description=HTTPStatus(status).phrase)
    for status in (400, 401, 403, 404, 406, 429)
}
UNCHANGED: dict[Any, Any] = {304: OpenApiResponse(description="You have the current state.")}


class RecommendationList(ReadingView):
    @extend_schema(
        operation_id="recommendations_list",
        parameters=[RecommendationParameters],
        responses={200: RecommendationPageSerializer, **REFUSALS},
    )
    def get(self, request: Request) -> Response:
        """List recommendations as they stand today, one flat row each, by ascending id."""
        values, today, rhythm = (
            asked(request, RecommendationParameters),
            current_day(),
            current_rhythm(),
        )
        found = narrowed(
            readable_recommendations(request.user, today),
            criteria_of(values),
            today=today,
            rhythm=rhythm,
        )
        page = cut_page(found, cursor=read_cursor(values.get("cursor")), size=values["page_size"])
        results = msgspec.to_builtins(rows(page.rows, today=today, rhythm=rhythm))
        return Response(envelope(request, page, results))


class RecommendationDetail(ReadingView):
    @extend_schema(
        operation_id="recommendations_read",
        responses={200: RecommendationSerializer, **UNCHANGED, **REFUSALS},
    )
    def get(self, request: Request, recommendation_id: int) -> HttpResponseBase:
        """Read one recommendation as it stands today."""
        asked(request, NoParameters)
        today = current_day()
        recommendation = _find(request, recommendation_id)
        (row,) = rows([recommendation], today=today, rhythm=current_rhythm())
        shown = msgspec.to_builtins(row)
        tag = entity_tag(request, version=row.version, day=today, shown=shown)
        return unless_unchanged(request, tag, lambda: shown)


class RecommendationTimeline(ReadingView):
    @extend_schema(
        operation_id="recommendations_timeline",
        responses={200: TimelineSerializer, **UNCHANGED, **REFUSALS},
    )
    def get(self, request: Request, recommendation_id: int) -> HttpResponseBase:
        """Read all events of one recommendation, newest first."""
        asked(request, NoParameters)
        recommendation = _find(request, recommendation_id)
        version = recommendation.progress.version
        files = scans_of(recommendation)
        tag = entity_tag(request, version=version, day=current_day(), shown=files)
        return unless_unchanged(request, tag, lambda: _timeline(request, recommendation))


class InspectionList(ReadingView):
    @extend_schema(
        operation_id="inspections_list",
        parameters=[PageParameters],
        responses={200: InspectionPageSerializer, **REFUSALS},
    )
    def get(self, request: Request) -> Response:
        """List published inspections, by ascending id."""
        values, today = asked(request, PageParameters), current_day()
        found = readable_inspections(request.user, today).filter(state=Inspection.State.PUBLISHED)
        page = cut_page(found, cursor=read_cursor(values.get("cursor")), size=values["page_size"])
        given = open_by_inspection(readable_recommendations(request.user, today))
        results = [_inspection_row(each, given.get(each.pk, (0, 0))) for each in page.rows]
        return Response(envelope(request, page, results))


class ProviderList(ReadingView):
    @extend_schema(
        operation_id="providers_list",
        parameters=[PageParameters],
        responses={200: ProviderPageSerializer, **REFUSALS},
    )
    def get(self, request: Request) -> Response:
        """List the providers whose recommendations may be read, by ascending id."""
        values = asked(request, PageParameters)
        found = visible_providers(request.user, current_day()).select_related("region")
        page = cut_page(found, cursor=read_cursor(values.get("cursor")), size=values["page_size"])
        return Response(envelope(request, page, [_provider_row(each) for each in page.rows]))


def _find(request: Request, recommendation_id: int) -> Recommendation:
    """Return the recommendation; a foreign one is missing like one that does not exist."""
    readable = readable_recommendations(request.user, current_day())
    found = readable.filter(pk=recommendation_id).first()
    if found is None:
        raise Http404
    return found


def _timeline(request: Request, recommendation: Recommendation) -> dict[str, Any]:
    readable = readable_recommendations(request.user, current_day())
    entries = timeline(recommendation.pk, visible=readable)
    return {
        "recommendation_id": recommendation.pk,
        "version": entries[0].version,
        "results": [event_row(entry) for entry in entries],
    }


def _inspection_row(inspection: Inspection, given: tuple[int, int]) -> dict[str, Any]:
    return {
        "id": inspection.pk,
        "provider_id": inspection.provider_id,
        "provider_name": inspection.provider_name,
        "title": inspection.title,
        "framework": inspection.framework.code,
        "published_on": inspection.published_on,
        "published_known_to": inspection.published_known_to,
        "fieldwork_starts_on": inspection.fieldwork_starts_on,
        "overall_rating": inspection.overall_rating or None,
        "score": inspection.score,
        "score_max": inspection.score_max,
        "recommendations": given[0],
        "recommendations_open": given[1],
    }


def _provider_row(provider: Provider) -> dict[str, Any]:
    region = provider if provider.kind == Provider.Kind.REGION else provider.region
    return {
        "id": provider.pk,
        "name": provider.name,
        "kind": provider.kind,
        "region_id": region.pk if region else None,
        "region_name": region.name if region else None,
    }
