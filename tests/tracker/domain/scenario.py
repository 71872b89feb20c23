"""Given these events, when this command, then those events or that refusal; no database.

given(*PLANNED).when(c.ReportActionComplete(action_id=ACTION)).rejected("update_missing")
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from tracker.domain.circumstances import Circumstances, KeptFile
from tracker.domain.commands import Command
from tracker.domain.decide import CommandRejected, decide
from tracker.domain.events import Event
from tracker.domain.evolve import fold
from tracker.domain.roles import MAY_GIVE
from tracker.domain.state import RecommendationState
from tracker.domain.vocabulary import Role

TODAY = date(2026, 9, 1)
NEW = UUID(int=99)
ANN, BOB, STRANGER = 11, 12, 13

KEPT = KeptFile(file_id=UUID(int=88), sha256="ab" * 32, size=2048, media_type="application/pdf")

USUAL = Circumstances(
    today=TODAY,
    actor_id=ANN,
    role=Role.PDU_LEAD,
    new_id=NEW,
    members={ANN: "Ann Lee", BOB: "Bob Roy"},
    codes=frozenset({"P 1.1", "P 2.1", "P 2.1.1"}),
    findings=frozenset({301, 302}),
    themes=frozenset({"staffing"}),
    pointable_recommendations=frozenset({901, 902}),
    inspected_again_at=801,
    successors=frozenset({72}),
    file=KEPT,
)


@dataclass(frozen=True)
class Outcome:
    events: tuple[Event, ...]
    rejection: CommandRejected | None

    def then(self, *expected: Event) -> None:
        assert self.rejection is None, self.rejection
        assert self.events == expected

    def accepted(self) -> tuple[Event, ...]:
        assert self.rejection is None, self.rejection
        return self.events

    def rejected(self, code: str, *, field: str | None = None) -> CommandRejected:
        assert self.rejection is not None, f"accepted: {self.events}"
        assert (self.rejection.code, self.rejection.field) == (code, field)
        require_one_sentence(self.rejection.sentence)
        return self.rejection


@dataclass(frozen=True)
class History:
    events: tuple[Event, ...]

    @property
    def state(self) -> RecommendationState:
        return fold(self.events)

    def when(self, command: Command, **changes: Any) -> Outcome:
        """Give the command in the first role that holds it, in the usual circumstances.

        `changes` are fields of the circumstances that differ.
        """
        role = next(role for role in Role if role in MAY_GIVE[type(command)])
        circumstances = replace(USUAL, **{"role": role, **changes})
        try:
            return Outcome(decide(command, self.state, circumstances), None)
        except CommandRejected as rejection:
            return Outcome((), rejection)


def given(*events: Event) -> History:
    return History(events)


def require_one_sentence(sentence: str) -> None:
    """Every refusal says in one sentence what happened and what to do next."""
    assert sentence[0].isupper() or sentence[0].isdigit()
    assert sentence.endswith(".")
    assert ". " not in sentence
    assert "None" not in sentence
    assert ";" in sentence or ", so " in sentence
