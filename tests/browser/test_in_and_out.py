"""What a PDU lead takes out as a file, works on in Word or Excel, and brings back."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.accessibility import violations
from tests.browser.arriving import come_in
from tests.tracker.story import Story
from tests.visitor import page_path
from tracker.domain import commands as c
from tracker.domain.vocabulary import Response
from tracker.models import ActionProgress, Event, RecommendationProgress

pytestmark = pytest.mark.browser


@pytest.fixture
def story(live_server: LiveServer) -> Story:
    return Story(recommendations=2)


def take(page: Page, button: str, to: Path) -> Path:
    """Press the button and keep the file that comes."""
    with page.expect_download() as coming:
        page.get_by_role("button", name=button).click()
    coming.value.save_as(to)
    return to


def bring(page: Page, file: Path, button: str = "Upload and see what it would do") -> None:
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name=button).click()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_an_action_plan_goes_out_as_word_and_comes_back_with_what_was_added(
    live_server: LiveServer, page: Page, story: Story, complaints: list[str], tmp_path: Path
) -> None:
    come_in(page, live_server.url, story.lead)
    page.goto(f"{live_server.url}{page_path(story.recommendation.pk)}")
    page.get_by_role("link", name="Export the action plan").click()
    page.get_by_label("Word").check()
    plan = take(page, "Export", tmp_path / "plan.docx")

    answer_in_word(plan)
    page.goto(f"{live_server.url}{page_path(story.recommendation.pk)}")
    page.get_by_role("link", name="Import an action plan").click()
    bring(page, plan)
    told = page.locator("main").inner_text()
    assert "no target date" in told
    assert Event.objects.count() == 2, "nothing is recorded before it is confirmed"
    assert ActionProgress.objects.count() == 0

    page.get_by_role("button", name="Record the action plan").click()
    action = ActionProgress.objects.get()
    assert (action.description, action.accountable) == ("Read every plan", story.lead)
    assert not RecommendationProgress.objects.filter(response=Response.AWAITING).exists()
    assert complaints == []


def answer_in_word(plan: Path) -> None:
    """Answer the first recommendation with an action; forget the date of the second's."""
    document = Document(str(plan))
    (table,) = document.tables
    columns = {cell.text: index for index, cell in enumerate(table.rows[0].cells)}
    day = f"31 March {timezone.localdate().year + 1}"
    for row, target in ((table.rows[1], day), (table.rows[2], "")):
        row.cells[columns["Response"]].text = "Agreed"
        row.cells[columns["Action taken or planned"]].text = "Read every plan"
        row.cells[columns["Responsible owner"]].text = "Lena Lead"
        row.cells[columns["Delivered by"]].text = "Middle managers"
        row.cells[columns["Target date"]].text = target
    document.save(str(plan))


def test_open_actions_go_out_to_excel_and_what_changed_meanwhile_is_not_overwritten(
    live_server: LiveServer, page: Page, story: Story, complaints: list[str], tmp_path: Path
) -> None:
    first = story.plan(timezone.localdate() + timedelta(days=30))
    come_in(page, live_server.url, story.lead)
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="Export open actions").click()
    sheet = take(page, "Export", tmp_path / "actions.xlsx")

    story.tell(c.RecordProgressUpdate(text="Begun", occurred_on=story.now.date(), action_id=first))
    fill_in(sheet)
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="Import monthly updates").click()
    before = Event.objects.count()
    bring(page, sheet)
    assert complaints == []
    assert violations(page) == []
    row = page.get_by_role("row", name="Row 2").inner_text()
    assert "progress updated by Lena Lead" in row
    assert Event.objects.count() == before

    page.get_by_label("Do row 2 all the same").check()
    page.get_by_role("button", name="Record them").click()
    assert "The import is done." in page.get_by_role("status").inner_text()
    told = Event.objects.filter(type="progress_update_recorded")
    assert told.count() == 2


def fill_in(sheet: Path) -> None:
    """Say in the first row below the titles what was done yesterday."""
    workbook = load_workbook(sheet)
    titles, below, *_ = workbook.worksheets[0].iter_rows()
    cells = {title.value: cell for title, cell in zip(titles, below, strict=True)}
    cells["Update"].value = "Twenty plans were read."
    cells["Date it happened"].value = timezone.localdate() - timedelta(days=1)
    workbook.save(sheet)
