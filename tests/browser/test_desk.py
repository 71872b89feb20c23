"""The desk and the list in a real browser: from landing to a saved update in few clicks."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from inspections.models import Membership
from tests.browser.accessibility import scrolls_sideways, violations
from tests.browser.arriving import sign_in
from tests.browser.listening import listen
from tests.tracker.story import Story
from tests.visitor import LIST
from tests.world import FIRST_DAY
from tracker.domain.vocabulary import Role
from tracker.models import Event

pytestmark = pytest.mark.browser
WIDE: ViewportSize = {"width": 1280, "height": 900}
MOST_CLICKS = 3


@pytest.fixture
def story(live_server: LiveServer) -> Story:
    story = Story(recommendations=2)
    story.plan(timezone.localdate() + timedelta(days=9))
    return story


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """Heard to the end of each test: none at all."""
    heard = listen(page)
    yield heard
    assert heard == []


NOTE_CLICKS = """addEventListener("click", (event) => {
  const noted = JSON.parse(sessionStorage.getItem("clicks") || "[]");
  const words = event.target.innerText || event.target.value || event.target.tagName;
  sessionStorage.setItem("clicks", JSON.stringify([...noted, words]));
}, true);"""


def clicks(page: Page) -> list[str]:
    """Return what was clicked, by its words, as the browser noted it from page to page."""
    noted: list[str] = page.evaluate('JSON.parse(sessionStorage.getItem("clicks") || "[]")')
    return noted


def test_from_landing_to_a_saved_update_in_two_clicks(
    live_server: LiveServer, page: Page, story: Story, complaints: list[str]
) -> None:
    sign_in(page, live_server, story.lead.username)
    page.wait_for_url("**/admin/")
    page.add_init_script(NOTE_CLICKS)
    page.reload()

    urgent = page.get_by_role("region", name="Most urgent")
    urgent.get_by_role("link", name="Record an update on recommendation 1").click()
    page.get_by_label("What was done").focus()
    before_typing = clicks(page)
    page.keyboard.type("Twenty of twenty plans were read.")
    page.get_by_role("button", name="Record the update", exact=True).click()

    assert page.get_by_text("The update is recorded.").is_visible()
    assert 1 <= len(before_typing) <= MOST_CLICKS, before_typing
    assert len(clicks(page)) == len(before_typing) + 1, clicks(page)
    assert Event.objects.filter(type="progress_update_recorded").count() == 1


def test_a_number_on_the_desk_opens_its_list(
    live_server: LiveServer, page: Page, story: Story, complaints: list[str]
) -> None:
    sign_in(page, live_server, story.lead.username)
    page.get_by_role("link", name="1 Due within 30 days").click()
    assert "1 recommendation" in page.locator(".paginator").inner_text()
    assert page.locator("#result_list tbody tr").count() == 1


@pytest.mark.parametrize("who", ["lead", "lead of two units", "inspector", "administrator"])
def test_the_desk_is_accessible_narrow_and_within_its_policy(
    live_server: LiveServer, page: Page, story: Story, complaints: list[str], who: str
) -> None:
    other = Story("Southmarch PDU")
    if who == "lead of two units":
        Membership.objects.create(
            user=story.lead, role=Role.PDU_LEAD, provider=other.unit, starts_on=FIRST_DAY
        )
    people = {"inspector": story.inspector, "administrator": story.administrator}
    sign_in(page, live_server, people.get(who, story.lead).username)
    page.goto(f"{live_server.url}/admin/")
    page.set_viewport_size(WIDE)
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDE["width"]
    assert violations(page) == []
    assert not scrolls_sideways(page)
    assert violations(page) == []


def test_all_columns_of_the_list_are_in_sight(
    live_server: LiveServer, page: Page, story: Story, complaints: list[str]
) -> None:
    Story("A PDU with a rather long name in Southmarch and Westmarch")
    sign_in(page, live_server, story.inspector.username)
    page.set_viewport_size(WIDE)
    page.goto(f"{live_server.url}{LIST}")
    edges = page.locator("#result_list thead th").evaluate_all(
        "cells => cells.map(cell => cell.getBoundingClientRect().right)"
    )
    assert len(edges) == 8
    assert max(edges) <= page.locator(".results").evaluate(
        "place => place.getBoundingClientRect().right"
    )
    assert violations(page) == []
    assert not scrolls_sideways(page)
    assert violations(page) == []
