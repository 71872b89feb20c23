"""Whatever is asked in whatever order, a command leads to events or to a refusal, and the state
keeps what the rule book promises."""

from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracker.domain.histories import LIVES, Life, live
from tests.tracker.domain.scenario import require_one_sentence
from tracker.domain import events as e
from tracker.domain.evolve import evolve, fold
from tracker.domain.state import RecommendationState
from tracker.domain.vocabulary import NOT_JUDGED, ActionStatus, Delivery, Response

AFTER_CLOSING = (
    e.RecommendationReopened,
    e.RecurrenceConfirmed,
    e.RecommendationWordingCorrected,
    e.PublicationWithdrawn,
    e.RecommendationTransferred,
    e.PersonalDataRedacted,
)
TEXTS: dict[Any, tuple[str, ...]] = {event: e.free_text_names(event) for event in get_args(e.Event)}
usual = settings(max_examples=40, deadline=None)


def without_texts(event: Any) -> Any:
    return replace(event, **dict.fromkeys(TEXTS[type(event)]))


def open_actions(state: RecommendationState) -> int:
    return sum(action.status is ActionStatus.OPEN for action in state.actions.values())


@usual
@given(LIVES)
def test_the_version_counts_the_events_and_the_first_is_the_publication(life: Life) -> None:
    assert life.state.version == len(life.events)
    published = [isinstance(event, e.RecommendationPublished) for event in life.events]
    assert published == [True, *[False] * (len(life.events) - 1)]


@usual
@given(LIVES)
def test_the_same_events_always_give_the_same_state(life: Life) -> None:
    assert fold(life.events) == life.state


@usual
@given(LIVES)
def test_the_state_is_the_same_after_every_text_is_redacted(life: Life) -> None:
    assert fold(without_texts(event) for event in life.events) == life.state


@usual
@given(LIVES, st.integers(0, 2**32))
def test_any_part_of_a_stream_can_be_folded(life: Life, seed: int) -> None:
    lot = Random(seed)
    part = [event for event in life.events if lot.random() < 0.5]
    assert fold(part).version == len(part)


@usual
@given(LIVES)
def test_no_event_is_of_the_future_and_none_lacks_a_text(life: Life) -> None:
    for event, recorded_on in zip(life.events, life.recorded_on, strict=True):
        assert event.occurred_on <= recorded_on
        texts = [getattr(event, name) for name in TEXTS[type(event)]]
        assert all(text is not None and text == text.strip() for text in texts)


@usual
@given(LIVES)
def test_what_is_closed_or_withdrawn_takes_no_more_work(life: Life) -> None:
    for before, event in zip(life.states, life.events[1:], strict=False):
        if before.withdrawn:
            assert isinstance(event, e.PersonalDataRedacted)
        elif before.closure is not None:
            assert isinstance(event, AFTER_CLOSING)


@usual
@given(LIVES)
def test_a_claim_of_completion_rests_on_ended_actions_evidence_and_agreement(life: Life) -> None:
    for state in life.states:
        if state.delivery is Delivery.REPORTED_COMPLETE:
            assert open_actions(state) == 0
            assert state.evidence
            assert state.response in {Response.AGREED, Response.PARTLY_AGREED}


@usual
@given(LIVES)
def test_no_action_is_open_on_what_is_not_agreed(life: Life) -> None:
    for state in life.states:
        if state.response in {Response.AWAITING, Response.NOT_AGREED}:
            assert open_actions(state) == 0


@usual
@given(LIVES)
def test_every_slip_is_counted_moves_the_date_on_and_is_decided_from_the_second_on(
    life: Life,
) -> None:
    moves = [event for event in life.events if isinstance(event, e.TargetDateExtended)]
    slips = Counter(move.action_id for move in moves)
    for action_id, action in life.state.actions.items():
        assert action.slips == slips[action_id]
    for move in moves:
        assert move.target_on > move.previous_target_on
        assert move.decided is (move.slip > 1)


@usual
@given(LIVES)
def test_more_time_is_asked_for_on_open_actions_only(life: Life) -> None:
    for state in life.states:
        for action in state.actions.values():
            if action.extension_asked_to is not None:
                assert action.status is ActionStatus.OPEN
                assert action.extension_asked_to > action.target_on


@usual
@given(LIVES)
def test_a_judgement_is_there_once_judged_and_stays(life: Life) -> None:
    judged = False
    for event, state in zip(life.events, life.states, strict=True):
        judged = judged or isinstance(event, e.ProgressJudged)
        assert (state.judgement != NOT_JUDGED) is judged


@usual
@given(LIVES)
def test_the_provider_is_never_heard_earlier_than_before(life: Life) -> None:
    heard = [state.last_said_on for state in life.states if state.last_said_on is not None]
    assert heard == sorted(heard)


@usual
@given(LIVES)
def test_a_correction_cites_an_update_and_keeps_its_date(life: Life) -> None:
    for event in life.events:
        if isinstance(event, e.ProgressUpdateCorrected):
            cited = life.events[event.corrects.int - 1]
            assert isinstance(cited, e.ProgressUpdateRecorded)
            assert (cited.occurred_on, cited.action_id) == (event.occurred_on, event.action_id)


@usual
@given(LIVES)
def test_every_refusal_is_one_sentence(life: Life) -> None:
    for refusal in life.refusals:
        require_one_sentence(refusal.sentence)


def test_the_drawn_lives_hold_every_event() -> None:
    """Else the properties above would say little."""
    missing = set(get_args(e.Event))
    for seed in range(400):
        missing -= {type(event) for event in live(seed, 160).events}
        if not missing:
            break
    assert not missing, f"after {seed + 1} lives"


def test_an_event_leaves_the_state_before_it_as_it_was() -> None:
    life = live(seed=7, steps=160)
    state = RecommendationState()
    for event, expected in zip(life.events, life.states, strict=True):
        remembered = replace(state, actions=dict(state.actions), evidence=dict(state.evidence))
        following = evolve(state, event)
        assert state == remembered
        assert following == expected
        state = following
