"""What is answered when no view could answer: a page for people, a problem for programs."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults

from tracker.api.problems import MEDIA_TYPE, NOT_FOUND, problem

API = "/api/"
BAD_REQUEST = "The request cannot be read. Check the address and what was sent with it."
FAILED = "Something went wrong here; it was noted. Try again later."


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    if _is_for_a_program(request):
        return _problem(400, BAD_REQUEST)
    return _page(defaults.bad_request(request, exception))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    if _is_for_a_program(request):
        return _problem(404, NOT_FOUND)
    return _page(defaults.page_not_found(request, exception))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, without a word of the inside."""
    if _is_for_a_program(request):
        return _problem(500, FAILED)
    return _page(defaults.server_error(request))


def _is_for_a_program(request: HttpRequest) -> bool:
    return request.path.startswith(API)


def _problem(status: int, detail: str) -> HttpResponse:
    return JsonResponse(problem(status, detail), status=status, content_type=MEDIA_TYPE)


def _page(response: Any) -> HttpResponse:
    page: HttpResponse = response
    return page
