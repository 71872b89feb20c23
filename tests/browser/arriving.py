"""Getting in and out: by the form of sign-in, or signed in already where that is not the point."""

from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.world import PASSWORD


def sign_in(page: Page, live_server: LiveServer, login: str) -> None:
    """Sign in by the form, on the way to the desk."""
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username or email address").fill(login)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()


def come_in(page: Page, site: str, person: User) -> None:
    """Be this person from now on, without the form."""
    client = Client()
    client.force_login(person)
    session = client.cookies["sessionid"].value
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
