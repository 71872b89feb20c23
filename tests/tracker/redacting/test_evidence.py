"""The file of redacted evidence goes with its words; the hash stays."""

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.evidence_files import attaching, bring, finds_a_virus, path_of
from tests.tracker.story import NOW, Story
from tracker.domain import commands as c
from tracker.domain.vocabulary import RedactionReason
from tracker.event_store import RecordedEvent
from tracker.models import EvidenceFile
from tracker.services.evidence import scan_waiting
from tracker.tasks import delete_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return Story(recommendations=2)


def redact(story: Story, event: RecordedEvent) -> None:
    reason = RedactionReason.PERSONAL_DATA_OF_VICTIM
    command = c.RedactPersonalData(event_id=event.event_id, reason=reason)
    story.tell(command, by=story.administrator)


def test_the_content_and_the_name_go_and_the_hash_stays(
    story: Story, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    file = bring(story)
    place = path_of(file)
    event = story.tell(attaching(file))
    with django_capture_on_commit_callbacks(execute=True):
        redact(story, event)
    assert not place.exists()
    kept = EvidenceFile.objects.get()
    assert (kept.name, kept.stored_as, kept.gone_because) == ("", "", "redacted")
    assert kept.sha256 == file.sha256


def test_a_crash_before_the_file_went_is_made_good_by_the_sweep(story: Story) -> None:
    file = bring(story)
    place = path_of(file)
    redact(story, story.tell(attaching(file)))
    assert place.exists()
    delete_files()
    assert not place.exists()


def test_a_file_that_was_infected_loses_its_name_as_well(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = bring(story)
    event = story.tell(attaching(file))
    monkeypatch.setattr("tracker.services.evidence.scanning.find_scanner", lambda: finds_a_virus)
    scan_waiting(lambda: NOW)
    redact(story, event)
    kept = EvidenceFile.objects.get()
    assert (kept.name, kept.gone_because) == ("", "infected")


def test_redacting_another_entry_leaves_the_file(story: Story) -> None:
    file = bring(story)
    event = story.tell(attaching(file))
    withdrawn = story.tell(c.WithdrawEvidence(evidence_id=event.event_id, reason="wrong year"))
    redact(story, withdrawn)
    delete_files()
    assert path_of(file).exists()
