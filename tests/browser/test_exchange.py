"""A sheet in a real browser: fetched, brought back filled in, watched, looked at, confirmed."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.accessibility import scrolls_sideways, violations
from tests.browser.arriving import come_in
from tests.browser.test_lead_journey import WIDE
from tests.tracker.story import Story
from tracker.domain import commands as c
from tracker.exchange import asking, working
from tracker.models import Event, ExchangeJob

pytestmark = pytest.mark.browser
HAPPENED = "On 3 teams the rota is agreed"


@pytest.fixture
def story(live_server: LiveServer) -> Story:
    story = Story()
    story.plan(timezone.localdate() + timedelta(days=20))
    return story


@pytest.fixture
def _even_small_files_are_read_in_the_background(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "BYTES_READ_AT_ONCE", 10)


def filled_in(path: Path) -> Path:
    """Return the sheet as somebody has filled it in and saved it."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    sheet.cell(2, titles.index("Update") + 1, HAPPENED)
    sheet.cell(2, titles.index("Date it happened") + 1, timezone.localdate() - timedelta(days=2))
    book.save(path.with_name("filled.xlsx"))
    return path.with_name("filled.xlsx")


def is_sound(page: Page, complaints: list[str]) -> None:
    assert complaints == []
    assert violations(page) == []
    assert not scrolls_sideways(page)
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    complaints.clear()  # axe brings styles of its own, which the policy refuses


@pytest.mark.usefixtures("_even_small_files_are_read_in_the_background")
def test_a_sheet_goes_out_and_comes_back(
    live_server: LiveServer, page: Page, story: Story, complaints: list[str], tmp_path: Path
) -> None:
    come_in(page, live_server.url, story.lead)
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="Export open actions").click()
    with page.expect_download() as fetched:
        page.get_by_role("button", name="Export").click()
    fetched.value.save_as(tmp_path / fetched.value.suggested_filename)
    story.tell(c.ReviewWithoutChange())  # somebody else was faster

    page.goto(f"{live_server.url}/admin/tracker/exchangejob/import/monthly-updates/")
    sheet = filled_in(tmp_path / fetched.value.suggested_filename)
    page.get_by_label("File").set_input_files(sheet)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("The file is being read")).to_be_visible()
    is_sound(page, complaints)
    ExchangeJob.objects.filter(direction="import").update(rows_in_all=5000, rows_behind=200)
    expect(page.get_by_text("200 of 5000 rows")).to_be_visible()
    working.do_what_waits(timezone.now)
    expect(page.get_by_text("Nothing is recorded yet")).to_be_visible()

    expect(page.get_by_text("reviewed, no change by Lena Lead")).to_be_visible()
    is_sound(page, complaints)
    page.get_by_label("Do row 2 all the same").check()
    page.get_by_role("button", name="Record them").click()
    expect(page.get_by_text("The import is done.")).to_be_visible()
    is_sound(page, complaints)
    assert Event.objects.filter(type="progress_update_recorded").count() == 1
