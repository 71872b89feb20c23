"""Every event has its words: a title without free text, and lines that say what was said."""

from dataclasses import replace
from typing import Any, get_args

import pytest

from tests.tracker.domain import examples
from tests.tracker.domain import facts as f
from tracker.domain import events as e
from tracker.domain.stored_form import FREE_TEXT_FIELDS
from tracker.domain.vocabulary import FigureSource
from tracker.queries.wording import Names, word

EVENTS = [event for example in examples.ALL for event in example.when().accepted()]
EVENTS.append(
    e.TargetDateExtensionDeclined(
        occurred_on=f.DAY, action_id=f.ACTION, target_on=f.TARGET_ON, reason="too late"
    )
)


def redacted(event: e.Event) -> e.Event:
    removed: dict[str, Any] = dict.fromkeys(FREE_TEXT_FIELDS[event.type])
    return replace(event, **removed)


def texts(event: e.Event) -> list[str]:
    said = (getattr(event, name) for name in FREE_TEXT_FIELDS[event.type])
    return [text for text in said if text]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.type)
def test_what_was_said_stands_in_the_lines_and_never_in_the_title(event: e.Event) -> None:
    wording = word(event, Names())
    shown = [line.text for line in wording.lines]

    assert wording.title
    for text in texts(event):
        assert text in shown
        assert text not in wording.title


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.type)
def test_after_a_redaction_the_title_stands_and_the_removed_words_are_told_from_unsaid_ones(
    event: e.Event,
) -> None:
    before, after = word(event, Names()), word(redacted(event), Names())

    assert after.title == before.title
    removed = [line.label for line in after.lines if line.text is None]
    assert len(removed) == len(FREE_TEXT_FIELDS[event.type])


def test_every_type_of_event_is_among_the_examples() -> None:
    assert {type(event) for event in EVENTS} == set(get_args(e.Event))


def test_a_figure_never_stands_without_its_number_of_cases_and_its_interval() -> None:
    value = e.MeasureValue(n=9, m=20)
    event = e.MeasureFigureRecorded(
        occurred_on=f.DAY,
        measure_id=f.MEASURE,
        value=value,
        period_from=f.DAY,
        period_to=f.DAY,
        source=FigureSource.DIP_SAMPLE,
        note="",
    )
    lines = {line.label: line.text for line in word(event, Names()).lines}
    assert lines["Figure"] == "9 of 20 (45%, 95% interval 26% to 66%)"


def test_a_baseline_from_the_report_names_its_lines() -> None:
    lines = {line.label: line.text for line in word(f.measured, Names()).lines}
    assert lines["Lines of the report"] == "lines 110 to 111"
