"""From one inspection to the next in a real browser: an older one typed in, then settled."""

from uuid import uuid4

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from inspections.models import Inspection, Provider
from tests.browser.accessibility import scrolls_sideways, violations
from tests.browser.arriving import come_in
from tests.tracker.story import Story
from tests.visitor import LIST, page_path
from tests.world import make_inspection, make_provider, make_recommendation
from tracker.models import RecommendationProgress
from tracker.services import open_streams

pytestmark = pytest.mark.browser
FINDINGS = ("Improve management oversight.", "Train all practitioners.", "Share information.")


def looked_at(page: Page, complaints: list[str], name: str) -> None:
    """Look at the page wide and narrow: accessible, within its policy, nothing sticking out."""
    assert complaints == [], name  # before axe brings styles of its own
    page.set_viewport_size({"width": 1280, "height": 900})
    assert violations(page) == [], name
    assert not scrolls_sideways(page), name
    page.set_viewport_size({"width": 1280, "height": 900})
    complaints.clear()


def test_an_older_inspection_is_typed_in_by_keyboard_and_settled_row_by_row(
    live_server: LiveServer, page: Page, complaints: list[str]
) -> None:
    story = Story(recommendations=2)
    come_in(page, live_server.url, story.administrator)
    _type_in(page, live_server.url, story.unit.name)
    looked_at(page, complaints, "publish-older")
    page.get_by_role("button", name="Publish now").press("Enter")
    expect(page.get_by_text("Published. Its recommendations are open")).to_be_visible()
    older = Inspection.objects.get(is_historical=True)

    come_in(page, live_server.url, story.inspector)
    page.goto(f"{live_server.url}/admin/")
    row = page.get_by_role("row").filter(has_text="Earlier recommendations to settle")
    row.get_by_role("link").click()
    looked_at(page, complaints, "lists")
    page.get_by_role("link", name=story.unit.name).click()
    _settle(page, older, complaints)

    expect(page.get_by_text("2 of 3 settled.")).to_be_visible()
    expect(page.get_by_text("1 recommendation settled.")).to_be_visible()
    looked_at(page, complaints, "settled")
    page.goto(f"{live_server.url}{page_path(story.recommendation.pk)}")
    before = page.get_by_role("region", name="Before and after")
    expect(before.get_by_text("Carried forward from")).to_be_visible()
    expect(before.get_by_text(FINDINGS[0])).to_be_visible()
    looked_at(page, complaints, "relatives")


def _type_in(page: Page, site: str, unit: str) -> None:
    """Three fields and a button, from the page of the import on: keys alone."""
    page.goto(f"{site}/admin/inspections/inspection/import/")
    page.get_by_role("link", name="put an older inspection on record").press("Enter")
    page.get_by_label("Provider").focus()
    page.keyboard.type(unit)
    page.keyboard.press("Tab")
    page.keyboard.type("2022")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("\n".join(FINDINGS))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 recommendations for")).to_be_visible()


def _settle(page: Page, older: Inspection, complaints: list[str]) -> None:
    """Carry the first forward, leave the second open, and decide later on the third."""
    first, second, _ = older.recommendations.order_by("number")
    one = page.locator(f"#row-{first.pk}")
    other = page.locator(f"#row-{second.pk}")
    one.get_by_label("Carry forward into the new report").check()
    one.get_by_label("Why").fill("Found again at this inspection.")
    other.get_by_label("Leave open").check()
    other.get_by_label("Why").fill("The training is booked for May.")
    looked_at(page, complaints, "settling")
    page.get_by_role("button", name="Settle what is chosen").click()
    expect(page.get_by_role("alert")).to_contain_text("choose one or more")
    looked_at(page, complaints, "settling-refused")
    one.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Settle what is chosen").click()
    settled = RecommendationProgress.objects.get(pk=first.pk)
    assert settled.closure == "carried_forward"


def test_all_bodies_of_a_recommendation_are_seen_together(
    live_server: LiveServer, page: Page, complaints: list[str]
) -> None:
    story = Story()
    hmpps = make_provider("HMPPS", kind=Provider.Kind.NATIONAL)
    thematic = make_inspection(hmpps, title="A thematic inspection of information sharing")
    group = uuid4()
    regions = Provider.objects.filter(kind=Provider.Kind.REGION)
    rows = [make_recommendation(thematic, number=1, addressee=r, group=group) for r in regions]
    with transaction.atomic():
        open_streams(inspection=thematic, actor=story.administrator, now=story.now)
    come_in(page, live_server.url, story.inspector)
    for name, path in (
        ("together", f"{LIST}{rows[0].pk}/together/"),
        ("together-reading", f"/recommendations/{rows[0].pk}/together/"),
    ):
        page.goto(f"{live_server.url}{path}")
        expect(page.get_by_role("row")).to_have_count(len(rows) + 1)
        looked_at(page, complaints, name)
