"""Every refusal is a problem detail: a sentence, and a pointer to the part that is meant."""

from typing import Any

import pytest
from django.http import HttpRequest
from rest_framework.exceptions import UnsupportedMediaType, ValidationError
from rest_framework.test import APIClient
from rest_framework.throttling import UserRateThrottle

from tests.tracker.story import Story
from tracker.api.problems import problem_response

LIST = "/api/v1/recommendations/"


def problem(response: Any, status: int) -> Any:
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "private, no-store"
    body = response.json()
    assert (body["status"], body["type"]) == (status, "about:blank")
    assert body["detail"].endswith(".")
    return body


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("pagesize=1", "pagesize"),
        ("format=csv", "format"),
        ("provider=x", "provider"),
        ("provider=", "provider"),
        ("provider=0", "provider"),
        ("provider=99999999999999999999", "provider"),
        ("number=-1", "number"),
        ("response=perhaps", "response"),
        ("response=agreed&response=awaiting", "response"),
        ("judgement=a%00b", "judgement"),
        ("is_open=maybe", "is_open"),
        ("published_from=01/09/2026", "published_from"),
        ("page_size=0", "page_size"),
        ("page_size=1001", "page_size"),
        ("page_size=1e9", "page_size"),
        ("cursor=nonsense", "cursor"),
        ("cursor=%C3%A9", "cursor"),
        ("cursor=YWZ0ZXI6OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "cursor"),
    ],
)
def test_a_parameter_that_cannot_be_is_named(query: str, name: str, api: APIClient) -> None:
    error, *_ = problem(api.get(f"{LIST}?{query}"), 400)["errors"]
    assert (error["parameter"], error["pointer"]) == (name, f"#/{name}")


def test_all_that_is_wrong_is_said_at_once(api: APIClient) -> None:
    errors = problem(api.get(f"{LIST}?provider=x&response=y"), 400)["errors"]
    assert {error["parameter"] for error in errors} == {"provider", "response"}


def test_a_detail_takes_no_parameter(api: APIClient, story: Story) -> None:
    for suffix in ("", "timeline/"):
        path = f"{LIST}{story.recommendation.pk}/{suffix}?as_at=2026-01-01"
        assert problem(api.get(path), 400)["errors"][0]["parameter"] == "as_at"


def test_what_is_missing_is_not_found(api: APIClient) -> None:
    problem(api.get(f"{LIST}{10**30}/"), 404)


def test_another_method_is_refused_to_a_session_with_the_methods_there_are(story: Story) -> None:
    client = APIClient()
    client.force_authenticate(story.lead)
    response = client.delete(LIST)
    problem(response, 405)
    assert "GET" in response["Allow"]


def test_a_form_of_answer_that_there_is_not_is_not_acceptable(api: APIClient) -> None:
    problem(api.get(LIST, HTTP_ACCEPT="text/csv"), 406)


def test_who_asks_too_often_is_told_when_to_come_again(
    api: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(UserRateThrottle, "THROTTLE_RATES", {"user": "2/min"})
    assert [api.get(LIST).status_code for _ in range(2)] == [200, 200]
    response = api.get(LIST)
    problem(response, 429)
    assert int(response["Retry-After"]) > 0


def test_a_body_of_another_type_is_refused() -> None:
    response = problem_response(UnsupportedMediaType("text/plain"), {})
    assert response is not None
    assert (response.status_code, response.data["title"]) == (415, "Unsupported Media Type")


def test_a_part_of_a_body_is_pointed_to() -> None:
    response = problem_response(ValidationError({"text": ["Say what was done."]}), {})
    assert response is not None
    assert response.data["errors"] == [{"detail": "Say what was done.", "pointer": "#/text"}]


def test_a_body_that_is_wrong_as_a_whole_is_pointed_to_as_a_whole() -> None:
    response = problem_response(ValidationError("Nothing fits."), {})
    assert response is not None
    assert response.data["errors"] == [{"detail": "Nothing fits.", "pointer": "#/"}]


def test_the_unexpected_is_not_swallowed() -> None:
    assert problem_response(RuntimeError("canary"), {"request": HttpRequest()}) is None
