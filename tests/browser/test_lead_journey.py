"""A recommendation through the admin in a real browser, from the first answer to the last word."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.accessibility import scrolls_sideways, violations
from tests.browser.arriving import sign_in, sign_out
from tests.tracker.story import Story
from tests.visitor import LIST, form_path, page_path
from tests.world import make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import Role
from tracker.models import Event, RecommendationProgress

pytestmark = pytest.mark.browser
WIDE = {"width": 1280, "height": 900}


@pytest.fixture
def story(live_server: LiveServer) -> Story:
    return Story(recommendations=2)


def opens(page: Page, link: str) -> None:
    menu = page.get_by_role("region", name="What you can do now")
    menu.get_by_role("link", name=link, exact=True).click()


def sends(page: Page, button: str, done: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    assert page.get_by_text(done).is_visible(), page.locator("main").inner_text()


def lead_works(page: Page) -> None:
    opens(page, "Respond")
    page.get_by_label("Agreed: all of the recommendation").check()
    sends(page, "Record the response", "The response is recorded.")
    opens(page, "Plan an action")
    page.get_by_label("What will be done").fill("Read every plan before it is signed off")
    page.get_by_label("Owner").select_option(label="Lena Lead")
    page.get_by_label("Delivered by").fill("Middle managers")
    page.get_by_label("Target date").fill("2001-03-31")
    page.get_by_role("button", name="Plan the action").click()
    assert "31 March 2001 has passed" in page.get_by_role("alert").inner_text()
    page.get_by_label("Target date").fill(f"{timezone.localdate().year + 1}-03-31")
    sends(page, "Plan the action", "The action is planned.")


def lead_reports(page: Page) -> None:
    opens(page, "Record an update")
    page.get_by_label("What was done").fill("Twenty of twenty plans were read.")
    page.get_by_label("Read every plan").check()
    sends(page, "Record the update", "The update is recorded.")
    opens(page, "Attach evidence")
    page.get_by_label("What it is", exact=True).fill("Dip sample")
    page.get_by_label("Or its web address").fill("https://intranet.example/sample")
    page.get_by_label("The day it speaks of").fill(str(timezone.localdate()))
    sends(page, "Attach the evidence", "The evidence is attached.")
    opens(page, "Report an action complete")
    sends(page, "Report the action complete", "The action is reported complete.")
    opens(page, "Report the recommendation complete")
    page.get_by_label("What has been achieved").fill("Every plan is read.")
    sends(page, "Report it complete", "The recommendation is reported complete.")


def test_from_the_first_answer_to_the_last_word(
    live_server: LiveServer, page: Page, story: Story, complaints: list[str]
) -> None:
    sign_in(page, live_server, story.lead.username)
    page.get_by_role("link", name="Recommendations", exact=True).click()
    page.get_by_role("link", name="Improve the quality of risk").first.click()
    lead_works(page)
    lead_reports(page)
    sign_out(page)

    inspector = make_user("Ina Inspector", Role.INSPECTOR)
    pk = story.recommendation.pk
    sign_in(page, live_server, inspector.email)
    page.goto(f"{live_server.url}{page_path(pk)}")
    opens(page, "Judge progress")
    page.get_by_label("Sufficient progress").check()
    page.get_by_label("Rationale").fill("The sample met the standard.")
    sends(page, "Record the judgement", "The judgement is recorded.")
    sign_out(page)

    sign_in(page, live_server, story.inspector.username)
    page.goto(f"{live_server.url}{page_path(pk)}")
    opens(page, "Close the recommendation")
    page.get_by_label("Achieved", exact=True).check()
    page.get_by_label("Why it is closed").fill("It is done.")
    sends(page, "Close it", "The recommendation is closed.")

    assert RecommendationProgress.objects.get(pk=pk).closure == "achieved"
    assert Event.objects.filter(recommendation=pk).count() == 9
    assert complaints == []


def test_two_people_at_once_the_second_is_told_and_sends_again_in_one_click(
    live_server: LiveServer, page: Page, story: Story, complaints: list[str]
) -> None:
    pk = story.recommendation.pk
    sign_in(page, live_server, story.lead.username)
    page.goto(f"{live_server.url}{form_path(pk, 'record-progress-update')}")
    page.get_by_label("What was done").fill("Typed before the other was sent.")
    story.tell(c.ReviewWithoutChange(note="Looked at the list."))
    page.get_by_role("button", name="Record the update").click()

    notice = page.get_by_role("alert")
    assert "Reviewed, no change by Lena Lead" in notice.inner_text()
    typed = page.get_by_label("What was done").input_value()
    assert typed == "Typed before the other was sent."
    assert violations(page) == []
    sends(page, "Record the update", "The update is recorded.")


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_everything_works_without_scripts(
    live_server: LiveServer, page: Page, story: Story
) -> None:
    sign_in(page, live_server, story.lead.username)
    page.get_by_role("link", name="Recommendations", exact=True).click()
    page.get_by_role("link", name="Improve the quality of risk").first.click()
    opens(page, "Confirm that nothing has changed")
    sends(page, "Confirm", "you looked and nothing has changed")


@pytest.mark.parametrize("place", ["desk", "list", "page", "form", "refusal", "inspection"])
def test_the_admin_is_accessible_narrow_and_within_its_policy(
    live_server: LiveServer, page: Page, story: Story, complaints: list[str], place: str
) -> None:
    story.plan()
    story.update("15 of 20 cases met the standard.\n" + "unbroken" * 40)
    story.attach()
    pk = story.recommendation.pk
    paths = {
        "desk": "/admin/",
        "list": LIST,
        "page": page_path(pk),
        "form": form_path(pk, "attach-evidence"),
        "refusal": form_path(pk, "plan-action"),
        "inspection": f"/admin/inspections/inspection/{story.inspection.pk}/change/",
    }
    sign_in(page, live_server, story.lead.username)
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.goto(f"{live_server.url}{paths[place]}")
    if place == "refusal":
        page.get_by_role("button", name="Plan the action").click()
        assert "There is a problem" in page.get_by_role("alert").inner_text()
    assert complaints == []
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= WIDE["width"]
    assert violations(page) == []
    assert not scrolls_sideways(page)
    assert violations(page) == []
