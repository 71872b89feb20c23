"""How a refusal looks: problem details (RFC 9457), one sentence each, and nothing of the inside."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

MEDIA_TYPE = "application/problem+json"
NOT_FOUND = "There is no such thing here, or it is not one of yours. Check the address."
Problem = dict[str, Any]


class BadParameters(ValidationError):  # noqa: N818 - an expected refusal
    """Something in the query string is unknown or wrong; `detail` maps names to sentences."""


def problem_response(exception: Exception, context: Mapping[str, Any]) -> Response | None:
    """Answer an expected failure; None for the unexpected, which propagates and is logged."""
    response = exception_handler(exception, dict(context))
    if response is None:
        return None
    response.data = problem(response.status_code, _detail(response))
    if isinstance(exception, ValidationError):
        response.data["errors"] = list(_errors(exception))
    response.content_type = MEDIA_TYPE
    response["Cache-Control"] = "private, no-store"
    return response


def problem(status: int, detail: str) -> Problem:
    """Return the members of a problem; the title is the status's own phrase."""
    title = HTTPStatus(status).phrase
    return {"type": "about:blank", "title": title, "status": status, "detail": detail}


def _detail(response: Response) -> str:
    if response.status_code == HTTPStatus.NOT_FOUND:
        return NOT_FOUND  # the same for missing and foreign
    if response.status_code == HTTPStatus.BAD_REQUEST:
        return "Something in the request is not right; `errors` says what. Mend it and try again."
    return str(response.data["detail"])


def _errors(exception: ValidationError) -> Iterator[Problem]:
    """Yield one entry per sentence, pointing to what it is about."""
    details = exception.detail if isinstance(exception.detail, dict) else {"": exception.detail}
    for name, sentences in details.items():
        for sentence in sentences if isinstance(sentences, list) else [sentences]:
            place = {"parameter": name} if isinstance(exception, BadParameters) else {}
            yield {"detail": str(sentence), "pointer": f"#/{name}", **place}
