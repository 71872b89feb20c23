"""Drafts at the admin are signed and returned by those who hold them, and nobody else's."""

import pytest
from django.contrib.auth.models import User

from tests.drafting import ask_for_sign_off
from tests.tracker.admin.conftest import CANARY
from tests.tracker.admin.drafts.opened import DRAFTS, TEXT, draft_path, fields_of, kept, presses
from tests.tracker.story import TODAY, Story
from tests.visitor import LIST, Visitor, form_path, page_path, said
from tests.world import make_user
from tracker.domain.vocabulary import Role
from tracker.models import Draft, Event
from tracker.queries.drafts import awaiting_signature_of

pytestmark = pytest.mark.django_db


def test_an_owner_prepares_what_only_the_lead_gives(pk: int, owner: Visitor, lead: Visitor) -> None:
    assert "respond" in owner.menu(pk)
    page = owner.read(form_path(pk, "respond"))
    assert "Submit for sign-off" in page
    assert "Record the response" not in page
    response = owner.fill_in(pk, "respond", response="agreed")
    assert response["Location"] == page_path(pk)
    assert "It is submitted for sign-off." in owner.page(pk)
    assert Event.objects.filter(recommendation=pk).count() == 1
    assert "Awaiting your sign-off" in lead.page(pk)


def test_the_lead_signs_and_the_record_names_both(
    story: Story, pk: int, submitted: Draft, lead: Visitor
) -> None:
    page = lead.read(draft_path(submitted))
    assert "Half a sentence about &lt;b&gt;plans&lt;/b&gt;" in page
    assert "Partly agreed" in page
    sent = {"submission": "1", "expected_version": "1", "_approve": "1"}
    for _ in range(2):
        response = presses(lead, submitted, **sent)
        assert (response.status_code, response["Location"]) == (302, page_path(pk))
    event = Event.objects.get(recommendation=pk, version=2)
    assert (event.actor_id, event.prepared_by_name) == (story.lead.pk, "Owen Owner")


def test_a_lead_whose_unit_asks_for_sign_off_submits(story: Story, pk: int, lead: Visitor) -> None:
    make_user("Sara Second", Role.PDU_LEAD, story.unit)
    ask_for_sign_off(story.unit, 1, story.lead)
    assert "Submit for sign-off" in lead.read(form_path(pk, "record-progress-update"))
    lead.give(pk, "record-progress-update", text=TEXT)
    assert Draft.objects.get().state == "submitted"
    assert Event.objects.filter(recommendation=pk).count() == 1
    own = lead.read(draft_path(Draft.objects.get()))
    assert "Take it back to change it" in own
    assert "Sign off and record" not in own


def test_what_nobody_could_sign_is_said_at_once(story: Story, pk: int, lead: Visitor) -> None:
    ask_for_sign_off(story.unit, 1, story.lead)
    response = lead.fill_in(pk, "record-progress-update", text=TEXT)
    assert "Nobody can sign this off at present" in said(response)["__all__"][0]
    assert "Half a sentence" in response.content.decode()


def test_a_stale_draft_is_shown_to_its_signer_who_signs_again_in_one_click(
    story: Story, pk: int, submitted: Draft, lead: Visitor
) -> None:
    story.update("Recorded meanwhile")
    sent = {"submission": "1", "expected_version": "1", "_approve": "1"}
    response = presses(lead, submitted, **sent)
    page = response.content.decode()
    assert "has changed since you opened the draft" in page
    assert "Recorded meanwhile" in page
    assert 'name="expected_version" value="2"' in page
    assert presses(lead, submitted, **{**sent, "expected_version": "2"}).status_code == 302


def test_a_page_has_an_error_in_its_title_only_where_something_came_back(
    story: Story, submitted: Draft, lead: Visitor
) -> None:
    story.update("Recorded meanwhile")
    page = lead.read(draft_path(submitted))
    assert "Recorded since this was prepared" in page
    assert "<title>Draft: respond" in page
    sent = {"submission": "1", "expected_version": "1", "_approve": "1"}
    assert "<title>Error: Draft" in presses(lead, submitted, **sent).content.decode()


def test_a_signer_reads_what_was_chosen_without_the_words_for_filling_in(
    story: Story, pk: int, lead: Visitor
) -> None:
    second = make_user("Sara Second", Role.PDU_LEAD, story.unit)
    story.plan()
    ask_for_sign_off(story.unit, 1, story.lead)
    sample = {"title": "Sample", "location": "https://docs.example/1", "effective_on": TODAY}
    lead.give(pk, "attach-evidence", **sample)
    page = Visitor(second).read(draft_path(Draft.objects.get()))
    about = '<dt>What it is about</dt><dd class="typed">The recommendation as a whole</dd>'
    assert about in page
    assert "(optional)" not in page


def test_a_rule_that_refuses_is_shown_to_the_signer_and_the_draft_stays(
    story: Story, pk: int, submitted: Draft, lead: Visitor
) -> None:
    lead.give(pk, "respond", response="agreed")
    sent = {"submission": "1", "expected_version": "2", "_approve": "1"}
    page = presses(lead, submitted, **sent).content.decode()
    assert "has its response already" in page
    assert "Half a sentence" in page
    submitted.refresh_from_db()
    assert submitted.state == "submitted"


