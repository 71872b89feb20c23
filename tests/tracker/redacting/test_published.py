"""A redacted wording goes from the Inspectorate's own record too, and nothing else does."""

from uuid import uuid4

import pytest
from django.utils import timezone

from inspections.models import (
    AccuracyNote,
    Finding,
    ImportIssue,
    Inspection,
    Recommendation,
    ReportSource,
)
from inspections.redacting import REMOVED
from tests.tracker.story import Story
from tests.world import make_inspection, make_provider, make_recommendation, make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import RedactionReason
from tracker.event_store import RecordedEvent, read_stream

pytestmark = pytest.mark.django_db
WORDING = "visit Jo Bloggs of 3 High Street"
SOURCE = f"Northmarch PDU should:\n  1. {WORDING[:10]}\u00a0{WORDING[11:]}\n  2. improve rates2\n"


@pytest.fixture
def inspection() -> Inspection:
    source = ReportSource.objects.create(
        sha256="0" * 64,
        format=ReportSource.Format.TEXT,
        text=SOURCE,
        lines={"recommendations.1": [2, 2], "recommendations.2": [3, 3]},
        received_at=timezone.now(),
    )
    inspection = make_inspection(make_provider(), source=source)
    make_recommendation(inspection, text=WORDING)
    make_recommendation(inspection, text="improve rates")
    issue = {"field": "recommendations.1", "severity": ImportIssue.Severity.WARNING}
    ImportIssue.objects.create(source=source, message=f"Is “{WORDING}” one?", **issue)
    ImportIssue.objects.create(source=source, message="The number is missing.", **issue)
    AccuracyNote.objects.create(
        inspection=inspection,
        noted_by=make_user("Rhys Reader"),
        noted_at=timezone.now(),
        key=uuid4(),
        quoted=f"1. {WORDING}",
        claim="There is no such street",
    )
    for ordinal, text in enumerate([f"They did not {WORDING}.", "They visit others"], start=1):
        Finding.objects.create(
            inspection=inspection, ordinal=ordinal, kind=Finding.Kind.FINDING, text=text
        )
    return inspection


@pytest.fixture
def story(inspection: Inspection) -> Story:
    return Story(inspection=inspection)


def _redact(story: Story, recommendation: Recommendation, event: RecordedEvent) -> None:
    story.tell_of(
        [recommendation],
        c.RedactPersonalData(event_id=event.event_id, reason=RedactionReason.COURT_ORDER),
        by=story.administrator,
    )


def _source(inspection: Inspection) -> ReportSource:
    return ReportSource.objects.get(inspection=inspection)


def test_the_published_wording_goes_from_the_report_with_its_line_and_what_repeats_it(
    story: Story, inspection: Inspection
) -> None:
    _redact(story, story.recommendation, read_stream(story.recommendation.pk)[0])
    assert list(inspection.recommendations.order_by("pk").values_list("text", flat=True)) == [
        REMOVED,
        "improve rates",
    ]
    source = _source(inspection)
    assert source.text == f"Northmarch PDU should:\n{REMOVED}\n  2. improve rates2\n"
    assert source.sha256 == "0" * 64
    note = AccuracyNote.objects.get()
    assert (note.quoted, note.claim) == (REMOVED, "There is no such street")
    assert list(inspection.findings.order_by("ordinal").values_list("text", flat=True)) == [
        REMOVED,
        "They visit others",
    ]
    assert list(source.issues.order_by("pk").values_list("message", flat=True)) == [
        REMOVED,
        "The number is missing.",
    ]


def test_the_line_goes_by_its_place_where_it_does_not_read_the_same(
    story: Story, inspection: Inspection
) -> None:
    second = story.recommendations[1]
    _redact(story, second, read_stream(second.pk)[0])
    assert _source(inspection).text == SOURCE.replace("  2. improve rates2", REMOVED)


def test_a_corrected_wording_that_is_redacted_leaves_the_published_one(
    story: Story, inspection: Inspection
) -> None:
    corrected = story.tell(
        c.CorrectWording(wording="visit Jo B., who lives alone", reason="A misprint"),
        by=story.administrator,
    )
    _redact(story, story.recommendation, corrected)
    story.recommendation.refresh_from_db()
    assert story.recommendation.text == WORDING
    assert _source(inspection).text == SOURCE


def test_what_a_provider_said_takes_nothing_from_the_report(
    story: Story, inspection: Inspection
) -> None:
    _redact(story, story.recommendation, story.update(WORDING))
    story.recommendation.refresh_from_db()
    assert story.recommendation.text == WORDING
    assert _source(inspection).text == SOURCE
