"""The pages that stand on their own: statements, errors, and the frame they share."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import server_error


@pytest.mark.parametrize("path", ["/cookies/", "/accessibility-statement/"])
def test_a_statement_is_open_to_all_and_needs_no_database(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 200
    page = response.content.decode()
    assert '<html lang="en-gb"' in page
    assert '<meta name="robots" content="noindex,nofollow">' in page
    assert '<meta name="theme-color" content="#12436d">' in page
    assert 'href="#main-content"' in page


@pytest.mark.parametrize("path", ["/cookies/", "/accessibility-statement/", "/nowhere/"])
def test_a_page_holds_nothing_that_the_content_security_policy_refuses(
    client: Client, path: str
) -> None:
    page = client.get(path).content.decode()

    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)


def test_a_missing_page_says_so_in_the_look_of_the_others(client: Client) -> None:
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert '<h1 class="govuk-heading-l">Page not found</h1>' in response.content.decode()


def test_a_form_without_its_token_is_refused_in_words() -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {})

    assert response.status_code == 403
    assert "The form could not be sent" in response.content.decode()


def test_the_page_for_a_server_error_needs_neither_request_nor_database() -> None:
    response = server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "there is a problem with the service" in response.content.decode()


@pytest.mark.parametrize("template", ["400.html", "403.html", "429.html"])
def test_every_error_page_renders(template: str) -> None:
    assert "govuk-heading-l" in render_to_string(template)
