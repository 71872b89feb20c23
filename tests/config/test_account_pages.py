"""Signing in: our look, plain words, and no way to sign up."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_sign_in_page_offers_no_sign_up(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()

    assert '<h1 class="govuk-heading-l">Sign in</h1>' in page
    assert 'class="govuk-input"' in page
    assert "/accounts/signup/" not in page


def test_sign_up_is_closed(client: Client) -> None:
    page = client.get("/accounts/signup/").content.decode()

    assert "There is no public sign-up" in page
    assert "<form" not in page


def test_what_is_missing_is_said_at_the_top_and_beside_the_field(client: Client) -> None:
    page = client.post("/accounts/login/", {}).content.decode()

    assert "<title>Error: Sign in – Recommendation tracker</title>" in page
    assert page.count("Enter your password") == 2
    assert '<a href="#id_password">Enter your password</a>' in page
    assert 'aria-describedby="id_password_helptext id_password_error"' in page


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/logout/",
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/accounts/email/",
        "/accounts/3rdparty/",
    ],
)
def test_the_pages_of_an_account_stand_in_our_frame(client: Client, path: str) -> None:
    client.force_login(User.objects.create_user("lead", "lead@example.org", "a long secret"))

    page = client.get(path).content.decode()

    assert "govuk-generic-header" in page
    assert '<h1 class="govuk-heading-l">' in page
    assert "Menu:" not in page
