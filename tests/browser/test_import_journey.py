"""A report from the clipboard to the PDU lead's list, in a real browser, and the pages between."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from inspections.models import ImportIssue, Inspection, Membership, Provider
from inspections.report_import import import_report
from tests.browser.accessibility import scrolls_sideways, violations
from tests.browser.arriving import come_in, sign_in
from tests.world import make_provider, make_user

pytestmark = pytest.mark.browser
WIDE: ViewportSize = {"width": 1280, "height": 900}
SAMPLE = Path("inspections/sample_report/example_valleys_pdu.txt")
LIST = "/admin/inspections/inspection/"


@pytest.fixture
def unit(live_server: LiveServer) -> Provider:
    return make_provider("Example Valleys PDU")


@pytest.fixture
def ada(unit: Provider) -> User:
    return make_user("Ada Admin", Membership.Role.HMIP_ADMINISTRATOR)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_a_report_is_pasted_completed_and_published_and_the_lead_sees_it(
    live_server: LiveServer, page: Page, ada: User, unit: Provider
) -> None:
    lead = make_user("Lena Lead", Membership.Role.PDU_LEAD, unit)
    sign_in(page, live_server, ada.username)
    page.goto(f"{live_server.url}{LIST}")
    page.get_by_role("link", name="Import a report").click()
    page.get_by_label("Or the text of the page, pasted").fill(SAMPLE.read_text(encoding="utf-8"))
    page.get_by_role("button", name="Import").click()

    issue = page.get_by_role("listitem").filter(has_text="The page gives no publication date")
    assert "An inspection of probation services" in issue.inner_text()
    assert "Published:" in issue.inner_text()
    issue.get_by_label("Publication date").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Save and go on to publishing").click()

    assert page.get_by_text("6 recommendations for Example Valleys PDU").is_visible()
    page.get_by_role("button", name="Publish now").click()
    assert page.get_by_text("Published. Its recommendations are open").is_visible()
    page.get_by_role("button", name="Sign out").click()

    sign_in(page, live_server, lead.username)
    page.goto(f"{live_server.url}/admin/tracker/recommendationprogress/")
    assert page.get_by_text("visit people at home").first.is_visible()


def _draft_with_issues() -> Inspection:
    source = SAMPLE.read_bytes().replace(b"Valleys", b"Moors").replace(b"8/21", b"9/21")
    draft = import_report(source=source, now=timezone.now()).inspection
    ImportIssue.objects.create(
        source=draft.source, field="caseload", severity="warning", message="Odd.", supplied="1"
    )
    return draft


PAGES = ["import", "by-hand", "draft", "refusal", "publish", "embargo", "shared", "list"]


@pytest.mark.parametrize("place", PAGES)
def test_a_page_of_the_import_is_accessible_narrow_and_within_its_policy(
    live_server: LiveServer, page: Page, ada: User, complaints: list[str], place: str
) -> None:
    draft = _draft_with_issues()
    come_in(page, live_server.url, ada)
    paths = {
        "import": f"{LIST}import/",
        "by-hand": f"{LIST}import/by-hand/",
        "refusal": f"{LIST}{draft.pk}/draft/",
        "shared": f"{LIST}{draft.pk}/publish/",
        "list": LIST,
    }
    if place == "shared":
        _share(draft, ada)
    page.set_viewport_size(WIDE)
    page.goto(f"{live_server.url}{paths.get(place, f'{LIST}{draft.pk}/{place}/')}")
    if place == "refusal":
        page.get_by_label("Weeks of fieldwork").fill("many")
        page.get_by_role("button", name="Save", exact=True).first.click()
        assert "“many” does not fit here" in page.get_by_role("alert").inner_text()
    if place == "embargo":
        page.get_by_label("Find people to name as readers").fill("ada")
        page.get_by_role("button", name="Find people").click()
        page.get_by_label("Ada Admin").check()
    assert complaints == []  # before axe brings styles of its own
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDE["width"]
    assert violations(page) == []
    assert not scrolls_sideways(page)
    assert violations(page) == []


def _share(draft: Inspection, ada: User) -> None:
    moment = timezone.now() + timedelta(days=30)
    Inspection.objects.filter(pk=draft.pk).update(
        state="embargoed",
        publish_at=moment,
        scheduled_by=ada,
        published_on=moment.date(),
    )
    draft.named_readers.add(ada)
