"""Drafts at the admin are kept whatever they hold, found again and given once."""

import pytest

from tests.tracker.admin.drafts.opened import DRAFTS, TEXT, draft_path, fields_of, kept, presses
from tests.tracker.story import Story
from tests.visitor import Visitor, form_path, page_path, said
from tracker.models import Draft, Event

pytestmark = pytest.mark.django_db


def test_what_is_no_field_of_the_form_is_not_kept(lead: Visitor, pk: int) -> None:
    draft = kept(lead, pk, "respond", reason=TEXT, made_up="x", **{"nu\x00ll": "y"})
    assert draft.values["reason"] == [TEXT]
    assert not {"made_up", "nu\x00ll", "csrfmiddlewaretoken", "_keep"} & set(draft.values)


def test_what_is_far_too_long_is_said_and_stays_typed(lead: Visitor, pk: int) -> None:
    answer = lead.fill_in(pk, "respond", _keep="Keep as draft", reason="x" * 100_001)
    assert "longer than 100,000 characters" in said(answer)["__all__"][0]
    assert answer.context["form"]["reason"].value() == "x" * 100_001
    assert not Draft.objects.exists()


def test_a_form_is_kept_as_it_stands_and_nothing_is_recorded(pk: int, lead: Visitor) -> None:
    draft = kept(lead, pk, "record-blocker", cause=TEXT, forecast_on="the day after")
    page = lead.read(draft_path(draft))
    assert "It is kept as a draft. Nothing is recorded yet" in page
    held = fields_of(lead, draft)
    assert (held["cause"], held["forecast_on"]) == (TEXT, "the day after")
    assert Event.objects.filter(recommendation=pk).count() == 1


def test_every_choice_is_kept(pk: int, lead: Visitor) -> None:
    questions = ["P 2.1/1", "P 2.1/3"]
    draft = kept(lead, pk, "attach-evidence", title="Sample", key_questions=questions)
    assert fields_of(lead, draft)["key_questions"] == questions
    draft = kept(lead, pk, "respond", response="partly_agreed")
    assert fields_of(lead, draft)["response"] == "partly_agreed"


def test_a_kept_form_goes_on_as_the_same_draft_and_is_given_once(pk: int, lead: Visitor) -> None:
    draft = kept(lead, pk, "record-progress-update", text=TEXT)
    form = fields_of(lead, draft)
    presses(lead, draft, **{**form, "text": "A whole sentence.", "_keep": "1"})
    draft.refresh_from_db()
    assert draft.values["text"] == ["A whole sentence."]
    form = fields_of(lead, draft)
    for _ in range(2):
        response = presses(lead, draft, **form)
        assert (response.status_code, response["Location"]) == (302, page_path(pk))
    draft.refresh_from_db()
    assert draft.state == "given"
    assert Event.objects.filter(recommendation=pk).count() == 2
    assert (
        "This draft is recorded" in lead.client.get(draft_path(draft), follow=True).content.decode()
    )


def test_two_windows_on_one_draft_show_both_texts_before_one_replaces_the_other(
    pk: int, lead: Visitor
) -> None:
    draft = kept(lead, pk, "record-progress-update", text="Opened with")
    one, other = (fields_of(lead, draft) for _ in range(2))
    for text in ("First", "First, longer"):
        assert presses(lead, draft, **{**one, "text": text, "_keep": "1"}).status_code == 302
    sent = {**other, "text": "Second", "_keep": "1"}
    answer = lead.client.post(draft_path(draft), sent, headers={"accept": "application/json"})
    assert answer.status_code == 409
    assert "kept in another window" in answer.json()["said"]
    came_back = presses(lead, draft, **sent)
    page = came_back.content.decode()
    assert "Kept in another window on" in page
    assert "First, longer" in page
    assert 'data-module="keep-draft"' not in page
    form = came_back.context["form"]
    assert form["text"].value() == "Second"
    draft.refresh_from_db()
    assert draft.values["text"] == ["First, longer"]
    again = {bound.name: bound.value() for bound in form if bound.value()}
    assert presses(lead, draft, **again, _keep="1").status_code == 302
    draft.refresh_from_db()
    assert draft.values["text"] == ["Second"]
    assert presses(lead, draft, **{**one, "text": "Third", "_keep": "1"}).status_code == 200


def test_the_forms_own_page_gives_the_draft_as_well(pk: int, lead: Visitor) -> None:
    form = {**lead.opened(pk, "record-progress-update"), "text": TEXT}
    lead.post(pk, "record-progress-update", {**form, "_keep": "1"})
    lead.post(pk, "record-progress-update", form)
    assert Draft.objects.get().state == "given"


def test_a_refusal_on_a_resumed_draft_keeps_the_text(pk: int, lead: Visitor) -> None:
    draft = kept(lead, pk, "record-progress-update", text=TEXT)
    form = {**fields_of(lead, draft), "occurred_on": "2030-01-01"}
    response = presses(lead, draft, **form)
    assert list(said(response)) == ["occurred_on"]
    assert "Half a sentence about &lt;b&gt;plans&lt;/b&gt;" in response.content.decode()


def test_a_draft_says_what_was_recorded_since_and_can_then_be_given(
    story: Story, pk: int, lead: Visitor
) -> None:
    draft = kept(lead, pk, "record-progress-update", text=TEXT)
    story.update("Said by a colleague meanwhile")
    page = lead.read(draft_path(draft))
    assert "Recorded since you last kept this draft" in page
    assert "Said by a colleague meanwhile" in page
    assert presses(lead, draft, **fields_of(lead, draft)).status_code == 302
    assert Event.objects.filter(recommendation=pk).count() == 3


def test_a_form_that_lost_its_hidden_part_is_kept_all_the_same(pk: int, lead: Visitor) -> None:
    sent = {"text": TEXT, "_keep": "1", "expected_version": "x" * 40, "acting_role": "inspector"}
    assert lead.post(pk, "record-progress-update", sent).status_code == 302
    draft = Draft.objects.get()
    assert (draft.expected_version, draft.acting_role) == (1, "pdu_lead")
    assert draft.values["text"] == [TEXT]


def test_a_discarded_draft_leaves_the_lists(pk: int, lead: Visitor) -> None:
    draft = kept(lead, pk, "record-progress-update", text=TEXT)
    assert '<h2 id="drafts-heading">Drafts</h2>' in lead.page(pk)
    response = presses(lead, draft, _discard="1")
    assert response["Location"] == page_path(pk)
    assert "drafts-heading" not in lead.page(pk)
    assert list(lead.get(DRAFTS).context["cl"].queryset) == []


def test_the_script_is_answered_in_json(pk: int, lead: Visitor) -> None:
    form = {**lead.opened(pk, "record-progress-update"), "text": TEXT, "_keep": "1"}
    place = form_path(pk, "record-progress-update")
    response = lead.client.post(place, form, headers={"accept": "application/json"})
    draft = Draft.objects.get()
    assert response.json() == {
        "said": "Kept as a draft at 9:30am.",
        "address": draft_path(draft),
        "received": {},
    }
    Draft.objects.update(state="discarded", settled_at=draft.changed_at)
    refused = lead.client.post(place, form, headers={"accept": "application/json"})
    assert refused.status_code == 409
    assert "recorded or discarded already" in refused.json()["said"]


# --- Who prepares and who may ---
