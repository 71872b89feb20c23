"""Measures in a real browser: pictures, the choice of a baseline, the assurance sheet."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from inspections.models import Finding
from tests.browser.accessibility import scrolls_sideways, violations
from tests.browser.arriving import come_in
from tests.measuring import define, record
from tests.tracker.story import Story
from tests.visitor import form_path, page_path
from tests.world import make_user
from tracker.domain.vocabulary import FigureSource, Role
from tracker.models import MeasureFigure

pytestmark = pytest.mark.browser
LONG = "unbroken" * 20
LIST = "/admin/tracker/recommendationprogress/"


@pytest.fixture
def story(live_server: LiveServer) -> Story:
    """Two units with the same measure; the first has figures of all three sources."""
    story = Story()
    Finding.objects.create(
        inspection=story.inspection,
        kind=Finding.Kind.FINDING,
        ordinal=1,
        text=f"Oversight {LONG} was effective in only 13 of the 54 relevant cases.",
    )
    region = make_user("Rhys Region", Role.REGIONAL_LEAD, story.unit.region)
    measure = define(story, f"Oversight {LONG}")
    day = timezone.localdate() - timedelta(days=200)
    for nth, source in enumerate(FigureSource):
        by = region if source is FigureSource.REGIONAL_ASSURANCE else None
        story.now = timezone.now()
        record(story, measure, 9 + nth, source=source, to=day + timedelta(days=nth * 30), by=by)
    other = Story("Southmarch PDU")
    define(other, f"Oversight {LONG}")
    return story


def test_every_page_with_measures_is_accessible_narrow_and_within_its_policy(
    story: Story, live_server: LiveServer, page: Page, complaints: list[str]
) -> None:
    come_in(page, live_server.url, story.lead)
    pk = story.recommendation.pk
    define_form = form_path(pk, "define-measure")
    with_pictures = ("/admin/", page_path(pk), f"/recommendations/{pk}/")
    places = (
        *with_pictures,
        define_form,
        f"{define_form}?figure=finding-1-0",
        form_path(pk, "record-measure-figure"),
    )
    for place in places:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"{live_server.url}{place}")
        assert complaints == [], place
        assert violations(page) == [], place
        complaints.clear()  # axe brings styles of its own, which the policy refuses
        assert not scrolls_sideways(page), place
        pictures = page.get_by_role("img", name="figures over time")
        expect(pictures).to_have_count(1 if place in with_pictures else 0)


def test_a_region_fills_in_its_sheet_by_the_keyboard(
    story: Story, live_server: LiveServer, page: Page, complaints: list[str]
) -> None:
    come_in(page, live_server.url, make_user("Ren", Role.REGIONAL_LEAD, story.unit.region))
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="Fill in an assurance sheet").click()
    assert violations(page) == []
    assert not scrolls_sideways(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="Oversight").click()
    page.get_by_label("Cases (n), Northmarch PDU").focus()
    for text in ("7", "10", "", "4", "3"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
        if not text:
            page.keyboard.press("Tab")  # over the link to the next unit
    page.get_by_role("button", name="Record these figures").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Southmarch PDU: No such share can be")
    complaints.clear()
    assert violations(page) == []
    assert not scrolls_sideways(page)
    expect(page.get_by_label("Cases (n), Southmarch PDU")).to_have_value("4")
    page.get_by_label("Out of (m), Southmarch PDU").fill("10")
    page.get_by_role("button", name="Record these figures").press("Enter")
    expect(page.get_by_text("1 figure recorded as regional assurance.")).to_be_visible()
    assured = MeasureFigure.objects.filter(source="regional_assurance", value__m=10)
    assert sorted(each.value["n"] for each in assured) == [4, 7]
