"""Imports and exports in the hands of somebody who means harm: nothing leaks or piles up."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.tracker.documents.files import repacked, word_by_docx, written
from tests.tracker.exchange.action_plans.plans import TITLES
from tests.tracker.exchange.sheets import ACTIONS, clock, exported
from tests.tracker.story import NOW, Story
from tests.visitor import LIST, Visitor
from tracker.documents.formats import Format
from tracker.domain import commands as c
from tracker.domain.vocabulary import RedactionReason
from tracker.exchange import asking, fetching, files, working
from tracker.models import ExchangeJob

pytestmark = pytest.mark.django_db
State = ExchangeJob.State
JOBS = "/admin/tracker/exchangejob/"
ROW = ("1", "Agreed", "Train everybody", "Lena Lead", "31 March 2027")


def send(visitor: Visitor, story: Story, name: str, content: bytes) -> Any:
    address = f"{LIST}{story.recommendation.pk}/action-plan/import/"
    return visitor.client.post(address, {"file": SimpleUploadedFile(name, content)})


def fetched(visitor: Visitor, job: ExchangeJob) -> Any:
    return visitor.client.get(f"{JOBS}{job.pk}/file/")


def test_what_was_brought_in_is_never_sent_out_again(story: Story) -> None:
    lead = Visitor(story.lead)
    send(lead, story, "plan.docx", word_by_docx([TITLES, ROW]))
    job = ExchangeJob.objects.get()
    assert (job.state, bool(job.stored_as)) == (State.PREVIEWED, True)
    assert fetched(lead, job).status_code == 302


def test_a_file_of_an_unknown_kind_that_waits_is_not_served_nor_breaks_the_door(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "BYTES_READ_AT_ONCE", 1)
    lead = Visitor(story.lead)
    send(lead, story, "page.html", b"<script>alert(1)</script>")
    job = ExchangeJob.objects.get()
    assert job.state == State.WAITING
    assert fetched(lead, job).status_code == 302


def test_an_export_is_not_served_before_it_is_said_to_be_made(story: Story) -> None:
    """What a broken-off attempt left may hold what was redacted since."""
    job = exported(story.lead)
    ExchangeJob.objects.filter(pk=job.pk).update(state=State.WAITING, settled_at=None)
    job.refresh_from_db()
    assert fetching.reason_against_fetching(job, story.lead, NOW.date())


def test_an_export_that_its_person_may_not_have_any_more_leaves_no_file(
    story: Story, django_capture_on_commit_callbacks: Any
) -> None:
    job = asking.begin_export(
        ACTIONS, person=story.lead, parameters={"whose": "all"}, file_format="xlsx", now=NOW
    )
    left = files.new_name()
    files.put(left, b"what an attempt left that broke off")
    ExchangeJob.objects.filter(pk=job.pk).update(stored_as=left)
    story.lead.memberships.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        assert working.work_on(job.pk, clock())
    job.refresh_from_db()
    assert (job.state, job.stored_as) == (State.REFUSED, "")
    assert not storages["exchange"].exists(left)


@pytest.mark.parametrize("escaped", ["_xD800_", "_x0000_"])
def test_characters_that_no_database_keeps_do_not_break_a_refusal(
    story: Story, escaped: str
) -> None:
    titles = ["Recommendation number", f"{escaped}Action", f"{escaped}Action"]
    content = written([[1, "a", "b"]], Format.EXCEL, [each.replace("_x", "~x") for each in titles])
    content = repacked(content, replaced=[(b"~x", b"_x")])
    page = send(Visitor(story.lead), story, "plan.xlsx", content)
    assert "twice" in page.context["form"].errors["file"][0]
    assert ExchangeJob.objects.get().state == State.REFUSED


def test_the_sentence_that_refused_a_file_forgets_redacted_words(story: Story) -> None:
    person = "Jo Bloggs of 3 High Street"
    named = story.update(person)
    titles = ["Recommendation number", "Action", f"Action ({person})"]
    content = written([[1, "a", "b"]], Format.EXCEL, titles)
    send(Visitor(story.lead), story, "plan.xlsx", content)
    assert person in ExchangeJob.objects.get().reason
    reason = RedactionReason.PERSONAL_DATA_OF_PERSON_ON_PROBATION
    story.tell(c.RedactPersonalData(event_id=named.event_id, reason=reason), by=story.administrator)
    assert person not in ExchangeJob.objects.get().reason


def test_one_person_cannot_fill_the_disk_with_exports(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_KEPT", 2)
    jobs = []
    for hour in range(3):
        jobs.append(exported(story.lead))
        asked_at = NOW + timedelta(hours=hour)
        ExchangeJob.objects.filter(pk=jobs[-1].pk).update(asked_at=asked_at)
    for job in jobs:
        job.refresh_from_db()
    assert [bool(job.stored_as) for job in jobs] == [False, True, True]
    assert jobs[0].file_gone_because.startswith("You have asked for others since")


def test_a_file_that_unpacks_to_much_is_not_read_while_its_person_waits(story: Story) -> None:
    many = b"<worksheet><sheetData/>" + b"<m/>" * 600_000 + b"</worksheet>"
    workbook = written([[1]], Format.EXCEL)
    content = repacked(workbook, changed={"xl/worksheets/sheet1.xml": many})
    assert len(content) < asking.BYTES_READ_AT_ONCE
    send(Visitor(story.lead), story, "plan.xlsx", content)
    assert ExchangeJob.objects.get().state == State.WAITING
