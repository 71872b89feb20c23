"""Factual accuracy: who notes, who reads, who answers, and what stays as it is."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import User

from inspections.accuracy import (
    MOST_NOTES,
    AccuracyRefused,
    answer_claim,
    note_claim,
    remove_words_of,
    visible_notes,
)
from inspections.models import AccuracyNote, Inspection, Membership, ReportSource
from inspections.redacting import REMOVED
from tests.tracker.story import NOW, TODAY
from tests.world import make_inspection, make_user

pytestmark = pytest.mark.django_db
Verdict = AccuracyNote.Verdict


@pytest.fixture
def administrator() -> User:
    return make_user("Ada Admin", Membership.Role.HMIP_ADMINISTRATOR)


@pytest.fixture
def reader() -> User:
    return make_user("Rhys Reader", Membership.Role.HMPPS_COORDINATOR)


@pytest.fixture
def report(reader: User) -> Inspection:
    source = ReportSource.objects.create(
        sha256="0" * 64, format="text", text="A title\n\n  9 of 20 cases  \n", received_at=NOW
    )
    inspection = make_inspection(
        source=source,
        state=Inspection.State.EMBARGOED,
        published_on=TODAY + timedelta(days=9),
        publish_at=NOW + timedelta(days=9),
    )
    inspection.named_readers.add(reader)
    return inspection


def noted(report: Inspection, by: User, *, key: UUID | None = None, **said: Any) -> AccuracyNote:
    details = {"line": 3, "claim": "It was 10 of 20", "should_say": "10 of 20 cases", **said}
    return note_claim(inspection=report, key=key or uuid4(), actor=by, now=NOW, **details)


def refusal(act: Any, *args: Any, **kwargs: Any) -> AccuracyRefused:
    with pytest.raises(AccuracyRefused) as refused:
        act(*args, **kwargs)
    return refused.value


def test_a_named_reader_notes_a_line_as_it_reads_and_a_second_click_adds_nothing(
    report: Inspection, reader: User
) -> None:
    key = uuid4()
    first, second = noted(report, reader, key=key), noted(report, reader, key=key)
    assert first == second
    assert (first.quoted, first.verdict) == ("9 of 20 cases", "")


def test_a_note_may_be_about_the_report_as_a_whole(report: Inspection, reader: User) -> None:
    assert noted(report, reader, line=None).quoted == ""


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"claim": "  "}, "claim"),
        ({"claim": "x" * 2001}, "claim"),
        ({"should_say": "x" * 2001}, "should_say"),
        ({"line": 0}, "line"),
        ({"line": 5}, "line"),
    ],
)
def test_what_makes_no_note_is_refused_at_its_field(
    report: Inspection, reader: User, said: dict[str, Any], field: str
) -> None:
    assert refusal(noted, report, reader, **said).field == field


@pytest.mark.parametrize("state", [Inspection.State.DRAFT, Inspection.State.PUBLISHED])
def test_notes_are_taken_while_the_embargo_lasts_alone(
    report: Inspection, reader: User, state: str
) -> None:
    Inspection.objects.filter(pk=report.pk).update(state=state)
    assert "takes no more notes" in str(refusal(noted, report, reader))


def test_nobody_notes_who_is_not_named_or_holds_no_role_any_more(
    report: Inspection, reader: User, administrator: User
) -> None:
    refusal(noted, report, administrator)
    Membership.objects.filter(user=reader).update(ends_on=TODAY - timedelta(days=1))
    refusal(noted, report, reader)
    assert not AccuracyNote.objects.exists()


def test_one_reader_notes_so_much_and_no_more(report: Inspection, reader: User) -> None:
    AccuracyNote.objects.bulk_create(
        AccuracyNote(
            inspection=report, noted_by=reader, noted_at=NOW, key=UUID(int=nth), claim="Wrong"
        )
        for nth in range(MOST_NOTES)
    )
    refusal(noted, report, reader)


def test_a_reader_sees_their_own_notes_and_an_administrator_all(
    report: Inspection, reader: User, administrator: User
) -> None:
    colleague = make_user("Cay Colleague", Membership.Role.HMPPS_COORDINATOR)
    report.named_readers.add(colleague)
    own, other = noted(report, reader), noted(report, colleague)
    assert set(visible_notes(reader, TODAY)) == {own}
    assert set(visible_notes(administrator, TODAY)) == {own, other}
    Inspection.objects.filter(pk=report.pk).update(state=Inspection.State.DRAFT)
    assert not visible_notes(reader, TODAY).exists(), "a draft has no readers"
    Inspection.objects.filter(pk=report.pk).update(state=Inspection.State.PUBLISHED)
    assert set(visible_notes(reader, TODAY)) == {own}
    inspector = make_user("Ina Inspector", Membership.Role.INSPECTOR)
    assert not visible_notes(inspector, TODAY).exists()


@pytest.mark.parametrize("verdict", [Verdict.ACCEPTED, Verdict.DECLINED])
def test_an_answer_is_given_once_and_changes_nothing_in_the_report(
    report: Inspection, reader: User, administrator: User, verdict: str
) -> None:
    note = noted(report, reader)
    said: dict[str, Any] = {"answer": "We looked again", "actor": administrator, "now": NOW}
    answer_claim(note, verdict=verdict, **said)
    answered = answer_claim(note, verdict=verdict, **said)
    assert (answered.verdict, answered.answered_by) == (verdict, administrator)
    other = "declined" if verdict == "accepted" else "accepted"
    assert "answered already" in str(refusal(answer_claim, note, verdict=other, **said))
    source = ReportSource.objects.get(inspection=report)
    assert source.text == "A title\n\n  9 of 20 cases  \n"


def test_an_answer_needs_an_administrator_a_verdict_and_a_word(
    report: Inspection, reader: User, administrator: User
) -> None:
    note = noted(report, reader)
    by_admin: dict[str, Any] = {"actor": administrator, "now": NOW}
    assert refusal(answer_claim, note, verdict="", answer="Yes", **by_admin).field == "verdict"
    assert refusal(answer_claim, note, verdict="accepted", answer=" ", **by_admin).field == "answer"
    refusal(answer_claim, note, verdict="accepted", answer="Yes", actor=reader, now=NOW)
    refusal(remove_words_of, note, reason="A name", actor=reader, now=NOW)


def test_the_words_of_a_note_are_removed_for_good_and_it_is_said_why(
    report: Inspection, reader: User, administrator: User
) -> None:
    note = noted(report, reader)
    answer_claim(note, verdict="declined", answer="No", actor=administrator, now=NOW)
    assert refusal(remove_words_of, note, reason="", actor=administrator, now=NOW).field == "reason"
    for reason in ("It named somebody", "Again"):
        remove_words_of(note, reason=reason, actor=administrator, now=NOW)
    note.refresh_from_db()
    assert (note.claim, note.should_say, note.quoted, note.answer) == (REMOVED, "", "", REMOVED)
    assert (note.removed_because, note.removed_by) == ("It named somebody", administrator)
    assert note.verdict == "declined"
