"""Drafts in a real browser: kept over a sign-out and a lost connection, signed by another."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.accessibility import scrolls_sideways, violations
from tests.browser.arriving import sign_in, sign_out
from tests.browser.listening import listen
from tests.browser.test_lead_journey import opens, sends
from tests.drafting import ask_for_sign_off, submitted
from tests.tracker.evidence.files import PDF
from tests.tracker.story import Story
from tests.visitor import form_path, page_path
from tests.world import make_user
from tracker.domain.vocabulary import Role
from tracker.models import Draft, Event, EvidenceFile
from tracker.services import LONDON

pytestmark = pytest.mark.browser
TEXT = "Twenty of twenty plans were read."
KEPT = "Kept as a draft at"


@pytest.fixture
def story(live_server: LiveServer) -> Story:
    return Story()


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """Without those about connections that the test itself cuts."""
    return listen(page, but_for="ERR_INTERNET_DISCONNECTED")


def test_kept_signed_out_resumed_submitted_and_signed_by_the_lead(
    live_server: LiveServer, page: Page, story: Story, complaints: list[str]
) -> None:
    owner = make_user("Owen Owner", Role.ACTION_OWNER, story.unit)
    place = f"{live_server.url}{page_path(story.recommendation.pk)}"
    sign_in(page, live_server, owner.username)
    page.goto(place)
    opens(page, "Respond, for sign-off")
    page.get_by_label("Partly agreed").check()
    page.get_by_role("textbox", name="Reasons").fill("The first half.")
    sends(page, "Keep as draft", "It is kept as a draft.")
    sign_out(page)

    sign_in(page, live_server, owner.username)
    page.goto(place)
    page.get_by_role("region", name="Drafts").get_by_role("link", name="Respond").click()
    assert page.get_by_label("Partly agreed").is_checked()
    assert page.get_by_role("textbox", name="Reasons").input_value() == "The first half."
    sends(page, "Submit for sign-off", "It is submitted for sign-off.")
    assert Event.objects.count() == 1
    sign_out(page)

    sign_in(page, live_server, story.lead.username)
    page.goto(place)
    page.get_by_role("region", name="Drafts").get_by_role("link", name="Respond").click()
    assert "The first half." in page.locator("main").inner_text()
    sends(page, "Sign off and record", "The response is recorded.")
    event = Event.objects.get(version=2)
    assert (event.actor_id, event.prepared_by_name) == (story.lead.pk, "Owen Owner")
    assert complaints == []


def test_a_chosen_file_goes_once_and_is_there_when_the_draft_is_opened_again(
    live_server: LiveServer, page: Page, story: Story, complaints: list[str]
) -> None:
    sign_in(page, live_server, story.lead.username)
    page.goto(f"{live_server.url}{form_path(story.recommendation.pk, 'attach-evidence')}")
    sent = {"name": "Dip sample.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.get_by_label("File", exact=True).set_input_files(sent)  # type: ignore[arg-type]
    expect(page.locator(".kept-file")).to_contain_text("Kept: Dip sample.pdf", timeout=15_000)
    expect(page.get_by_role("status")).to_contain_text(KEPT)
    page.reload()
    assert "Kept: Dip sample.pdf" in page.locator(".kept-file").inner_text()
    page.get_by_label("What it is", exact=True).fill("Dip sample")
    page.get_by_label("The day it speaks of").fill(str(timezone.localdate()))
    sends(page, "Attach the evidence", "The evidence is attached.")
    assert EvidenceFile.objects.count() == 1
    assert complaints == []
    assert not scrolls_sideways(page)
    assert violations(page) == []  # brings styles of its own, which the policy refuses


def test_what_is_typed_is_kept_without_a_click_and_found_again_by_reloading(
    live_server: LiveServer, page: Page, story: Story, complaints: list[str]
) -> None:
    sign_in(page, live_server, story.lead.username)
    page.goto(f"{live_server.url}{form_path(story.recommendation.pk, 'record-progress-update')}")
    page.get_by_label("What was done").fill(TEXT)
    expect(page.get_by_role("status")).to_contain_text(KEPT, timeout=15_000)
    draft = Draft.objects.get()
    kept_at = draft.changed_at.astimezone(LONDON)
    assert f":{kept_at:%M}" in page.get_by_role("status").inner_text() or not kept_at.minute
    page.reload()
    assert page.get_by_label("What was done").input_value() == TEXT
    sends(page, "Record the update", "The update is recorded.")
    draft.refresh_from_db()
    assert draft.state == "given"
    assert Event.objects.count() == 2
    assert complaints == []


def test_a_lost_connection_is_said_and_the_text_is_kept_when_it_is_back(
    live_server: LiveServer, page: Page, story: Story, complaints: list[str]
) -> None:
    sign_in(page, live_server, story.lead.username)
    page.goto(f"{live_server.url}{form_path(story.recommendation.pk, 'record-progress-update')}")
    page.context.set_offline(True)
    page.get_by_label("What was done").fill(TEXT)
    status = page.get_by_role("status")
    expect(status).to_contain_text("there is no connection", timeout=15_000)
    assert page.get_by_label("What was done").input_value() == TEXT
    page.get_by_label("What was done").fill(f"{TEXT} And typed on meanwhile.")
    page.context.set_offline(False)
    expect(status).to_contain_text(KEPT, timeout=15_000)
    assert Draft.objects.get().values["text"] == [f"{TEXT} And typed on meanwhile."]
    assert complaints == []


def test_whoever_signed_out_elsewhere_is_told_and_loses_nothing(
    live_server: LiveServer, page: Page, story: Story
) -> None:
    sign_in(page, live_server, story.lead.username)
    page.goto(f"{live_server.url}{form_path(story.recommendation.pk, 'record-progress-update')}")
    other = page.context.new_page()
    other.goto(f"{live_server.url}/admin/")
    sign_out(other)
    page.get_by_label("What was done").fill(TEXT)
    status = page.get_by_role("status")
    expect(status).to_contain_text("you are signed out", timeout=15_000)
    assert page.get_by_label("What was done").input_value() == TEXT
    sign_in(other, live_server, story.lead.username)
    page.get_by_label("What was done").press_sequentially(" ")
    expect(status).to_contain_text(KEPT, timeout=20_000)
    page.get_by_role("button", name="Record the update").click()
    assert page.get_by_text("The update is recorded.").is_visible()
    assert Event.objects.count() == 2


def test_what_is_typed_in_two_windows_is_lost_in_neither(
    live_server: LiveServer, page: Page, story: Story
) -> None:
    sign_in(page, live_server, story.lead.username)
    page.goto(f"{live_server.url}{form_path(story.recommendation.pk, 'record-progress-update')}")
    sends(page, "Keep as draft", "It is kept as a draft.")
    other = page.context.new_page()
    other.goto(page.url)
    page.get_by_label("What was done").fill(TEXT)
    expect(page.get_by_role("status").last).to_contain_text(KEPT, timeout=15_000)
    other.get_by_label("What was done").fill("Typed elsewhere.")
    expect(other.get_by_role("status")).to_contain_text("in another window", timeout=15_000)
    assert Draft.objects.get().values["text"] != ["Typed elsewhere."]
    other.get_by_role("button", name="Keep as draft").click()
    assert TEXT in other.get_by_role("alert").first.inner_text()
    assert other.get_by_label("What was done").input_value() == "Typed elsewhere."
    sends(other, "Keep as draft", "It is kept as a draft.")
    assert Draft.objects.get().values["text"] == ["Typed elsewhere."]


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_a_form_is_kept_by_its_button_without_scripts(
    live_server: LiveServer, page: Page, story: Story
) -> None:
    sign_in(page, live_server, story.lead.username)
    page.goto(f"{live_server.url}{form_path(story.recommendation.pk, 'record-progress-update')}")
    page.get_by_label("What was done").fill(TEXT)
    sends(page, "Keep as draft", "It is kept as a draft.")
    assert page.get_by_label("What was done").input_value() == TEXT
    sends(page, "Discard this draft", "The draft is discarded.")


@pytest.mark.parametrize("place", ["list", "own", "signing", "refusal", "form", "page", "levels"])
def test_the_pages_of_drafts_are_accessible_narrow_and_within_their_policy(
    live_server: LiveServer, page: Page, story: Story, complaints: list[str], place: str
) -> None:
    owner = make_user("Owen Owner", Role.ACTION_OWNER, story.unit)
    make_user("Sara Second", Role.PDU_LEAD, story.unit)
    ask_for_sign_off(story.unit, 1, story.lead)
    draft = submitted(story.recommendation, owner, Role.ACTION_OWNER)
    pk = story.recommendation.pk
    paths = {
        "list": "/admin/tracker/draft/",
        "own": f"/admin/tracker/draft/{draft.pk}/change/",
        "signing": f"/admin/tracker/draft/{draft.pk}/change/",
        "refusal": f"/admin/tracker/draft/{draft.pk}/change/",
        "form": form_path(pk, "record-progress-update"),
        "page": page_path(pk),
        "levels": "/admin/tracker/signofflevel/add/",
    }
    person = owner if place == "own" else story.lead
    sign_in(page, live_server, person.username)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{live_server.url}{paths[place]}")
    if place == "refusal":
        page.get_by_role("button", name="Return to Owen Owner").click()
        assert "There is a problem" in page.get_by_role("alert").inner_text()
    assert complaints == []  # before axe, which loads things of its own
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert violations(page) == []
    assert not scrolls_sideways(page)
    assert violations(page) == []
