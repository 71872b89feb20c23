"""Every text of every form is looked at before it is saved; the doors come back once, and go on."""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from inspections.sensitive_text import sensitive_passages
from inspections.warned_form import ALL_THE_SAME, WarnedForm, box_of
from tests.bulk_work import ACTIONS, COMPLETE, filled, send, tick
from tests.drafting import ask_for_sign_off
from tests.permissions.addresses import addresses
from tests.tracker.evidence.files import PDF
from tests.tracker.story import NOW, TODAY, Story
from tests.visitor import Visitor, said
from tests.world import make_user
from tracker.admin.bulk import ACTIONS as ACTION_LIST
from tracker.admin.bulk import RECOMMENDATIONS as RECOMMENDATION_LIST
from tracker.domain import commands as c
from tracker.domain.vocabulary import Role
from tracker.forms import FORMS
from tracker.forms.bulk_form import BulkForm
from tracker.models import ActionProgress, Draft, DraftSignature, Event, EvidenceFile
from tracker.queries.permitted import find_situation

CASE = "X123456"
BOX = box_of(sensitive_passages(CASE))
OURS = ("config", "inspections", "tracker")
UPDATE = "record-progress-update"
BULK = [*ACTION_LIST.forms.values(), *RECOMMENDATION_LIST.forms.values()]


def _texts(form: type[Any]) -> list[str]:
    return [
        name
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.CharField) and not field.widget.is_hidden
    ]


@pytest.fixture
def story(db: None, time_machine: Any) -> Story:
    time_machine.move_to(NOW, tick=False)
    return Story(recommendations=2)


@pytest.fixture
def lead(story: Story) -> Visitor:
    return Visitor(story.lead)


@pytest.fixture
def pk(story: Story) -> int:
    return story.recommendation.pk


def test_every_form_that_takes_words_warns() -> None:
    """Names and addresses of people at work, a search and the report's own text are no such."""
    assert addresses(), "all pages are imported, and with them their forms"
    silent = {
        form.__name__
        for form in _descendants(forms.BaseForm)
        if form.__module__.split(".")[0] in OURS
        and not issubclass(form, WarnedForm)
        and _texts(form)
    }
    assert silent <= {
        "DelegateForm",
        "EmbargoForm",
        "FrameworkForm",
        "InvitationForm",
        "PersonFields",
        "PersonForm",
        "PracticeForm",
        "RoleForm",
        "SignInForm",
        "SourceForm",
    }


def _descendants(kind: type[Any]) -> Iterator[type[Any]]:
    for each in kind.__subclasses__():
        yield each
        yield from _descendants(each)


def test_no_text_of_any_form_is_passed_over(story: Story, pk: int) -> None:
    everything = {form.slug(): form for form in FORMS.values()}
    situation = find_situation(story.lead, pk, TODAY)
    assert situation is not None
    asked = 0
    for form_class in everything.values():
        for name in _texts(form_class):
            form = form_class({name: f"about {CASE}"}, situation=situation)
            assert any(CASE in each for each in form.errors[name]), (form_class, name)
            asked += 1
    assert asked > len(everything)


@pytest.mark.parametrize("form_class", BULK, ids=lambda form: form.slug())
def test_no_text_of_bulk_work_is_passed_over(form_class: type[BulkForm]) -> None:
    for name in _texts(form_class):
        sent = QueryDict(f"row=1:1&{name}=about {CASE}")
        form = form_class(sent, rows=[], today=TODAY)
        assert any(CASE in each for each in form.errors[name])


def test_it_comes_back_with_its_text_and_one_click_more_records_it_once(
    lead: Visitor, pk: int
) -> None:
    form = {**lead.opened(pk, UPDATE), "text": f"The file {CASE} is closed."}
    before = Event.objects.count()
    response = lead.post(pk, UPDATE, form)
    assert CASE in said(response)["text"][0]
    assert Event.objects.count() == before
    page = response.content.decode()
    assert ALL_THE_SAME in page
    assert response.context["form"]["idempotency_key"].value() == str(form["idempotency_key"])
    for _ in range(2):
        assert lead.post(pk, UPDATE, {**form, BOX: "on"}).status_code == 302
    assert Event.objects.count() == before + 1


