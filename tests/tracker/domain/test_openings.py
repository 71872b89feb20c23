"""Menus and rules agree: what is offered can be accepted, what is not offered is refused."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest

from tests.tracker.domain import facts as f
from tests.tracker.domain.examples import EXAMPLES
from tests.tracker.domain.scenario import ANN, BOB, USUAL
from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.circumstances import Circumstances
from tracker.domain.decide import CommandRejected, decide
from tracker.domain.evolve import fold
from tracker.domain.openings import closures, is_open_to, subjects
from tracker.domain.state import RecommendationState
from tracker.domain.vocabulary import Closure, FigureSource, Response, Role

HISTORIES: dict[str, tuple[e.Event, ...]] = {
    name.lower(): history
    for name, history in vars(f).items()
    if name.isupper() and isinstance(history, tuple) and isinstance(history[0], e.Event)
} | {
    "published": (f.published,),
    "assigned": (f.published, f.assigned),
    "partly_agreed": (f.published, f.partly_agreed),
    "withdrawn_action": (*f.UPDATED, f.action_withdrawn),
    "claimed_and_escalated": (*f.REPORTED, f.escalated),
    "judged_and_asked_back": (*f.SENT_BACK, f.judged),
    "reopened": (*f.CLOSED, f.reopened),
    "closed_then_withdrawn": (*f.CLOSED, f.withdrawn),
    "two_pieces": (*f.REPORTED, replace(f.evidenced, evidence_id=f.OTHER_ACTION)),
}
SUBJECT = ("action_id", "blocker_id", "escalation_id", "measure_id", "evidence_id")


def attempts(
    command_type: type[c.Command], state: RecommendationState, role: Role
) -> Iterator[c.Command]:
    """Yield well-formed commands of the type, one of which is accepted if any would be."""
    command = EXAMPLES[command_type].command
    for change in _changes(command, state):
        attempt = replace(command, **change)
        if isinstance(attempt, c.RecordMeasureFigure):
            for source in FigureSource:
                yield replace(attempt, source=source)
        else:
            yield attempt


def _changes(command: c.Command, state: RecommendationState) -> Iterator[dict[str, Any]]:
    match command:
        case c.Respond() | c.ReviseResponse():
            yield from ({"response": response} for response in Response)
        case c.CloseRecommendation():
            yield from ({"closure": closure} for closure in Closure)
        case c.Assign():
            yield from ({"accountable_id": person} for person in (ANN, BOB))
        case c.ChangeActionOwner():
            for action_id in state.actions:
                yield from (
                    {"action_id": action_id, "accountable_id": person} for person in (ANN, BOB)
                )
        case c.RecordProgressUpdate() | c.RecordBlocker() | c.AttachEvidence():
            yield from ({"action_id": action_id} for action_id in (None, *state.actions))
        case _:
            yield {}
            yield from _subjects(command, state)


def _subjects(command: c.Command, state: RecommendationState) -> Iterator[dict[str, Any]]:
    named = {field.name for field in fields(command)} & set(SUBJECT)
    known = (
        *state.actions,
        *state.blockers,
        *state.escalations,
        *state.measures,
        *state.evidence,
    )
    yield from ({name: subject} for name in named for subject in known)


def is_accepted(
    command: c.Command, state: RecommendationState, circumstances: Circumstances
) -> bool:
    try:
        decide(command, state, circumstances)
    except CommandRejected:
        return False
    return True


def circumstances_for(command_type: type[c.Command], **changes: Any) -> Circumstances:
    return replace(USUAL, **{**EXAMPLES[command_type].changes, **changes})


@pytest.mark.parametrize("addressee", ["unit", "region"])
@pytest.mark.parametrize("person", ["outsider", "past member"])
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", HISTORIES)
def test_what_is_offered_is_what_the_rules_accept(
    name: str, role: Role, person: str, addressee: str
) -> None:
    state = fold(HISTORIES[name])
    for command_type in EXAMPLES:
        now = circumstances_for(
            command_type,
            role=role,
            was_ever_member=person == "past member",
            addressed_to_region=addressee == "region",
        )
        accepted = [
            command
            for command in attempts(command_type, state, role)
            if is_accepted(command, state, now)
        ]
        assert is_open_to(command_type, state, now) is bool(accepted), command_type.__name__


@pytest.mark.parametrize("name", HISTORIES)
def test_every_subject_offered_is_accepted_and_no_other(name: str) -> None:
    state = fold(HISTORIES[name])
    for command_type, example in EXAMPLES.items():
        named = {field.name for field in fields(example.command)} & set(SUBJECT)
        for role in Role:
            now = circumstances_for(command_type, role=role)
            if not named or not is_open_to(command_type, state, now):
                continue
            taken = {
                getattr(command, subject)
                for command in attempts(command_type, state, role)
                for subject in named
                if is_accepted(command, state, now)
            } - {None}
            assert subjects(command_type, state, now) == taken, command_type.__name__


@pytest.mark.parametrize("name", HISTORIES)
def test_every_ground_for_closing_that_is_offered_is_accepted(name: str) -> None:
    state = fold(HISTORIES[name])
    now = replace(USUAL, role=Role.LEAD_INSPECTOR)
    taken = {
        command.closure
        for command in attempts(c.CloseRecommendation, state, Role.LEAD_INSPECTOR)
        if isinstance(command, c.CloseRecommendation) and is_accepted(command, state, now)
    }
    if is_open_to(c.CloseRecommendation, state, now):
        assert set(closures(state, now.practice)) == taken


def test_a_region_with_one_person_has_nobody_to_hand_an_action_to() -> None:
    alone = replace(USUAL, members={ANN: "Ann Lee"})
    state = fold((*f.PLANNED, f.assigned))
    assert not is_open_to(c.ChangeActionOwner, state, alone)
    assert not is_open_to(c.Assign, state, alone)
    assert is_open_to(c.PlanAction, state, alone)