def test_it_is_returned_with_a_reason_that_its_author_reads_on_top(
    pk: int, submitted: Draft, lead: Visitor, owner: Visitor
) -> None:
    page = presses(lead, submitted, submission="1", _return="1", reason="").content.decode()
    assert "say why it is returned" in page
    response = presses(lead, submitted, submission="1", _return="1", reason="Say which part.")
    assert response["Location"] == draft_path(submitted)
    own = owner.read(draft_path(submitted))
    assert "Returned to you by Lena Lead" in own
    assert "Say which part." in own
    assert "Returned to its author" in owner.page(pk)
    form = {**fields_of(owner, submitted), "reason": "The first part."}
    assert presses(owner, submitted, **form).status_code == 302
    submitted.refresh_from_db()
    assert (submitted.state, submitted.submission) == ("submitted", 2)


def test_its_author_takes_it_back(submitted: Draft, owner: Visitor, lead: Visitor) -> None:
    assert presses(lead, submitted, _take_back="1").status_code == 200
    submitted.refresh_from_db()
    assert submitted.state == "submitted"
    assert presses(owner, submitted, _take_back="1")["Location"] == draft_path(submitted)
    assert fields_of(owner, submitted)["reason"] == TEXT
    sent = {"submission": "1", "expected_version": "1", "_approve": "1"}
    assert "taken back" in presses(lead, submitted, **sent).content.decode()


@pytest.mark.parametrize("who", ["owner", "delegate", "regional lead"])
def test_who_does_not_hold_it_does_not_sign_last(
    people: dict[str, User], pk: int, submitted: Draft, who: str
) -> None:
    sent = {"submission": "1", "expected_version": "1", "_approve": "1"}
    presses(Visitor(people[who]), submitted, **sent)
    submitted.refresh_from_db()
    assert submitted.state == "submitted"
    assert Event.objects.filter(recommendation=pk).count() == 1


@pytest.mark.parametrize("who", ["co-ordinator", "inspector", "lead inspector", "administrator"])
def test_no_outsider_finds_a_draft_of_a_provider_at_any_door(
    people: dict[str, User], story: Story, pk: int, lead: Visitor, who: str
) -> None:
    owner = Visitor(people["owner"])
    draft = kept(lead, pk, "record-progress-update", text=CANARY)
    owner.give(pk, "respond", response="partly_agreed", reason=CANARY)
    theirs = Draft.objects.latest("pk")
    assert CANARY in lead.read(draft_path(draft))
    assert CANARY in lead.read(draft_path(theirs))
    visitor = Visitor(people[who])
    for each in (draft, theirs):
        answers = [visitor.get(place) for place in (draft_path(each), f"{DRAFTS}98765/change/")]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content == answers[1].content
        for button in ("_approve", "_return", "_discard", "_take_back", "_keep"):
            assert presses(visitor, each, **{button: "1"}).status_code == 404
    doors = ["/admin/", LIST, DRAFTS, f"{DRAFTS}?whose=others", page_path(pk)]
    doors += [f"{LIST}?q=canary", "/", "/recommendations/", f"/recommendations/{pk}/"]
    doors += [f"/inspections/{story.inspection.pk}/", "/api/v1/recommendations/"]
    doors += [f"/api/v1/recommendations/{pk}/", f"/api/v1/recommendations/{pk}/timeline/"]
    doors += ["/api/v1/events/"]
    for door in doors:
        assert CANARY not in visitor.client.get(door, follow=True).content.decode(), door
    assert "drafts-heading" not in visitor.page(pk)


def test_an_inspectors_draft_is_nobodys_at_the_provider(
    story: Story, pk: int, people: dict[str, User], lead: Visitor
) -> None:
    story.attach()
    inspector = Visitor(people["inspector"])
    draft = kept(inspector, pk, "judge-progress", rationale=CANARY)
    for who in ("lead", "owner", "regional lead", "lead inspector"):
        visitor = Visitor(people[who])
        assert visitor.get(draft_path(draft)).status_code == 404
        assert "drafts-heading" not in visitor.page(pk)
    story.inspection.allocated_inspectors.add(people["lead inspector"])
    assert CANARY in Visitor(people["lead inspector"]).read(draft_path(draft))


def test_a_colleague_and_the_region_read_but_do_not_change(
    people: dict[str, User], pk: int, lead: Visitor
) -> None:
    draft = kept(lead, pk, "record-progress-update", text=TEXT)
    for who in ("owner", "delegate", "regional lead"):
        visitor = Visitor(people[who])
        assert "Half a sentence" in visitor.read(draft_path(draft))
        assert "<textarea" not in visitor.read(draft_path(draft))
        presses(visitor, draft, text="forged", _keep="1")
        presses(visitor, draft, text="forged")
        presses(visitor, draft, _discard="1")
    draft.refresh_from_db()
    assert (draft.state, draft.values["text"]) == ("preparing", [TEXT])


def test_what_awaits_a_signature_is_listed_as_it_is_counted(
    story: Story, pk: int, submitted: Draft, lead: Visitor, owner: Visitor
) -> None:
    today = story.now.date()
    for visitor, user, waiting in ((lead, story.lead, [submitted]), (owner, submitted.author, [])):
        listed = visitor.get(DRAFTS, whose="to-sign").context["cl"].queryset
        assert list(listed) == waiting
        assert awaiting_signature_of(user, today).count() == len(waiting)
    assert list(owner.get(DRAFTS, whose="own").context["cl"].queryset) == [submitted]
    assert list(lead.get(DRAFTS, whose="others").context["cl"].queryset) == [submitted]


def test_a_draft_outlives_the_role_of_its_author(
    story: Story, pk: int, lead: Visitor, people: dict[str, User]
) -> None:
    draft = kept(lead, pk, "raise-escalation", asked=TEXT)
    story.lead.memberships.update(role=Role.ACTION_OWNER)
    assert "Half a sentence" in lead.read(draft_path(draft))
    assert presses(lead, draft, _discard="1").status_code == 302
