from typing import Any

from tests.tracker.domain import facts as f
from tests.tracker.domain.scenario import TODAY, Outcome, given
from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.circumstances import CitedEvent
from tracker.domain.vocabulary import RedactionReason

HASH = "e" * 64
REDACT = c.RedactPersonalData(
    event_id=f.UPDATE, reason=RedactionReason.COURT_ORDER, authority="order 7 of 2026"
)


def redact(event: e.Event, **changes: Any) -> Outcome:
    details: dict[str, Any] = {"event_id": f.UPDATE, "redacted": False, **changes}
    cited = CitedEvent(event=event, payload_hash=HASH, **details)
    return given(*f.UPDATED).when(REDACT, cited=cited)


def test_a_redaction_keeps_the_hash_of_what_it_deletes() -> None:
    redact(f.updated).then(
        e.PersonalDataRedacted(
            occurred_on=TODAY,
            redacts=f.UPDATE,
            reason=RedactionReason.COURT_ORDER,
            payload_hash=HASH,
            authority="order 7 of 2026",
        )
    )


def test_nothing_is_redacted_twice() -> None:
    redact(f.updated, redacted=True).rejected("already_redacted", field="event_id")


def test_only_text_can_be_redacted() -> None:
    linked = e.RecommendationBasisLinked(
        occurred_on=TODAY, standards=("P 2.1",), key_questions=(), findings=(), themes=()
    )
    redact(linked).rejected("no_text_to_redact", field="event_id")
    redact(f.action_complete).rejected("no_text_to_redact", field="event_id")


def test_only_an_entry_of_this_record_can_be_redacted() -> None:
    given(*f.UPDATED).when(REDACT).rejected("event_unknown", field="event_id")
    redact(f.updated, event_id=f.UNKNOWN).rejected("event_unknown", field="event_id")
