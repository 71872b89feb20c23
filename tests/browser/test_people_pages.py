"""The pages of people, memberships and what HMIP keeps: narrow, accessible, within their policy."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from inspections.models import Membership, Standard
from tests.browser.accessibility import scrolls_sideways, violations
from tests.browser.arriving import come_in
from tests.tracker.story import Story
from tests.world import PASSWORD, make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import Role
from tracker.models import RecommendationProgress

pytestmark = pytest.mark.browser
MEMBERSHIPS = "/admin/inspections/membership/"
PEOPLE = "/admin/auth/user/"
KEPT = "/admin/inspections/"


@pytest.fixture
def story(live_server: LiveServer) -> Story:
    """A unit with an action owner on whom work hangs, and a successor."""
    story = Story(recommendations=2)
    make_user("Owen Owner", Role.ACTION_OWNER, story.unit)
    make_user("Sue Successor", Role.ACTION_OWNER, story.unit)
    story.tell(c.Assign(accountable_id=owner_of(story).pk))
    action = story.plan()
    story.tell(c.ChangeActionOwner(action_id=action, accountable_id=owner_of(story).pk))
    return story


def owner_of(story: Story) -> User:
    return User.objects.get(first_name="Owen", memberships__provider=story.unit)


def operator() -> User:
    return User.objects.create_superuser("operator", "operator@tracker.example", PASSWORD)


def places(story: Story) -> dict[str, tuple[str, str]]:
    """Map each page to who opens it and where it is."""
    held = Membership.objects.get(user=owner_of(story))
    return {
        "memberships": ("lead", MEMBERSHIPS),
        "membership": ("lead", f"{MEMBERSHIPS}{held.pk}/change/"),
        "give a role": ("lead", f"{MEMBERSHIPS}add/"),
        "name a delegate": ("lead", f"{MEMBERSHIPS}delegate/"),
        "end it": ("lead", f"{MEMBERSHIPS}{held.pk}/end/"),
        "refused end": ("lead", f"{MEMBERSHIPS}{held.pk}/end/"),
        "people": ("operator", PEOPLE),
        "person": ("operator", f"{PEOPLE}{owner_of(story).pk}/change/"),
        "invite": ("operator", f"{PEOPLE}add/"),
        "deactivate": ("operator", f"{PEOPLE}{owner_of(story).pk}/deactivate/"),
        "framework": ("administrator", f"{KEPT}framework/{story.inspection.framework_id}/change/"),
        "standard": ("administrator", f"{KEPT}standard/{_standard()}/change/"),
        "themes": ("administrator", f"{KEPT}theme/"),
        "provider": ("administrator", f"{KEPT}provider/{story.unit.pk}/change/"),
        "inspectors": ("administrator", f"{KEPT}inspection/{story.inspection.pk}/inspectors/"),
    }


def _standard() -> int:
    return Standard.objects.get(code="P 2.1").pk


def visitor(story: Story, who: str) -> User:
    people = {"lead": story.lead, "administrator": story.administrator}
    return people[who] if who in people else operator()


PLACES = (
    "memberships",
    "membership",
    "give a role",
    "name a delegate",
    "end it",
    "refused end",
    "people",
    "person",
    "invite",
    "deactivate",
    "framework",
    "standard",
    "themes",
    "provider",
    "inspectors",
)


@pytest.mark.parametrize("place", PLACES)
def test_a_page_is_accessible_narrow_and_within_its_policy(
    live_server: LiveServer, page: Page, story: Story, complaints: list[str], place: str
) -> None:
    who, path = places(story)[place]
    come_in(page, live_server.url, visitor(story, who))
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{live_server.url}{path}")
    if place == "refused end":
        page.get_by_role("button", name="End the membership").click()
        assert "There is a problem" in page.get_by_role("alert").inner_text()
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert violations(page) == []
    assert not scrolls_sideways(page)
    assert violations(page) == []


def test_an_owner_leaves_and_the_work_goes_to_a_successor(
    live_server: LiveServer, page: Page, story: Story
) -> None:
    come_in(page, live_server.url, story.lead)
    page.goto(f"{live_server.url}{MEMBERSHIPS}")
    page.get_by_role("link", name="Owen Owner").click()
    page.get_by_role("link", name="End this membership").click()
    page.get_by_label("Hand all of it over to").select_option(label="Sue Successor")
    page.get_by_role("button", name="End the membership").click()
    assert page.get_by_role("heading", name="Handed over", exact=True).is_visible()
    assert page.get_by_text("The membership ends on").is_visible()
    progress = RecommendationProgress.objects.get(pk=story.recommendation.pk)
    assert progress.accountable is not None
    assert progress.accountable.get_full_name() == "Sue Successor"


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_somebody_is_invited_chooses_a_password_and_comes_in(
    live_server: LiveServer, page: Page, story: Story, settings: Any
) -> None:
    settings.SITE_URL = live_server.url
    come_in(page, live_server.url, story.lead)
    page.goto(f"{live_server.url}{MEMBERSHIPS}delegate/")
    page.get_by_label("Email address of the person").fill("dee@tracker.example")
    page.get_by_label("First name").fill("Dee")
    page.get_by_label("Last name").fill("Delegate")
    until = timezone.localdate() + timedelta(days=14)
    page.get_by_label("Last day").fill(until.isoformat())
    page.get_by_role("button", name="Name the delegate").click()
    assert page.get_by_text("An invitation is on its way to dee@tracker.example").is_visible()
    page.context.clear_cookies()

    link = next(word for word in str(mail.outbox[-1].body).split() if "/reset/key/" in word)
    page.goto(link)
    page.get_by_label("New Password", exact=True).fill(PASSWORD)
    page.get_by_label("New Password (again)").fill(PASSWORD)
    page.get_by_role("button", name="Save password").click()
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("Username or email address").fill("dee@tracker.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_role("heading", name="Your desk").is_visible()
    page.goto(f"{live_server.url}/admin/tracker/recommendationprogress/")
    assert page.get_by_text("Improve the quality of risk").first.is_visible()
