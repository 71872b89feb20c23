"""What was brought and never attached goes after a day; what a draft names stays."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.drafting import typed
from tests.evidence_files import attaching, bring, path_of
from tests.tracker.story import NOW, Story
from tracker.domain import commands as c
from tracker.models import EvidenceFile
from tracker.services import drafting
from tracker.services.evidence import delete_unattached

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1, seconds=1)


@pytest.fixture
def story() -> Story:
    return Story()


def test_a_file_that_nobody_attached_goes_after_a_day_row_and_all(
    story: Story, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    place = path_of(bring(story))
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_unattached(NOW + timedelta(hours=23)) == 0
        assert place.exists()
        assert delete_unattached(LATER) == 1
    assert not place.exists()
    assert not EvidenceFile.objects.exists()


def test_a_crash_that_left_no_file_to_its_row_is_cleaned_up_as_well(story: Story) -> None:
    path_of(bring(story)).unlink()
    assert delete_unattached(LATER) == 1
    assert not EvidenceFile.objects.exists()


def test_what_is_attached_stays(story: Story) -> None:
    file = bring(story)
    story.tell(attaching(file))
    assert delete_unattached(LATER) == 0
    assert path_of(file).exists()


def test_what_a_draft_names_stays_until_the_draft_is_settled(story: Story) -> None:
    file = bring(story)
    form = typed(
        story.recommendation, c.AttachEvidence, values={"upload": [str(file.pk)], "title": ["A"]}
    )
    draft = drafting.keep(form, author=story.lead, now=NOW)
    assert delete_unattached(LATER) == 0
    drafting.discard(draft.pk, author=story.lead, now=LATER)
    assert delete_unattached(LATER) == 1


def test_how_long_is_for_whoever_runs_the_service(story: Story, settings: LazySettings) -> None:
    settings.EVIDENCE_DAYS_UNATTACHED = 7
    bring(story)
    assert delete_unattached(LATER) == 0
    assert delete_unattached(NOW + timedelta(days=7, seconds=1)) == 1
