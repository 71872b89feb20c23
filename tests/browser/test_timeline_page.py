"""The inspectors' pages in a real browser: wide and narrow, accessible, within their policy."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from tests.browser.accessibility import scrolls_sideways, violations
from tests.browser.arriving import come_in
from tests.browser.listening import listen
from tests.tracker.story import Story
from tracker.domain import commands as c
from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import Better, FigureSource, MeasureUnit, RedactionReason

pytestmark = pytest.mark.browser
WIDE: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture
def story(live_server: LiveServer) -> Story:
    """A recommendation with something of every kind on its page."""
    story = Story(recommendations=2)
    action_id = story.plan()
    story.tell(c.Assign(accountable_id=story.lead.pk))
    later = story.now.date() + timedelta(days=120)
    story.tell(c.MoveTargetDate(action_id=action_id, target_on=later, reason="A vacancy"))
    update = story.update("15 of 20 cases met the standard.\n" + "unbroken" * 40)
    story.tell(
        c.CorrectProgressUpdate(event_id=update.event_id, text="14 of 20 cases", reason="Typing")
    )
    personal = story.update("A name that should not be here")
    story.tell(
        c.RedactPersonalData(event_id=personal.event_id, reason=RedactionReason.COURT_ORDER),
        by=story.administrator,
    )
    evidence = story.attach()
    story.tell(c.WithdrawEvidence(evidence_id=evidence.event_id, reason="Another file"))
    story.attach("Audit summary, second edition")
    _measure(story)
    story.tell(
        c.JudgeProgress(judgement="some_progress", rationale="We looked."), by=story.inspector
    )
    return story


def _measure(story: Story) -> None:
    day = story.now.date()
    measure = story.tell(
        c.DefineMeasure(
            wording="Plans that meet the standard", better=Better.MORE, unit=MeasureUnit.N_OF_M
        )
    )
    story.tell(
        c.RecordMeasureFigure(
            measure_id=measure.event_id,
            value=MeasureValue(n=9, m=20),
            period_from=day,
            period_to=day,
            source=FigureSource.DIP_SAMPLE,
        )
    )


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """Heard to the end of each test: none at all."""
    heard = listen(page)
    yield heard
    assert heard == []


@pytest.mark.parametrize("where", ["start", "list", "timeline", "inspections", "inspection"])
def test_a_page_is_accessible_narrow_and_within_its_policy(
    where: str, story: Story, live_server: LiveServer, page: Page, complaints: list[str]
) -> None:
    come_in(page, live_server.url, story.inspector)
    path = {
        "start": "/",
        "list": "/recommendations/",
        "timeline": f"/recommendations/{story.recommendation.pk}/",
        "inspections": "/inspections/",
        "inspection": f"/inspections/{story.inspection.pk}/",
    }[where]
    page.set_viewport_size(WIDE)
    response = page.goto(f"{live_server.url}{path}")

    assert response is not None
    assert response.status == 200
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDE["width"]
    assert violations(page) == []
    assert not scrolls_sideways(page)
    assert violations(page) == []


def test_the_docs_of_the_api_load_within_their_policy(
    live_server: LiveServer, page: Page, complaints: list[str]
) -> None:
    page.set_viewport_size(WIDE)
    page.goto(f"{live_server.url}/api/docs/")
    page.get_by_text("/api/v1/recommendations/{recommendation_id}/timeline/").wait_for()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts_the_list_can_be_narrowed_and_the_story_read(
    story: Story, live_server: LiveServer, page: Page
) -> None:
    come_in(page, live_server.url, story.inspector)
    page.goto(f"{live_server.url}/recommendations/")
    page.get_by_label("Response").select_option("Agreed")
    page.get_by_role("button", name="Show").click()
    assert page.get_by_role("heading", name="1 recommendation in this selection").is_visible()
    page.get_by_role("link", name="Northmarch PDU, recommendation 1").click()
    assert page.get_by_role("heading", name="Judged: some progress").first.is_visible()


def test_on_paper_the_controls_are_gone_and_the_story_stays(
    story: Story, live_server: LiveServer, page: Page
) -> None:
    come_in(page, live_server.url, story.inspector)
    page.goto(f"{live_server.url}/recommendations/{story.recommendation.pk}/")
    page.emulate_media(media="print")
    assert not page.get_by_role("link", name="Give a judgement").is_visible()
    assert not page.get_by_role("navigation").first.is_visible()
    assert page.get_by_role("heading", name="Progress updated").first.is_visible()
