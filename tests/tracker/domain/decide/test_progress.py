from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.tracker.domain import facts as f
from tests.tracker.domain.scenario import TODAY, Outcome, given
from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.circumstances import CitedEvent

CORRECTION = UUID(int=51)
CORRECT = c.CorrectProgressUpdate(event_id=f.UPDATE, text="a third", reason="miscounted")
EARLIER_CORRECTION = e.ProgressUpdateCorrected(
    occurred_on=f.DAY, corrects=f.UPDATE, action_id=f.ACTION, text="two", reason="typing error"
)


def correct(event: e.Event, **changes: Any) -> Outcome:
    details: dict[str, Any] = {"event_id": f.UPDATE, "redacted": False, **changes}
    cited = CitedEvent(event=event, payload_hash="e" * 64, **details)
    return given(*f.UPDATED).when(replace(CORRECT, event_id=cited.event_id), cited=cited)


def test_nothing_changed_is_an_answer_too() -> None:
    given(f.published).when(c.ReviewWithoutChange(note="waiting for the course")).then(
        e.ReviewedWithoutChange(occurred_on=TODAY, note="waiting for the course")
    )


@pytest.mark.parametrize("action_id", [None, f.ACTION])
def test_an_update_is_of_the_day_it_tells_of(action_id: UUID | None) -> None:
    day = date(2026, 8, 20)
    command = c.RecordProgressUpdate(text="half", occurred_on=day, action_id=action_id)
    given(*f.PLANNED).when(command).then(
        e.ProgressUpdateRecorded(occurred_on=day, action_id=action_id, text="half")
    )


def test_work_may_have_begun_before_publication() -> None:
    command = c.RecordProgressUpdate(
        text="a pilot ran", occurred_on=f.PUBLISHED_ON - timedelta(days=90)
    )
    given(f.published).when(command).accepted()


def test_an_update_is_not_of_the_future() -> None:
    command = c.RecordProgressUpdate(text="soon", occurred_on=TODAY + timedelta(days=1))
    given(f.published).when(command).rejected("date_in_future", field="occurred_on")


def test_a_complete_action_may_still_be_spoken_of_a_withdrawn_one_not() -> None:
    command = c.RecordProgressUpdate(text="it holds", occurred_on=TODAY, action_id=f.ACTION)
    given(*f.ACTION_COMPLETE).when(command).accepted()
    withdrawn = given(*f.PLANNED, f.action_withdrawn)
    withdrawn.when(command).rejected("action_withdrawn", field="action_id")


def test_a_correction_takes_date_and_action_of_the_update() -> None:
    correct(f.updated).then(
        e.ProgressUpdateCorrected(
            occurred_on=f.DAY,
            corrects=f.UPDATE,
            action_id=f.ACTION,
            text="a third",
            reason="miscounted",
        )
    )


def test_a_correction_of_a_correction_cites_the_first_update() -> None:
    correct(EARLIER_CORRECTION, event_id=CORRECTION).then(
        e.ProgressUpdateCorrected(
            occurred_on=f.DAY,
            corrects=f.UPDATE,
            action_id=f.ACTION,
            text="a third",
            reason="miscounted",
        )
    )


def test_clean_words_may_take_the_place_of_redacted_ones() -> None:
    correct(replace(f.updated, text=None), redacted=True).accepted()


def test_only_updates_are_corrected() -> None:
    correct(f.planned).rejected("not_an_update", field="event_id")


def test_only_an_update_of_this_record_is_corrected() -> None:
    given(*f.UPDATED).when(CORRECT).rejected("event_unknown", field="event_id")
    cited = CitedEvent(event_id=f.UNKNOWN, event=f.updated, redacted=False, payload_hash="")
    given(*f.UPDATED).when(CORRECT, cited=cited).rejected("event_unknown", field="event_id")
