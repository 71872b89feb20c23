from dataclasses import replace

import pytest

from tests.tracker.domain import facts as f
from tests.tracker.domain.scenario import TODAY
from tracker.domain import events as e
from tracker.domain.evolve import evolve, fold
from tracker.domain.vocabulary import FigureSource


@pytest.mark.parametrize(
    "event",
    [
        replace(f.agreed, occurred_on=TODAY),
        f.revised,
        replace(f.planned, occurred_on=TODAY),
        f.owner_changed,
        replace(f.updated, occurred_on=TODAY),
        f.no_change,
        replace(f.action_complete, occurred_on=TODAY),
        replace(f.moved, occurred_on=TODAY),
        replace(f.blocked, occurred_on=TODAY),
        replace(f.escalated, occurred_on=TODAY),
        f.figure,
        replace(f.evidenced, occurred_on=TODAY),
        replace(f.reported, occurred_on=TODAY),
    ],
    ids=lambda event: event.type,
)
def test_the_provider_is_heard_on_the_day_it_speaks_of(event: e.Event) -> None:
    assert evolve(fold(f.AGREED), event).last_said_on == TODAY


@pytest.mark.parametrize(
    "event",
    [
        f.wording_corrected,
        f.basis_linked,
        f.transferred,
        f.redacted,
        replace(f.assigned, occurred_on=TODAY),
        f.granted,
        f.declined,
        f.answered,
        replace(f.measured, occurred_on=TODAY),
        replace(f.figure, source=FigureSource.HMIP),
        replace(f.figure, source=FigureSource.REGIONAL_ASSURANCE),
        replace(f.review_started, occurred_on=TODAY),
        replace(f.evidence_requested, occurred_on=TODAY),
        replace(f.judged, occurred_on=TODAY),
        replace(f.closed, occurred_on=TODAY),
        f.carried_forward,
        f.left_open,
        f.recurred,
    ],
    ids=lambda event: event.type,
)
def test_the_word_of_others_does_not_break_the_providers_silence(event: e.Event) -> None:
    assert evolve(fold(f.AGREED), event).last_said_on == f.DAY


def test_an_older_word_does_not_turn_the_clock_back() -> None:
    older = replace(f.updated, occurred_on=f.PUBLISHED_ON)
    assert fold([*f.UPDATED, older]).last_said_on == f.DAY
