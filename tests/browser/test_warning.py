"""The warning before a number of a person is saved, answered with the keyboard alone."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from inspections.warned_form import ALL_THE_SAME
from tests.browser.arriving import sign_in
from tests.browser.test_bulk_work import is_sound
from tests.tracker.story import Story
from tests.visitor import form_path
from tracker.models import Event

pytestmark = pytest.mark.browser


def test_a_case_reference_is_looked_at_twice_and_saved_with_one_tick(
    live_server: LiveServer, page: Page, complaints: list[str]
) -> None:
    story = Story()
    sign_in(page, live_server, story.lead.username)
    form = form_path(story.recommendation.pk, "record-progress-update")
    page.goto(f"{live_server.url}{form}")
    page.get_by_label("What was done").fill("The lease X123456 is signed.")
    page.get_by_role("button", name="Record the update").press("Enter")

    page.get_by_role("alert").get_by_role("link", name="“X123456” looks like").press("Enter")
    words = page.get_by_label("What was done")
    assert words.evaluate("each => each === document.activeElement")
    assert words.input_value() == "The lease X123456 is signed."
    box = page.get_by_label(ALL_THE_SAME)
    assert not box.is_checked()
    is_sound(page, complaints)
    box.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.get_by_text("The update is recorded.").wait_for()
    assert Event.objects.filter(type="progress_update_recorded").count() == 1
    assert complaints == []
