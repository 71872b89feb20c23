"""What a draft holds of redacted words goes with them; the rest of it stays."""

from typing import Any

import pytest
from django.utils import timezone

from tests.tracker.story import NOW, Story
from tracker.domain import commands as c
from tracker.domain.vocabulary import RedactionReason
from tracker.models import Draft, DraftSignature

pytestmark = pytest.mark.django_db
PERSON = "Jo Bloggs of 3 High Street"


@pytest.fixture
def story() -> Story:
    return Story()


def _draft(story: Story, state: Draft.State = Draft.State.PREPARING, **fields: str) -> Draft:
    submitted: dict[str, Any] = {}
    if state is not Draft.State.PREPARING:
        submitted = {"submitted_at": NOW, "submission": 1}
    return Draft.objects.create(
        recommendation=story.recommendation,
        author=story.lead,
        form="record-progress-update",
        command="RecordProgressUpdate",
        acting_role="pdu_lead",
        values={name: [text] for name, text in fields.items()},
        idempotency_key=str(Draft.objects.count()),
        expected_version=1,
        state=state,
        created_at=NOW,
        changed_at=NOW,
        **submitted,
    )


def _redact(story: Story, text: str) -> None:
    named = story.update(text)
    story.tell(
        c.RedactPersonalData(
            event_id=named.event_id, reason=RedactionReason.PERSONAL_DATA_OF_PERSON_ON_PROBATION
        ),
        by=story.administrator,
    )


def test_a_field_that_holds_the_words_is_emptied_and_the_others_stay(story: Story) -> None:
    draft = _draft(story, text=f"As said:\r\n  {PERSON.upper()}  was seen.", reason="A slip")
    other = _draft(story, text="Nobody is named here")
    _redact(story, PERSON)
    draft.refresh_from_db()
    other.refresh_from_db()
    assert draft.values == {"text": [""], "reason": ["A slip"]}
    assert other.values == {"text": ["Nobody is named here"]}


def test_a_draft_that_was_submitted_with_the_words_is_submitted_no_more(story: Story) -> None:
    named = _draft(story, Draft.State.SUBMITTED, text=f"{PERSON} was seen")
    other = _draft(story, Draft.State.SUBMITTED, text="Nobody is named here")
    _redact(story, PERSON)
    named.refresh_from_db()
    other.refresh_from_db()
    assert (named.state, other.state) == (Draft.State.PREPARING, Draft.State.SUBMITTED)


def test_the_reason_of_a_return_that_holds_the_words_is_replaced(story: Story) -> None:
    draft = _draft(story, Draft.State.RETURNED, text="Somebody was seen")
    signature = DraftSignature.objects.create(
        draft=draft,
        submission=1,
        person=story.lead,
        role="pdu_lead",
        verdict=DraftSignature.Verdict.RETURNED,
        reason=f"Leave out {PERSON}.",
        signed_at=timezone.now(),
    )
    _redact(story, PERSON)
    signature.refresh_from_db()
    assert signature.reason == "Text removed"


def test_a_word_or_two_of_the_text_take_nothing_else_away(story: Story) -> None:
    draft = _draft(story, text="None of them is named")
    _redact(story, "None")
    draft.refresh_from_db()
    assert draft.values == {"text": ["None of them is named"]}
