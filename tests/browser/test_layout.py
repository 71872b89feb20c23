"""The frame of the pages in a real browser."""

import pytest
from playwright.sync_api import ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.accessibility import scrolls_sideways, violations

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["/cookies/", "/accessibility-statement/", "/accounts/login/"])
def test_a_page_is_accessible_narrow_and_within_its_policy(
    live_server: LiveServer, page: Page, path: str
) -> None:
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{live_server.url}{path}")

    assert violations(page) == []
    assert not scrolls_sideways(page)
    assert violations(page) == []
    assert complaints == []


def test_the_scripts_start_and_fold_the_menu_away_on_a_phone(
    live_server: LiveServer, page: Page
) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{live_server.url}/cookies/")

    assert not page.get_by_role("link", name="Sign in").is_visible()
    page.get_by_role("button", name="Menu").click()
    assert page.get_by_role("link", name="Sign in").is_visible()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts_the_menu_is_open(live_server: LiveServer, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{live_server.url}/cookies/")

    assert page.get_by_role("link", name="Sign in").is_visible()
