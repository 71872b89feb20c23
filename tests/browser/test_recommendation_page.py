"""The page of a recommendation in a real browser, with something in every section of it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from inspections.models import Finding, KeyQuestion, KeyQuestionResult
from tests.browser.accessibility import scrolls_sideways, violations
from tests.browser.arriving import come_in
from tests.tracker.story import Story
from tests.visitor import form_path, page_path
from tracker.domain import commands as c
from tracker.domain.vocabulary import Language, Role
from tracker.event_store import RecordedEvent

pytestmark = pytest.mark.browser
WIDE: ViewportSize = {"width": 1280, "height": 900}
LONG = "unbroken" * 30


@pytest.fixture
def story(live_server: LiveServer) -> Story:
    story = Story(recommendations=2)
    for code, percent in (("P 2.1/1", 70), ("P 2.1/3", 48)):
        question = KeyQuestion.objects.get(code=code, standard__framework__code="pdu-7-standards")
        KeyQuestionResult.objects.create(
            inspection=story.inspection, key_question=question, text="A question", percent=percent
        )
    Finding.objects.create(
        inspection=story.inspection, kind=Finding.Kind.STRENGTH, ordinal=1, text=f"Good {LONG}"
    )
    return story


def fill(story: Story) -> RecordedEvent:
    """Tell something of every kind; return an entry that holds text."""
    today = timezone.localdate()
    days = [today + timedelta(days=number) for number in (30, 60, 90)]
    action = story.plan(days[0])
    finding = story.inspection.findings.get().pk
    for command in (
        c.LinkBasis(standards=("P 2.1",), key_questions=("P 2.1/3",), findings=(finding,)),
        c.MoveTargetDate(action_id=action, target_on=days[1], reason=f"A vacancy {LONG}"),
        c.RequestTargetDateExtension(action_id=action, target_on=days[2], reason="Still"),
        c.RaiseEscalation(addressed_to=Role.REGIONAL_LEAD, asked=f"Help {LONG}", reply_by=days[0]),
    ):
        story.tell(command)
    story.attach()
    welsh = c.CorrectWording(wording=f"Gwella {LONG}", reason="x", language=Language.WELSH)
    story.tell(welsh, by=story.administrator)
    blocker = story.tell(
        c.RecordBlocker(cause=f"No room {LONG}", controlled_by="Estates", forecast_on=days[0])
    )
    story.tell(
        c.ReviseBlockerForecast(
            blocker_id=blocker.event_id, forecast_on=days[1], reason="The lease"
        )
    )
    return blocker


@pytest.mark.parametrize(
    "place", ["empty page", "page", "link-basis", "record-welsh-wording", "redact", "recur"]
)
def test_it_is_accessible_narrow_and_within_its_policy(
    place: str, story: Story, live_server: LiveServer, page: Page, complaints: list[str]
) -> None:
    pk = story.recommendation.pk
    entry = fill(story).event_id if place != "empty page" else None
    who, path = {
        "empty page": (story.lead, page_path(pk)),
        "page": (story.lead, page_path(pk)),
        "link-basis": (story.lead, form_path(pk, "link-basis")),
        "record-welsh-wording": (story.administrator, form_path(pk, "record-welsh-wording")),
        "redact": (
            story.administrator,
            f"{form_path(pk, 'redact-personal-data')}?event_id={entry}",
        ),
        "recur": (story.inspector, f"{form_path(pk, 'confirm-recurrence')}?q=risk"),
    }[place]
    come_in(page, live_server.url, who)
    page.set_viewport_size(WIDE)
    page.goto(f"{live_server.url}{path}")
    for each in page.locator("summary").all():
        each.click()
    assert complaints == []  # axe itself sets styles that the policy forbids
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDE["width"]
    assert violations(page) == []
    assert not scrolls_sideways(page)
    assert violations(page) == []


def test_every_section_is_a_link_away(story: Story, live_server: LiveServer, page: Page) -> None:
    fill(story)
    come_in(page, live_server.url, story.lead)
    page.goto(f"{live_server.url}{page_path(story.recommendation.pk)}")
    links = page.get_by_role("navigation", name="On this page").get_by_role("link").all()
    assert len(links) == 9
    for link in links:
        name = link.inner_text()
        link.click()
        assert page.get_by_role("region", name=name, exact=True).is_visible()


def test_a_text_is_redacted_from_its_entry_on_the_page(
    story: Story, live_server: LiveServer, page: Page, complaints: list[str]
) -> None:
    story.update("We visited Jo Bloggs.")
    come_in(page, live_server.url, story.administrator)
    page.goto(f"{live_server.url}{page_path(story.recommendation.pk)}")
    page.get_by_role("link", name=re.compile("Redact personal data.*Progress updated")).click()
    assert page.get_by_text("This text will be deleted for good").is_visible()
    assert page.get_by_text("We visited Jo Bloggs.").is_visible()
    page.get_by_label("Personal data of a person on probation").check()
    page.get_by_role("button", name="Delete this text for good").click()
    assert "tick the box" in page.get_by_role("alert").inner_text()
    page.get_by_label("I have read the text above").check()
    page.get_by_role("button", name="Delete this text for good").click()
    assert page.get_by_text("The text is deleted for good").is_visible()
    assert "Jo Bloggs" not in page.content()
    assert complaints == []
