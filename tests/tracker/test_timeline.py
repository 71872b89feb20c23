"""Given events, then a timeline: newest first, corrections as corrections, nothing left out."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inspections.access import visible_recommendations
from tests.tracker.story import TODAY, Story
from tests.world import make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import RedactionReason, Role
from tracker.queries.timeline import TimelineEntry, timeline

pytestmark = pytest.mark.django_db


def read(story: Story, user: Any = None, number: int = 0) -> tuple[TimelineEntry, ...]:
    visible = visible_recommendations(user or story.inspector, TODAY)
    return timeline(story.recommendations[number].pk, visible=visible)


def said(entry: TimelineEntry) -> dict[str, str | None]:
    return {line.label: line.text for line in entry.lines}


def test_a_recommendation_without_a_stream_has_an_empty_timeline() -> None:
    story = Story()
    visible = visible_recommendations(story.inspector, TODAY)
    assert timeline(story.recommendation.pk + 1, visible=visible) == ()


def test_the_newest_event_comes_first_with_who_when_it_happened_and_when_it_was_recorded() -> None:
    story = Story()
    story.plan()
    day = story.now.date() - timedelta(days=3)
    recorded = story.tell(c.RecordProgressUpdate(text="Two teams are trained.", occurred_on=day))

    entries = read(story)

    assert [entry.version for entry in entries] == [4, 3, 2, 1]
    assert [entry.title for entry in entries] == [
        "Progress updated",
        "Action planned",
        "Response: agreed",
        "Recommendation published",
    ]
    newest = entries[0]
    assert (newest.by.name, newest.by.role) == ("Lena Lead", "PDU lead")
    assert (newest.by.on_behalf_of, newest.by.prepared_by) == ("", "")
    assert (newest.occurred_on, newest.recorded_at) == (day, recorded.recorded_at)
    assert said(newest) == {"Update": "Two teams are trained."}


def test_a_delegate_speaks_on_behalf_of_the_lead_and_whoever_prepared_it_is_named() -> None:
    story = Story()
    delegate = make_user("Dee Delegate", Role.DELEGATE, story.unit, on_behalf_of=story.lead)
    preparer = make_user("Pia Preparer", Role.ACTION_OWNER, story.unit)
    story.tell(
        c.ReviewWithoutChange(note="All as before."),
        by=delegate,
        acting_role=Role.DELEGATE,
        prepared_by=preparer,
    )

    by = read(story)[0].by

    assert (by.name, by.role) == ("Dee Delegate", "Delegate")
    assert (by.on_behalf_of, by.prepared_by) == ("Lena Lead", "Pia Preparer")


def test_a_correction_cites_the_update_and_the_update_says_when_it_was_corrected() -> None:
    story = Story()
    story.plan()
    update = story.update("15 of 20 cases")
    story.tell(
        c.CorrectProgressUpdate(event_id=update.event_id, text="14 of 20 cases", reason="Typing")
    )

    correction, original, *_ = read(story)

    assert correction.cites is not None
    assert (correction.cites.version, correction.cites.title) == (4, "Progress updated")
    assert original.corrected is not None
    assert (original.corrected.version, original.corrected.recorded_at) == (
        5,
        correction.recorded_at,
    )
    assert said(original)["Update"] == "15 of 20 cases"


def test_withdrawn_evidence_stays_with_its_hash_and_says_so() -> None:
    story = Story()
    story.plan()
    attached = story.attach()
    story.tell(c.WithdrawEvidence(evidence_id=attached.event_id, reason="The wrong file"))

    withdrawal, original, *_ = read(story)

    assert original.withdrawn is not None
    assert original.withdrawn.version == withdrawal.version
    assert withdrawal.cites is not None
    assert withdrawal.cites.version == original.version
    label = "SHA-256 of the address"  # of a link nothing else is known
    assert said(original)[label] == said(withdrawal)[label] == "0" * 64
    assert said(withdrawal)["Evidence"] == "Audit summary"


def test_removed_text_is_gone_while_reason_and_hash_stay() -> None:
    story = Story()
    story.plan()
    update = story.update("Mr Canary missed his appointment.")
    story.tell(
        c.RedactPersonalData(
            event_id=update.event_id,
            reason=RedactionReason.PERSONAL_DATA_OF_PERSON_ON_PROBATION,
            authority="Data protection officer",
        ),
        by=story.administrator,
    )

    redaction, original, *_ = read(story)

    assert said(original) == {"Update": None}
    assert original.removal is not None
    assert original.removal.reason == "personal data of a person on probation"
    assert original.removal.citation.version == redaction.version
    assert original.removal.by == "Hal Administrator"
    assert original.recorded.payload_hash == update.payload_hash
    assert "Canary" not in repr((redaction, original))


def test_words_removed_from_an_action_are_removed_wherever_they_are_quoted() -> None:
    story = Story()
    action_id = story.plan()
    planned = read(story)[0].recorded
    story.tell(
        c.RecordProgressUpdate(text="Begun", occurred_on=story.now.date(), action_id=action_id)
    )
    story.tell(
        c.RedactPersonalData(event_id=planned.event_id, reason=RedactionReason.COURT_ORDER),
        by=story.administrator,
    )

    update = read(story)[1]

    assert said(update) == {"Action": None, "Update": "Begun"}
    assert update.removal is None


def test_a_moved_date_counts_the_slips() -> None:
    story = Story()
    action_id = story.plan()
    later = story.now.date() + timedelta(days=120)
    story.tell(c.MoveTargetDate(action_id=action_id, target_on=later, reason="A vacancy"))

    moved = read(story)[0]

    assert (moved.title, moved.slip) == ("Target date moved", 1)


def test_what_was_said_at_once_for_several_is_marked_on_each_and_publication_is_not() -> None:
    story = Story(recommendations=3)
    story.tell_of(story.recommendations[:2], c.ReviewWithoutChange(note="As before."))

    first, second, third = (read(story, number=number) for number in range(3))

    assert [other.number for other in first[0].shared_with] == [2]
    assert [other.number for other in second[0].shared_with] == [1]
    assert all(not entry.shared_with for entry in (first[-1], second[-1], *third))


def test_another_recommendation_is_named_only_to_those_who_may_see_it() -> None:
    story, other = Story(), Story("Southmarch PDU")
    story.plan()
    story.tell(
        c.ConfirmRecurrence(
            other_recommendation_id=other.recommendation.pk, rationale="The same gap"
        ),
        by=story.inspector,
    )

    to_inspector, to_lead = read(story)[0], read(story, story.lead)[0]

    named = said(to_inspector)["Other recommendation"]
    assert named == "Recommendation 1 of 2026, Southmarch PDU"
    assert "Southmarch" not in str(said(to_lead))


def test_the_number_of_queries_does_not_grow_with_the_stream() -> None:
    story = Story()
    story.plan()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(story)
        return len(captured)

    few = queries()
    for number in range(12):
        story.update(f"Update {number}")
    assert queries() == few <= 8
