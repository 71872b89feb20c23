"""What somebody brings is judged, hashed and put where no address leads."""

import hashlib
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.storage import FileSystemStorage, storages

from tests.evidence_files import attaching, bring, path_of
from tests.tracker.evidence.files import PDF, TEXT
from tests.tracker.story import NOW, Story
from tests.world import make_recommendation, make_user
from tracker.domain.events import EvidenceAttached
from tracker.domain.rejection import CommandRejected
from tracker.domain.vocabulary import Role
from tracker.evidence.kinds import FileRefused
from tracker.models import Event, EvidenceFile, EvidenceProgress
from tracker.services.evidence import keeping

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return Story(recommendations=2)


def test_a_file_is_kept_under_a_random_name_with_its_hash(story: Story) -> None:
    file = bring(story, name="../../Dip sample June.pdf")
    assert (file.name, file.size) == ("Dip sample June.pdf", len(PDF))
    assert (file.sha256, file.media_type) == (hashlib.sha256(PDF).hexdigest(), "application/pdf")
    assert path_of(file).read_bytes() == PDF
    assert "sample" not in file.stored_as
    assert file.state == EvidenceFile.State.WAITING


def test_it_lies_where_nobody_else_can_read_it_and_no_address_leads(
    story: Story, settings: LazySettings
) -> None:
    place = path_of(bring(story))
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    folders = [settings.STATIC_ROOT, *settings.STATICFILES_DIRS]
    assert not any(place.is_relative_to(Path(each)) for each in folders)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "log.pdf", "The file is empty"),
        (TEXT * 100, "log.txt", "larger than 2.0\xa0KB"),
        (TEXT, "log.html", "not taken"),
        (TEXT, "log.pdf", "damaged"),
    ],
)
def test_what_cannot_be_evidence_is_refused_and_nothing_is_kept(
    story: Story, settings: LazySettings, content: bytes, name: str, sentence: str
) -> None:
    settings.EVIDENCE_LARGEST = 2048
    with pytest.raises(FileRefused, match=sentence):
        bring(story, content, name)
    assert not EvidenceFile.objects.exists()


def test_nobody_fills_the_disk_with_files_that_are_never_attached(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST_UNATTACHED", 2)
    story.tell(attaching(bring(story)))
    bring(story)
    bring(story)
    with pytest.raises(FileRefused, match="not attached to anything"):
        bring(story)
    assert bring(story, by=story.inspector), "each has a number of their own"


def test_a_full_disk_is_a_sentence_and_leaves_nothing_behind(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", refuse)
    with pytest.raises(FileRefused, match="could not be stored just now"):
        bring(story)
    assert not EvidenceFile.objects.exists()


def test_a_kept_file_becomes_evidence_with_what_is_known_of_it(story: Story) -> None:
    file = bring(story)
    event = story.tell(attaching(file)).event
    assert isinstance(event, EvidenceAttached)
    assert (event.file_id, event.sha256, event.size) == (file.pk, file.sha256, file.size)
    row = EvidenceProgress.objects.get()
    assert (row.file_id, row.location) == (file.pk, file.name)


def test_one_file_may_be_evidence_for_several_recommendations_of_the_report(story: Story) -> None:
    file = bring(story)
    story.tell_of(story.recommendations, attaching(file))
    assert EvidenceProgress.objects.filter(file_id=file.pk).count() == 2


def test_nobody_attaches_what_another_brought_or_what_belongs_to_another_report(
    story: Story,
) -> None:
    colleague = make_user("Lea Lead", Role.PDU_LEAD, story.unit)
    other = Story("Southmarch PDU")
    make_recommendation(other.inspection)
    known = Event.objects.count()
    for file, by in ((bring(story), colleague), (bring(other, by=story.lead), story.lead)):
        with pytest.raises(CommandRejected) as refused:
            story.tell(attaching(file), by=by)
        assert refused.value.code == "file_unknown"
    assert Event.objects.count() == known


def test_what_was_prepared_by_one_is_given_by_another(story: Story) -> None:
    owner = make_user("Owen Owner", Role.ACTION_OWNER, story.unit)
    story.tell(attaching(bring(story, by=owner)), prepared_by=owner)
    assert EvidenceProgress.objects.count() == 1


def test_the_store_may_be_one_that_has_no_paths(
    story: Story, settings: LazySettings, tmp_path: Path
) -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "evidence": memory}
    file = bring(story, now=NOW + timedelta(days=1))
    assert storages["evidence"].open(file.stored_as).read() == PDF
