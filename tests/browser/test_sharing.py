"""One update for several recommendations, and one action for each partner, in a real browser."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.arriving import sign_in
from tests.browser.test_bulk_work import is_sound
from tests.tracker.story import Story
from tests.visitor import form_path, page_path
from tracker.domain import commands as c
from tracker.domain.vocabulary import Response
from tracker.models import ActionProgress, Event

pytestmark = pytest.mark.browser


@pytest.fixture
def story(live_server: LiveServer) -> Story:
    cache.clear()  # nobody is locked out by an earlier test
    story = Story(recommendations=3)
    story.tell_of(story.recommendations, c.Respond(response=Response.AGREED))
    return story


def test_an_update_is_recorded_for_the_ticked_recommendations_as_well(
    live_server: LiveServer, page: Page, story: Story, complaints: list[str]
) -> None:
    pk, third = story.recommendation.pk, story.recommendations[2]
    sign_in(page, live_server, story.lead.username)
    page.goto(f"{live_server.url}{form_path(pk, 'record-progress-update')}")
    also = page.get_by_role("group", name="Also for these recommendations")
    also.get_by_label("3. Improve the quality").check()
    page.get_by_label("What was done").fill("Every plan is read by a manager.")
    is_sound(page, complaints)
    story.tell_of([third], c.ReviewWithoutChange(note="Looked at the list."))
    page.get_by_role("button", name="Record the update").click()

    notice = page.get_by_role("alert")
    assert "Recommendation 3 has changed since you opened the form" in notice.inner_text()
    assert "Reviewed, no change by Lena Lead" in notice.inner_text()
    assert also.get_by_label("3. Improve the quality").is_checked()
    is_sound(page, complaints)
    page.get_by_role("button", name="Record the update").click()

    assert page.get_by_text("The same is recorded for recommendation 3.").is_visible()
    assert page.get_by_text("Said at once for").first.is_visible()
    page.goto(f"{live_server.url}{page_path(third.pk)}")
    assert page.get_by_text("Every plan is read by a manager.").first.is_visible()
    assert Event.objects.filter(type="progress_update_recorded").count() == 2
    assert complaints == []


def test_one_action_is_planned_for_each_partner(
    live_server: LiveServer, page: Page, story: Story, complaints: list[str]
) -> None:
    sign_in(page, live_server, story.lead.username)
    page.goto(f"{live_server.url}{form_path(story.recommendation.pk, 'plan-action')}")
    page.get_by_label("What will be done").fill("Agree how information is shared")
    page.get_by_label("Owner").select_option(label="Lena Lead")
    page.get_by_label("One action for each partner").fill("Police\nCouncil\nHealth board")
    target = timezone.localdate() + timedelta(days=60)
    page.get_by_label("Target date").fill(target.isoformat())
    is_sound(page, complaints)
    page.get_by_role("button", name="Plan the action").click()
    assert page.get_by_text("3 actions are planned.").is_visible()
    assert ActionProgress.objects.count() == 3
    assert complaints == []
