"""The pages of factual accuracy: the reader notes, HMIP answers, others find no such page."""

from datetime import UTC, datetime
from smtplib import SMTPException
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail

from inspections.models import AccuracyNote, Inspection, Membership
from tests.inspections.importing.pages import LIST, page_of
from tests.visitor import Visitor
from tests.world import make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
WORDING = "ask the police and children’s services"
LINE = 46


@pytest.fixture(autouse=True)
def _on_the_first_of_june() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def person(draft: Inspection) -> User:
    return make_user("Rhys Reader", Membership.Role.PDU_LEAD, draft.provider)


@pytest.fixture
def reader(person: User) -> Visitor:
    return Visitor(person)


@pytest.fixture
def report(draft: Inspection, administrator: Visitor, person: User) -> Inspection:
    share(administrator, draft, person)
    draft.refresh_from_db()
    assert draft.state == Inspection.State.EMBARGOED
    return draft


def share(administrator: Visitor, draft: Inspection, *readers: User) -> Any:
    seen = administrator.get(page_of("embargo", draft)).context["seen"]
    sent = {
        "seen": seen,
        "published_on": "2026-06-02",
        "hour": "09:30",
        "named_readers": [str(reader.pk) for reader in readers],
    }
    return administrator.client.post(page_of("embargo", draft), sent, follow=True)


def note(reader: Visitor, report: Inspection, **said: Any) -> Any:
    form = reader.get(page_of("accuracy", report)).context["form"]
    sent = {"key": str(form["key"].value()), "line": LINE, "claim": "Not the police", **said}
    return reader.client.post(page_of("accuracy", report), sent, follow=True)


def answer_path(found: AccuracyNote) -> str:
    return f"{LIST}accuracy/{found.pk}/"


def test_a_reader_finds_the_page_and_notes_a_line_by_its_link(
    reader: Visitor, report: Inspection
) -> None:
    assert page_of("accuracy", report) in reader.read(f"{LIST}{report.pk}/change/")
    page = reader.read(page_of("accuracy", report))
    assert f'href="?line={LINE}#note"' in page
    chosen = reader.get(page_of("accuracy", report), line=str(LINE))
    assert WORDING in chosen.context["chosen"]
    assert chosen.context["form"]["line"].value() == LINE
    told = note(reader, report, should_say="The council").content.decode()
    assert "Not the police" in told
    assert "Not answered yet" in told
    found = AccuracyNote.objects.get()
    assert WORDING in found.quoted
    assert answer_path(found) not in told, "the answer is HMIP's"


def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    reader: Visitor, report: Inspection
) -> None:
    page = note(reader, report, claim="", should_say="The council").content.decode()
    assert "Say what is wrong." in page
    assert "The council" in page
    page = note(reader, report, claim="About X123456").content.decode()
    assert "looks like a case reference number" in page
    assert not AccuracyNote.objects.exists()


def test_an_administrator_sees_the_note_beside_its_line_and_answers_it(
    reader: Visitor, report: Inspection, administrator: Visitor
) -> None:
    note(reader, report)
    found = AccuracyNote.objects.get()
    assert "1 note of readers is not answered" in administrator.read(page_of("publish", report))
    administrator.client.post(page_of("take-back", report))
    draft = administrator.read(page_of("draft", report))
    assert f"Note {found.pk}, line {LINE}</a> (not answered): Not the police" in draft
    assert answer_path(found) in administrator.read(page_of("accuracy", report))
    refused = administrator.client.post(answer_path(found), {"answer": "We looked"})
    assert "Accept or decline the note." in refused.content.decode()
    sent = {"verdict": "accepted", "answer": "We mend it."}
    assert administrator.client.post(answer_path(found), sent).status_code == 302
    page = administrator.read(answer_path(found))
    assert "Accepted by HMIP, 1 June 2026: We mend it." in page
    assert 'name="verdict"' not in page, "it is answered for good"


def test_after_publication_the_reader_reads_the_answer_and_notes_no_more(
    reader: Visitor, report: Inspection
) -> None:
    note(reader, report)
    Inspection.objects.filter(pk=report.pk).update(state=Inspection.State.PUBLISHED)
    page = reader.read(page_of("accuracy", report))
    assert "Not the police" in page
    assert "takes no more notes" in page
    reader.client.post(page_of("accuracy", report), {"claim": "More"})
    assert AccuracyNote.objects.count() == 1


def test_who_was_never_named_finds_no_such_page(
    reader: Visitor, report: Inspection, inspector: User
) -> None:
    note(reader, report)
    stranger, found = Visitor(inspector), AccuracyNote.objects.get()
    for state in Inspection.State:
        Inspection.objects.filter(pk=report.pk).update(state=state)
        for path in (page_of("accuracy", report), answer_path(found)):
            assert stranger.get(path).status_code == 404
            assert stranger.client.post(path, {"claim": "No"}).status_code == 404
    assert reader.get(answer_path(found)).status_code == 404
    assert page_of("accuracy", report) not in stranger.read(f"{LIST}{report.pk}/change/")


def test_the_words_of_a_note_can_be_deleted_for_good(
    reader: Visitor, report: Inspection, administrator: Visitor
) -> None:
    note(reader, report, claim="Jo Bloggs says so")
    found = AccuracyNote.objects.get()
    missing = administrator.client.post(answer_path(found), {"remove": "x", "reason": ""})
    assert "Say why the words are deleted." in missing.content.decode()
    sent = {"remove": "x", "reason": "It names somebody"}
    assert administrator.client.post(answer_path(found), sent).status_code == 302
    page = reader.read(page_of("accuracy", report))
    assert "Jo Bloggs" not in page
    assert "It names somebody" in page


def test_a_reader_is_told_by_mail_once_and_not_what_is_in_the_report(
    report: Inspection, administrator: Visitor, person: User
) -> None:
    (message,) = mail.outbox
    assert message.to == [person.email]
    assert page_of("accuracy", report) in message.body
    assert "2 June 2026 at 9:30am" in message.body
    for word in ("Valleys", WORDING):
        assert word not in f"{message.subject}{message.body}"
    other = make_user("Ola Other", Membership.Role.INSPECTOR)
    share(administrator, report, person, other)
    assert [each.to for each in mail.outbox[1:]] == [[other.email]]


def test_a_mail_that_does_not_leave_is_said_and_stops_nothing(
    draft: Inspection, administrator: Visitor, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise SMTPException

    monkeypatch.setattr("inspections.embargo_mail.send_mail", fail)
    page = share(administrator, draft, person).content.decode()
    assert "No mail could be sent to Rhys Reader; tell them yourself." in page
    draft.refresh_from_db()
    assert draft.state == Inspection.State.EMBARGOED
