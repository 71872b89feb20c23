"""A file is sent to those who may have it, once it is clean, and never but as an attachment."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.drafting import ask_for_sign_off, typed
from tests.evidence_files import attaching, bring, path_of
from tests.tracker.evidence.files import PDF, TEXT
from tests.tracker.story import NOW, Story
from tests.visitor import Visitor
from tests.world import make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import RedactionReason, Role
from tracker.models import EvidenceFile
from tracker.services import drafting

pytestmark = pytest.mark.django_db
State = EvidenceFile.State


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def story() -> Story:
    return Story(recommendations=2)


def clean(file: EvidenceFile) -> EvidenceFile:
    EvidenceFile.objects.filter(pk=file.pk).update(state=State.CLEAN)
    return file


@pytest.fixture
def file(story: Story) -> EvidenceFile:
    kept = clean(bring(story))
    story.tell(attaching(kept))
    return kept


def fetch(user: User, file: EvidenceFile) -> Any:
    """Ask for the file; a content that is sent is read to its end, which closes it."""
    answer = Visitor(user).get(f"/evidence/{file.pk}/")
    answer.read = b"".join(answer.streaming_content) if answer.streaming else b""
    return answer


def test_it_is_an_attachment_that_no_browser_runs_and_no_cache_keeps(
    story: Story, file: EvidenceFile
) -> None:
    answer = fetch(story.lead, file)
    assert answer.read == PDF
    headers = answer.headers
    assert headers["Content-Disposition"] == 'attachment; filename="Dip sample June.pdf"'
    assert (headers["Content-Type"], headers["Content-Length"]) == ("application/pdf", "48")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "no-store" in headers["Cache-Control"]


def test_a_name_in_any_script_arrives_as_it_is(story: Story) -> None:
    file = clean(bring(story, TEXT, 'Cynllun "ŵ".txt'))
    story.tell(attaching(file))
    answer = fetch(story.lead, file)
    disposition = answer.headers["Content-Disposition"]
    assert disposition == "attachment; filename*=utf-8''Cynllun%20_%C5%B5_.txt"


def test_whoever_may_read_the_recommendation_may_have_it_and_nobody_else(
    story: Story, file: EvidenceFile
) -> None:
    other = Story("Southmarch PDU")
    elsewhere = make_user("Rae Elsewhere", Role.REGIONAL_LEAD, other.unit)
    readers = [
        story.lead,
        make_user("Owen Owner", Role.ACTION_OWNER, story.unit),
        make_user("Rhys Region", Role.REGIONAL_LEAD, story.unit.region),
        make_user("Cai Coordinator", Role.HMPPS_COORDINATOR),
        story.inspector,
        story.administrator,
    ]
    operator = User.objects.create_superuser("operator")
    for reader in readers:
        assert fetch(reader, file).status_code == 200, reader
    for stranger in (other.lead, elsewhere, operator, make_user("Nia Nobody")):
        assert fetch(stranger, file).status_code == 404, stranger
    assert Client().get(f"/evidence/{file.pk}/").status_code == 302


@pytest.mark.parametrize("state", sorted(set(State) - {State.CLEAN, State.INFECTED, State.CLAIMED}))
def test_what_is_not_known_to_be_clean_is_not_served(
    story: Story, file: EvidenceFile, state: str
) -> None:
    EvidenceFile.objects.update(state=state)
    for reader in (story.lead, story.inspector, story.administrator):
        assert fetch(reader, file).status_code == 404


def test_what_nobody_attached_is_not_served_not_even_to_whoever_brought_it(story: Story) -> None:
    assert fetch(story.lead, clean(bring(story))).status_code == 404


def test_a_file_that_is_missing_in_the_store_is_not_found(story: Story, file: EvidenceFile) -> None:
    path_of(file).unlink()
    assert fetch(story.lead, file).status_code == 404


def test_a_file_stays_open_while_one_piece_of_evidence_with_it_stands(
    story: Story, file: EvidenceFile
) -> None:
    second = story.tell(attaching(file)).event_id
    story.tell(c.WithdrawEvidence(evidence_id=second, reason="Attached twice"))
    assert fetch(story.lead, file).status_code == 200


def test_withdrawn_evidence_stays_open_to_the_inspectorate_alone(story: Story) -> None:
    file = clean(bring(story))
    evidence = story.tell(attaching(file)).event_id
    story.tell(c.WithdrawEvidence(evidence_id=evidence, reason="The wrong year"))
    co_ordinator = make_user("Cai Coordinator", Role.HMPPS_COORDINATOR)
    for reader in (story.lead, co_ordinator):
        assert fetch(reader, file).status_code == 404
    for reader in (story.inspector, story.administrator):
        assert fetch(reader, file).status_code == 200


def test_redacted_evidence_is_open_to_nobody(story: Story) -> None:
    file = clean(bring(story))
    event = story.tell(attaching(file)).event_id
    reason = RedactionReason.PERSONAL_DATA_OF_STAFF
    story.tell(c.RedactPersonalData(event_id=event, reason=reason), by=story.administrator)
    for reader in (story.lead, story.inspector, story.administrator):
        assert fetch(reader, file).status_code == 404


def test_what_a_draft_names_is_open_to_those_who_may_read_the_draft(story: Story) -> None:
    make_user("Sara Second", Role.PDU_LEAD, story.unit)
    ask_for_sign_off(story.unit, 1, story.lead)
    owner = make_user("Owen Owner", Role.ACTION_OWNER, story.unit)
    file = clean(bring(story, by=owner))
    form = typed(
        story.recommendation,
        c.AttachEvidence,
        role=Role.ACTION_OWNER,
        values={"upload": [str(file.pk)]},
    )
    draft = drafting.keep(form, author=owner, now=NOW)
    assert fetch(story.lead, file).status_code == 200, "whoever signs reads what they sign"
    for reader in (story.inspector, Story("Southmarch PDU").lead):
        assert fetch(reader, file).status_code == 404
    drafting.discard(draft.pk, author=owner, now=NOW)
    assert fetch(story.lead, file).status_code == 404