def test_said_of_several_it_is_asked_once_for_all(story: Story, lead: Visitor, pk: int) -> None:
    other = story.recommendations[1].pk
    form = {**lead.opened(pk, UPDATE), "text": CASE, "also_for": [other]}
    response = lead.post(pk, UPDATE, form)
    assert list(said(response)) == ["text"]
    assert response.context["form"]["also_for"].value() == [str(other)]
    before = Event.objects.count()
    assert lead.post(pk, UPDATE, {**form, BOX: "on"}).status_code == 302
    assert Event.objects.count() == before + 2


def test_the_name_of_a_file_is_looked_at_as_well(lead: Visitor, pk: int) -> None:
    slug = "attach-evidence"
    sent = {"title": "A plan", "effective_on": TODAY}
    response = lead.fill_in(pk, slug, **sent, file=SimpleUploadedFile(f"plan_{CASE}.pdf", PDF))
    assert CASE in said(response)["file"][0]
    values = {bound.name: bound.value() for bound in response.context["form"]}
    again = {name: value for name, value in values.items() if value and name != "file"}
    assert lead.post(pk, slug, {**again, BOX: "on"}).status_code == 302
    assert EvidenceFile.objects.get().name == f"plan_{CASE}.pdf"


def test_many_rows_are_not_done_before_it_is_answered(story: Story, lead: Visitor) -> None:
    action = story.plan()
    story.tell(c.RecordProgressUpdate(text="Done", occurred_on=story.now.date(), action_id=action))
    form = filled(tick(lead, ACTIONS, COMPLETE, [action]), note=f"See {CASE}")
    came = tick(lead, ACTIONS, COMPLETE, [action])
    answer = send(lead, came, form)
    assert CASE in said(answer)["note"][0]
    assert ActionProgress.objects.get().completed_on is None
    assert send(lead, came, {**form, BOX: "on"}).status_code == 302
    assert ActionProgress.objects.get().completed_on is not None


def test_a_draft_keeps_the_words_but_is_not_submitted_before_it_is_answered(
    story: Story, pk: int
) -> None:
    ask_for_sign_off(story.unit, 1, story.lead)
    delegate = Visitor(
        make_user("Dee Delegate", Role.DELEGATE, story.unit, on_behalf_of=story.lead)
    )
    form = {**delegate.opened(pk, UPDATE), "text": f"About {CASE}"}
    assert CASE in said(delegate.post(pk, UPDATE, form))["text"][0]
    assert delegate.post(pk, UPDATE, {**form, "_keep": "Keep", BOX: "on"}).status_code == 302
    assert BOX not in Draft.objects.get().values, "a tick is kept nowhere"
    assert delegate.post(pk, UPDATE, {**form, BOX: "on"}).status_code == 302
    assert Draft.objects.get().state == Draft.State.SUBMITTED


def test_whoever_signs_is_told_and_need_not_answer_again(story: Story, pk: int) -> None:
    draft, signer = _submitted(story, pk)
    address = f"/admin/tracker/draft/{draft.pk}/change/"
    assert f"“{CASE}” looks like a case reference number" in signer.read(address)
    assert signer.client.post(address, {"_approve": "Sign", "submission": 1}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == Draft.State.GIVEN


def test_the_reason_of_a_return_is_looked_at_as_well(story: Story, pk: int) -> None:
    draft, signer = _submitted(story, pk)
    address = f"/admin/tracker/draft/{draft.pk}/change/"
    sent = {"_return": "Return", "submission": 1, "reason": f"Leave {CASE} out"}
    page = signer.client.post(address, sent).content.decode()
    assert f'name="{BOX}"' in page
    assert f"Leave {CASE} out" in page
    assert not DraftSignature.objects.exists()
    assert signer.client.post(address, {**sent, BOX: "on"}).status_code == 302
    assert DraftSignature.objects.get().reason == f"Leave {CASE} out"


def _submitted(story: Story, pk: int) -> tuple[Draft, Visitor]:
    ask_for_sign_off(story.unit, 1, story.lead)
    owner = Visitor(make_user("Owen Owner", Role.ACTION_OWNER, story.unit))
    form = {**owner.opened(pk, UPDATE), "text": f"About {CASE}", BOX: "on"}
    assert owner.post(pk, UPDATE, form).status_code == 302
    return Draft.objects.get(), Visitor(story.lead)
