"""Tokens: hashed, expiring, read only, gone with their account; issued from the command line."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from knox.models import AuthToken
from rest_framework.test import APIClient

from tests.tracker.api.conftest import bearer
from tests.tracker.story import NOW, Story
from tests.world import PASSWORD
from tracker.api_tokens import issue_token

LIST = "/api/v1/recommendations/"


def refused(client: APIClient) -> Any:
    response = client.get(LIST)
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")
    assert response["Content-Type"] == "application/problem+json"
    return response.json()


def test_without_a_token_nobody_comes_in(db: None) -> None:
    assert refused(APIClient())["title"] == "Unauthorized"


@pytest.mark.parametrize(
    "header",
    ["Bearer", "Bearer x", "Bearer a b", "Bearer rt_" + "0" * 64, "Bearer rt_\x00", "Basic eDp5"],
)
def test_what_is_no_token_is_refused(header: str, story: Story) -> None:
    refused(APIClient(HTTP_AUTHORIZATION=header))


def test_bytes_that_are_no_text_are_refused_and_end_in_no_failure(story: Story) -> None:
    refused(APIClient(HTTP_AUTHORIZATION=b"Bearer \xff\xfe"))


def test_only_a_hash_is_stored_and_the_prefix_shows_what_it_is(story: Story) -> None:
    text = issue_token(user=story.lead)
    assert text.startswith("rt_")
    stored = AuthToken.objects.values().get()
    assert text not in str(stored)


def test_a_token_lasts_ninety_days_unless_told_otherwise(story: Story, time_machine: Any) -> None:
    client = bearer(story.lead)
    short = APIClient(
        HTTP_AUTHORIZATION=f"Bearer {issue_token(user=story.lead, expires_in=timedelta(days=2))}"
    )
    time_machine.move_to(NOW + timedelta(days=3), tick=False)
    refused(short)
    assert client.get(LIST).status_code == 200
    time_machine.move_to(NOW + timedelta(days=91), tick=False)
    refused(client)


def test_a_deactivated_account_takes_its_tokens_with_it(story: Story) -> None:
    client = bearer(story.lead)
    assert client.get(LIST).status_code == 200
    story.lead.is_active = False
    story.lead.save()
    refused(client)


def test_a_token_in_the_address_opens_nothing(story: Story) -> None:
    token = issue_token(user=story.lead)
    assert APIClient().get(LIST, {"token": token}).status_code == 401


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_token_only_reads(method: str, api: APIClient, story: Story) -> None:
    response = getattr(api, method)(f"{LIST}{story.recommendation.pk}/", {}, format="json")
    assert response.status_code == 403
    assert "only reads" in response.json()["detail"]


def test_a_session_needs_its_csrf_token_to_write(story: Story) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.login(username=story.lead.username, password=PASSWORD)
    assert client.get(LIST).status_code == 200
    response = client.post(LIST, {}, content_type="application/json")
    assert (response.status_code, response["Content-Type"]) == (403, "application/problem+json")


def test_the_command_prints_the_token_once_and_alone(story: Story) -> None:
    out, err = StringIO(), StringIO()
    call_command("create_api_token", story.lead.username, expires_in_days=5, stdout=out, stderr=err)
    text = out.getvalue().strip()
    assert APIClient(HTTP_AUTHORIZATION=f"Bearer {text}").get(LIST).status_code == 200
    assert AuthToken.objects.get().expiry == NOW + timedelta(days=5)
    assert text not in err.getvalue()


@pytest.mark.parametrize("days", [0, -1, 367])
def test_the_command_refuses_a_strange_time(days: int, story: Story) -> None:
    with pytest.raises(CommandError, match="between 1 and 366"):
        call_command("create_api_token", story.lead.username, expires_in_days=days)


def test_the_command_refuses_an_unknown_or_closed_account(story: Story) -> None:
    story.lead.is_active = False
    story.lead.save()
    for name in ("nobody", story.lead.username):
        with pytest.raises(CommandError, match="no active account"):
            call_command("create_api_token", name)
