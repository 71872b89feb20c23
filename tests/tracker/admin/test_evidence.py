"""A file or a link becomes evidence by one form; a file is chosen once, whatever else is wrong."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from inspections.models import Finding, KeyQuestion, Standard
from tests.drafting import ask_for_sign_off
from tests.evidence_files import NAME, bring, path_of
from tests.tracker.evidence.files import PDF
from tests.tracker.story import Story
from tests.visitor import Visitor, form_path, said
from tests.world import make_user
from tracker.domain.events import EvidenceAttached, MeasureValue
from tracker.domain.vocabulary import EvidenceKind, Role
from tracker.event_store import read_stream
from tracker.models import Draft, Event, EvidenceFile

pytestmark = pytest.mark.django_db
SLUG = "attach-evidence"
TITLE = "Dip sample of 20 cases"
DAY = "2026-11-02"
BLANK = {"title": TITLE, "location": "", "effective_on": DAY}


def pdf(name: str = NAME, content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def attached(pk: int) -> EvidenceAttached:
    event = read_stream(pk)[-1].event
    assert isinstance(event, EvidenceAttached)
    return event


def held(response: Any) -> dict[str, Any]:
    """Return what the form that came back would send, as a browser does: without the file."""
    values = {bound.name: bound.value() for bound in response.context["form"]}
    return {name: value for name, value in values.items() if value and name != "file"}


def test_a_file_is_attached_with_its_day_and_all_that_it_bears_on(
    story: Story, pk: int, lead: Visitor
) -> None:
    framework = story.inspection.framework
    standard = Standard.objects.filter(framework=framework).order_by("pk")[0]
    question = KeyQuestion.objects.filter(standard__framework=framework).order_by("pk")[0]
    finding = Finding.objects.create(
        inspection=story.inspection, standard=standard, kind="strength", ordinal=1, text="A"
    )
    cited = {"standards": standard.code, "key_questions": question.code, "findings": finding.pk}
    figure = {"figure_n": "9", "figure_m": "20"}
    lead.give(pk, SLUG, file=pdf(), **BLANK, **cited, **figure)
    event, file = attached(pk), EvidenceFile.objects.get()
    assert (event.kind, event.title, event.location) == (EvidenceKind.FILE, TITLE, NAME)
    assert (event.file_id, event.sha256, event.size) == (file.pk, file.sha256, len(PDF))
    assert str(event.occurred_on) == DAY
    assert (event.standards, event.findings) == ((standard.code,), (finding.pk,))
    assert event.key_questions == (question.code,)
    assert event.figure == MeasureValue(n=9, m=20)
    assert "The evidence is attached." in lead.page(pk)


def test_a_figure_may_be_a_number(pk: int, lead: Visitor) -> None:
    lead.give(pk, SLUG, **{**BLANK, "location": "https://docs.example/1"}, figure_number="3.5")
    assert attached(pk).figure == MeasureValue(number="3.5")


def test_a_muddled_figure_is_refused_at_its_field(pk: int, lead: Visitor) -> None:
    response = lead.fill_in(pk, SLUG, effective_on=DAY, title=TITLE, file=pdf(), figure_n="9")
    assert list(said(response)) == ["figure_n"]


def test_a_file_is_not_chosen_again_when_another_field_is_refused(pk: int, lead: Visitor) -> None:
    refused = lead.fill_in(pk, SLUG, effective_on=DAY, title="", file=pdf())
    assert list(said(refused)) == ["title"]
    assert f"Kept: <strong>{NAME}</strong>" in refused.content.decode()
    assert lead.post(pk, SLUG, {**held(refused), "title": TITLE}).status_code == 302
    assert attached(pk).file_id == EvidenceFile.objects.get().pk


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (pdf(content=b""), "is empty"),
        (pdf("log.exe"), "not taken"),
        (pdf("log.docx"), "but the file is a PDF document"),
    ],
)
def test_a_file_that_cannot_be_evidence_is_refused_at_its_field_and_the_text_is_kept(
    pk: int, lead: Visitor, sent: SimpleUploadedFile, sentence: str
) -> None:
    sent.seek(0)
    response = lead.fill_in(pk, SLUG, effective_on=DAY, title=TITLE, file=sent)
    assert sentence in said(response)["file"][0]
    page = response.content.decode()
    assert TITLE in page
    assert 'href="#id_file"' in page
    assert not EvidenceFile.objects.exists()
    assert Event.objects.filter(recommendation=pk).count() == 1


def test_a_file_that_is_far_too_large_is_a_sentence_and_the_text_is_kept(
    pk: int, lead: Visitor, settings: Any
) -> None:
    settings.LARGEST_UPLOAD = settings.EVIDENCE_LARGEST = 100_000
    response = lead.fill_in(
        pk, SLUG, effective_on=DAY, title=TITLE, file=pdf(content=PDF + bytes(300_000))
    )
    assert "larger than 97.7\xa0KB" in said(response)["file"][0]
    assert TITLE in response.content.decode()
    assert not EvidenceFile.objects.exists()


def test_evidence_is_a_file_or_a_link_and_exactly_one(pk: int, lead: Visitor) -> None:
    assert (
        "Choose a file, or give"
        in said(lead.fill_in(pk, SLUG, effective_on=DAY, title=TITLE))["file"][0]
    )
    link = "https://docs.example/1"
    both = lead.fill_in(pk, SLUG, effective_on=DAY, title=TITLE, file=pdf(), location=link)
    assert "either a file or a web address" in said(both)["location"][0]
    without = lead.post(pk, SLUG, {**held(both), "file-clear": "on"})
    assert without.status_code == 302, said(without)
    assert (attached(pk).kind, attached(pk).location) == (EvidenceKind.LINK, link)


def test_another_file_takes_the_place_of_the_first(pk: int, lead: Visitor) -> None:
    refused = lead.fill_in(pk, SLUG, effective_on=DAY, title="", file=pdf())
    lead.post(pk, SLUG, {**held(refused), "title": TITLE, "file": pdf("Corrected.pdf")})
    assert attached(pk).location == "Corrected.pdf"


def test_the_same_form_sent_twice_is_one_piece_of_evidence(pk: int, lead: Visitor) -> None:
    refused = lead.fill_in(pk, SLUG, effective_on=DAY, title="", file=pdf())
    form = {**held(refused), "title": TITLE}
    assert [lead.post(pk, SLUG, form).status_code for _ in range(2)] == [302, 302]
    assert Event.objects.filter(recommendation=pk).count() == 2


def test_a_kept_file_is_nobody_elses_to_attach(story: Story, pk: int, lead: Visitor) -> None:
    colleague = make_user("Lea Lead", Role.PDU_LEAD, story.unit)
    theirs = bring(story, by=colleague)
    response = lead.fill_in(pk, SLUG, effective_on=DAY, title=TITLE, upload=str(theirs.pk))
    assert "choose it once more" in said(response)["file"][0]
    other = Story("Southmarch PDU")
    elsewhere = bring(other, name="canary.pdf", by=story.lead)
    response = lead.fill_in(pk, SLUG, effective_on=DAY, title=TITLE, upload=str(elsewhere.pk))
    assert "Choose a file" in said(response)["file"][0]
    assert "canary.pdf" not in response.content.decode()


def test_one_file_is_evidence_for_several_recommendations_at_once(
    story: Story, pk: int, lead: Visitor
) -> None:
    other = story.recommendations[1]
    lead.give(pk, SLUG, **BLANK, file=pdf(), also_for=[other.pk])
    assert attached(pk).file_id == attached(other.pk).file_id == EvidenceFile.objects.get().pk


# --- Drafts and sign-off ---


def test_a_draft_remembers_the_file(pk: int, lead: Visitor) -> None:
    lead.fill_in(pk, SLUG, _keep="Keep as draft", effective_on=DAY, title="", file=pdf())
    draft = Draft.objects.get()
    page = lead.get(f"/admin/tracker/draft/{draft.pk}/change/")
    assert f"Kept: <strong>{NAME}</strong>" in page.content.decode()
    sent = {**held(page), "title": TITLE}
    assert lead.client.post(f"/admin/tracker/draft/{draft.pk}/change/", sent).status_code == 302
    assert attached(pk).location == NAME


def test_a_file_chosen_in_a_draft_is_kept_as_well(pk: int, lead: Visitor) -> None:
    lead.fill_in(pk, SLUG, _keep="Keep as draft", effective_on=DAY, title=TITLE)
    address = f"/admin/tracker/draft/{Draft.objects.get().pk}/change/"
    sent = {**held(lead.get(address)), "file": pdf()}
    assert lead.client.post(address, sent).status_code == 302
    assert attached(pk).location == NAME


def test_the_script_hears_which_file_was_kept_and_which_was_not(pk: int, lead: Visitor) -> None:
    form = {**lead.opened(pk, SLUG), "_keep": "1"}
    json = {"accept": "application/json"}
    sent = {**form, "file": pdf()}
    answer = lead.client.post(form_path(pk, SLUG), sent, headers=json).json()
    kept = EvidenceFile.objects.get()
    assert answer["received"] == {"upload": str(kept.pk), "file": NAME}
    sent = {**form, "upload": str(kept.pk), "file": pdf("log.exe")}
    answer = lead.client.post(form_path(pk, SLUG), sent, headers=json).json()
    assert "not taken" in answer["said"]
    assert answer["received"] == {"upload": str(kept.pk), "file": NAME}, "the first one stays"


def test_without_a_script_too_a_draft_says_that_the_file_was_not_kept(
    pk: int, lead: Visitor
) -> None:
    sent = {**lead.opened(pk, SLUG), "_keep": "1", "title": TITLE, "file": pdf("log.exe")}
    page = lead.client.post(form_path(pk, SLUG), sent, follow=True).content.decode()
    assert "It is kept as a draft." in page
    assert "not taken" in page


def test_whoever_signs_reads_the_name_and_gives_the_file_that_was_prepared(
    story: Story, pk: int, people: dict[str, User], lead: Visitor
) -> None:
    make_user("Sara Second", Role.PDU_LEAD, story.unit)
    ask_for_sign_off(story.unit, 1, story.lead)
    Visitor(people["owner"]).give(pk, SLUG, **BLANK, file=pdf())
    draft = Draft.objects.get()
    address = f"/admin/tracker/draft/{draft.pk}/change/"
    assert NAME in lead.read(address)
    sent = {"submission": "1", "expected_version": "1", "_approve": "1"}
    assert lead.client.post(address, sent).status_code == 302
    assert attached(pk).file_id == EvidenceFile.objects.get().pk
    assert Event.objects.get(version=2, recommendation=pk).prepared_by_name == "Owen Owner"


# --- Who may ---


@pytest.mark.parametrize("who", ["inspector", "regional lead", "co-ordinator", "administrator"])
def test_nothing_is_kept_of_those_who_may_not_attach(
    pk: int, lead: Visitor, people: dict[str, User], who: str
) -> None:
    sent = {**lead.opened(pk, SLUG), **BLANK, "file": pdf()}
    assert Visitor(people[who]).post(pk, SLUG, sent).status_code == 403
    assert not EvidenceFile.objects.exists()


def test_nothing_is_kept_of_strangers(pk: int, foreign: Story, lead: Visitor) -> None:
    sent = {**lead.opened(pk, SLUG), **BLANK, "file": pdf()}
    assert Visitor(foreign.lead).post(pk, SLUG, sent).status_code == 404
    assert not EvidenceFile.objects.exists()
    assert path_of(bring(foreign)).exists()
