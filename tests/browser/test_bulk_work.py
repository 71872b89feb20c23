"""Many rows at once in a real browser: ticked, looked at, confirmed, told, and reloaded."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.accessibility import scrolls_sideways, violations
from tests.browser.arriving import sign_in
from tests.browser.test_lead_journey import WIDE
from tests.bulk_work import ACTIONS
from tests.tracker.story import Story
from tests.visitor import LIST
from tracker.domain import commands as c
from tracker.domain.vocabulary import Response
from tracker.models import Event

pytestmark = pytest.mark.browser
BEGUN = ("Train every practitioner", "Read every plan before it is signed off")
NOT_BEGUN = "Agree a way of working with the police"

IS_CUT_OFF = """() => [...document.querySelectorAll('#result_list, .bulk')]
  .filter(table => table.getBoundingClientRect().right >
    table.parentElement.getBoundingClientRect().right + 1)
  .map(table => table.outerHTML.slice(0, 200))"""


@pytest.fixture
def story(live_server: LiveServer) -> Story:
    story = Story(recommendations=2)
    story.tell(c.Respond(response=Response.AGREED))
    for description in (*BEGUN, NOT_BEGUN):
        planned = story.tell(
            c.PlanAction(
                description=description,
                accountable_id=story.lead.pk,
                delivered_by="Quality team",
                target_on=timezone.localdate() + timedelta(days=20),
            )
        )
        if description in BEGUN:
            day = story.now.date()
            begun = c.RecordProgressUpdate(
                text="Begun", occurred_on=day, action_id=planned.event_id
            )
            story.tell(begun)
    return story


def is_sound(page: Page, complaints: list[str]) -> None:
    """Pass what every page must pass, wide and narrow."""
    assert complaints == []
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    assert violations(page) == []
    assert page.evaluate(IS_CUT_OFF) == [], "every column is to be seen"
    assert not scrolls_sideways(page)
    assert violations(page) == []
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    complaints.clear()  # axe itself applies styles that the policy refuses


def test_actions_are_reported_complete_together_and_one_is_skipped(
    live_server: LiveServer, page: Page, story: Story, complaints: list[str]
) -> None:
    sign_in(page, live_server, story.lead.username)
    page.goto(f"{live_server.url}{ACTIONS}")
    is_sound(page, complaints)
    page.get_by_label("Select all objects on this page").check()
    page.get_by_role("combobox", name="Action:").select_option(label="Report actions complete")
    page.get_by_role("button", name="Go").click()

    assert page.get_by_text("Can be done: two of three actions.").is_visible()
    assert page.get_by_role("row", name=NOT_BEGUN).get_by_text("Will be skipped").is_visible()
    is_sound(page, complaints)
    page.get_by_label("Note (optional)").fill("Signed off by the quality board.")
    page.get_by_role("button", name="Report them complete").click()

    assert page.get_by_text("Reported complete: two of three actions.").is_visible()
    skipped = page.get_by_role("region", name="Skipped")
    assert skipped.get_by_role("link", name=NOT_BEGUN).is_visible()
    assert "record what was done" in skipped.inner_text()
    is_sound(page, complaints)
    page.reload()
    assert page.get_by_text("Reported complete: two of three actions.").is_visible()
    assert Event.objects.filter(type="action_reported_complete").count() == 2
    assert complaints == []


def test_recommendations_are_confirmed_together(
    live_server: LiveServer, page: Page, story: Story, complaints: list[str]
) -> None:
    sign_in(page, live_server, story.lead.username)
    page.goto(f"{live_server.url}{LIST}")
    is_sound(page, complaints)
    page.get_by_label("Select all objects on this page").check()
    page.get_by_role("combobox", name="Action:").select_option(label="Reviewed, no change")
    page.get_by_role("button", name="Go").click()
    is_sound(page, complaints)
    page.get_by_role("button", name="Confirm that nothing has changed").click()
    assert page.get_by_text("Reviewed, no change: two of two recommendations.").is_visible()
    is_sound(page, complaints)
    assert complaints == []


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts_rows_are_ticked_one_by_one(
    live_server: LiveServer, page: Page, story: Story
) -> None:
    sign_in(page, live_server, story.lead.username)
    page.goto(f"{live_server.url}{ACTIONS}")
    page.get_by_label(f"Select this object for an action - {BEGUN[0]}").check()
    page.get_by_role("combobox", name="Action:").select_option(label="Change the owner of actions")
    page.get_by_role("button", name="Go").click()
    assert page.get_by_text("Will be skipped").is_visible(), "nobody else is there to own it"
