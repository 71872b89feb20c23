"""A redaction reaches what was exported and what is being imported; hash and reason stay."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import storages

from tests.tracker.exchange.sheets import (
    ACTIONS,
    carried_out,
    clock,
    exported,
    open_lines,
    previewed,
    update,
    uploaded,
    workbook,
)
from tests.tracker.story import NOW, Story
from tracker.documents.writing import write_document
from tracker.domain import commands as c
from tracker.domain.vocabulary import RedactionReason
from tracker.event_store import RecordedEvent
from tracker.exchange import asking, making, working
from tracker.models import Event, ExchangeJob, ImportRow

pytestmark = pytest.mark.django_db
State = ExchangeJob.State
PERSON = "Jo Bloggs of 3 High Street"
Commits = Callable[..., Any]


@pytest.fixture
def named(story: Story) -> RecordedEvent:
    """An update on the first recommendation that should not have been written."""
    return story.update(PERSON)


def redact(story: Story, named: RecordedEvent) -> None:
    reason = RedactionReason.PERSONAL_DATA_OF_PERSON_ON_PROBATION
    story.tell(c.RedactPersonalData(event_id=named.event_id, reason=reason), by=story.administrator)


def stored(job: ExchangeJob, name: str) -> bool:
    return storages["exchange"].exists(name)


def test_an_export_that_held_the_text_is_deleted_with_its_reason(
    story: Story, named: RecordedEvent, django_capture_on_commit_callbacks: Commits
) -> None:
    job, other = exported(story.lead), exported(Story("Southmarch PDU").lead)
    name = job.stored_as
    with django_capture_on_commit_callbacks(execute=True):
        redact(story, named)
    for each in (job, other):
        each.refresh_from_db()
    assert not stored(job, name)
    assert (job.state, job.stored_as, len(job.sha256)) == (State.DONE, "", 64)
    assert job.file_gone_because.startswith("It held a text that was deleted")
    assert stored(other, other.stored_as)


def test_an_export_in_the_making_is_made_anew_without_the_text(
    story: Story, named: RecordedEvent, monkeypatch: pytest.MonkeyPatch
) -> None:
    def redact_meanwhile(*args: Any, **how: Any) -> bytes:
        monkeypatch.setattr(making, "write_document", write_document)
        redact(story, named)
        return write_document(*args, **how)

    monkeypatch.setattr(making, "write_document", redact_meanwhile)
    job = asking.begin_export(
        ACTIONS, person=story.lead, parameters={"whose": "all"}, file_format="xlsx", now=NOW
    )
    assert not working.work_on(job.pk, clock())
    job.refresh_from_db()
    assert (job.state, job.sha256) == (State.WAITING, "")
    assert working.work_on(job.pk, clock())


def test_an_import_about_the_recommendation_is_deleted_before_it_is_confirmed(
    story: Story, named: RecordedEvent
) -> None:
    lines = open_lines(story.lead)
    concerned, other = previewed(story.lead, lines[:1]), previewed(story.lead, lines[2:])
    redact(story, named)
    for each in (concerned, other):
        each.refresh_from_db()
    assert (concerned.state, other.state) == (State.DELETED, State.PREVIEWED)
    assert concerned.reason.startswith("It may have held a text")
    assert not asking.confirm(concerned, now=NOW)


def test_an_import_that_repeats_the_words_elsewhere_is_deleted_too(
    story: Story, named: RecordedEvent
) -> None:
    *_, line = open_lines(story.lead)
    job = previewed(story.lead, [update(line, f"Seen:  {PERSON.upper()}")])
    redact(story, named)
    job.refresh_from_db()
    assert (job.state, job.stored_as) == (State.DELETED, "")
    assert not any(row.says or row.deeds for row in job.rows.all())


def test_an_import_that_nobody_has_read_yet_is_deleted_unread(
    story: Story, named: RecordedEvent
) -> None:
    job = uploaded(story.lead, workbook(open_lines(story.lead)))
    redact(story, named)
    assert not working.work_on(job.pk, clock())
    job.refresh_from_db()
    assert job.state == State.DELETED


def test_an_import_that_is_being_carried_out_stops_at_the_next_row(
    story: Story, named: RecordedEvent, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tracker.exchange import carrying_out

    lines = [update(line, f"Update {n}") for n, line in enumerate(open_lines(story.lead))]
    job = previewed(story.lead, lines)
    asking.confirm(job, now=NOW)
    do = carrying_out._do_one

    def redact_before_the_second(*args: Any) -> None:
        if args[2] == 2:
            redact(story, named)
        do(*args)

    monkeypatch.setattr(carrying_out, "_do_one", redact_before_the_second)
    assert not working.work_on(job.pk, clock())
    job.refresh_from_db()
    assert job.state == State.DELETED
    assert list(job.rows.done().values_list("place", flat=True)) == [1]
    assert Event.objects.filter(type="progress_update_recorded").count() == 2


def test_reasons_and_names_of_settled_imports_that_repeat_the_words_are_mended(
    story: Story, named: RecordedEvent
) -> None:
    job = carried_out(previewed(story.lead, open_lines(story.lead)))
    ImportRow.objects.filter(job=job, place=1).update(why=f"“{PERSON}” is no date.")
    ExchangeJob.objects.filter(pk=job.pk).update(file_name=f"{PERSON}.xlsx")
    redact(story, named)
    job.refresh_from_db()
    assert job.file_name == ""
    assert [row.why for row in job.rows.order_by("place")] == ["Text removed", "", ""]


def test_what_a_settled_import_about_it_quotes_in_part_goes_as_well(
    story: Story, named: RecordedEvent
) -> None:
    lines = open_lines(story.lead)
    job = carried_out(previewed(story.lead, [update(lines[0], on=f"When {PERSON} is released")]))
    elsewhere = carried_out(previewed(story.lead, [update(lines[2], on="When it suits")]))
    assert "Jo Bloggs of 3" in job.rows.get().why
    redact(story, named)
    assert job.rows.get().why == "Text removed"
    assert "suits" in elsewhere.rows.get().why, "it is about another recommendation"
