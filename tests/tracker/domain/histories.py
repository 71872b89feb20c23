"""Random lives of a recommendation: commands drawn by lot, given one after the other.

The lot is loaded: most commands name what is there, say something and come from a role that holds
them, so that lives grow long; some do not. Whatever a rule refuses leaves no trace.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any, get_args, get_type_hints
from uuid import UUID

from hypothesis import strategies as st

from tests.tracker.domain.scenario import ANN, BOB, KEPT, STRANGER, USUAL
from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.circumstances import Circumstances, CitedEvent
from tracker.domain.decide import CommandRejected, decide
from tracker.domain.evolve import evolve
from tracker.domain.roles import MAY_GIVE
from tracker.domain.state import RecommendationState
from tracker.domain.vocabulary import EvidenceKind, Response, Role

FIRST_DAY = date(2026, 3, 2)
RARE: tuple[type[c.Command], ...] = (
    c.PublishRecommendation,
    c.WithdrawPublication,
    c.CloseRecommendation,
    c.CarryForward,
    c.ReviseResponse,
)
FREQUENT: tuple[type[c.Command], ...] = (
    c.WithdrawAction,
    c.RecordProgressUpdate,
    c.ReportActionComplete,
    c.AttachEvidence,
    c.MoveTargetDate,
    c.RequestTargetDateExtension,
    c.DecideTargetDateExtension,
    c.ReportRecommendationComplete,
)
USUAL_ONES = tuple(type_ for type_ in get_args(c.Command) if type_ not in RARE)
COMMANDS = RARE + USUAL_ONES * 20 + FREQUENT * 20
NUMBERED = [UUID(int=number) for number in range(1, 400)]
HINTS = {type_: get_type_hints(type_) for type_ in set(COMMANDS)}
PUBLISH = c.PublishRecommendation(
    inspection_id=5,
    provider_id=7,
    number=1,
    framework="pdu-2024",
    published_on=FIRST_DAY,
    wording="improve the quality of assessments",
)
AHEAD = {"target_on", "forecast_on", "reply_by"}
CHOICES: dict[str, list[Any]] = {
    "accountable_id": [ANN, BOB, STRANGER],
    "to_provider_id": [7, 72, 73],
    "other_recommendation_id": [901, 902, 999],
    "carried_into": [(901,), (902, 901), (), (999,)],
    "standards": [(), ("P 1.1",), ("P 2.1", "P 1.1"), ("P 9",)],
    "key_questions": [(), ("P 2.1.1",)],
    "findings": [(), (301, 302), (999,)],
    "themes": [(), ("staffing",)],
    "judgement": ["no_progress", "some_progress", "splendid"],
    "location": ["https://intranet.example/log"],
    "sha256": [KEPT.sha256, KEPT.sha256, "ab"],
    "media_type": [None, "application/pdf"],
    "size": [None, 0, KEPT.size, KEPT.size],
    "file_id": [None, None, None, KEPT.file_id],
    "kind": [EvidenceKind.LINK, EvidenceKind.LINK, EvidenceKind.FILE],
    "number": [1, 2, 0],
    "inspection_id": [801, 801, 5],
    "provider_id": [7],
    "framework": ["pdu-2024"],
    "baseline_lines": [None],
}
FIGURES = [
    e.MeasureValue(n=3, m=5),
    e.MeasureValue(number="2.5"),
    e.MeasureValue(on=FIRST_DAY),
    e.MeasureValue(n=7, m=5),
]
POOLS: dict[Any, list[Any]] = {
    str: [*["spoken"] * 20, "  padded\r\n", "", "x" * 10_001, "\x00"],
    bool: [True, False],
    e.MeasureValue: FIGURES,
    e.MeasureValue | None: [*FIGURES, None, None],
    Response: [*[Response.AGREED, Response.PARTLY_AGREED] * 6, *Response],
}


@dataclass
class Life:
    """What came of the commands; the n-th event has the id n, and so has what it creates."""

    events: list[e.Event] = field(default_factory=list)
    recorded_on: list[date] = field(default_factory=list)
    states: list[RecommendationState] = field(default_factory=list)
    refusals: list[CommandRejected] = field(default_factory=list)

    @property
    def state(self) -> RecommendationState:
        return self.states[-1] if self.states else RecommendationState()


def live(seed: int, steps: int) -> Life:
    """Return the life that the seed has in store."""
    lot, life, today = Random(seed), Life(), FIRST_DAY
    opening = replace(USUAL, today=today, role=Role.HMIP_ADMINISTRATOR, new_id=UUID(int=1))
    _give(PUBLISH, opening, life)
    for _ in range(steps):
        today += timedelta(days=lot.choice([0, 0, 0, 1, 4]))
        command = _draw(lot, life, today)
        _give(command, _draw_circumstances(command, lot, life, today), life)
    return life


LIVES = st.builds(live, seed=st.integers(0, 2**32), steps=st.integers(40, 200))


def _give(command: c.Command, circumstances: Circumstances, life: Life) -> None:
    try:
        events = decide(command, life.state, circumstances)
    except CommandRejected as refusal:
        life.refusals.append(refusal)
        return
    assert events == decide(command, life.state, circumstances)
    for event in events:
        life.states.append(evolve(life.state, event))
        life.events.append(event)
        life.recorded_on.append(circumstances.today)


def _draw_circumstances(command: c.Command, lot: Random, life: Life, today: date) -> Circumstances:
    holders = [role for role in Role if role in MAY_GIVE[type(command)]]
    return replace(
        USUAL,
        today=today,
        role=lot.choice(holders if lot.random() < 0.95 else list(Role)),
        new_id=NUMBERED[len(life.events)],
        addressed_to_region=lot.random() < 0.1,
        was_ever_member=lot.random() < 0.05,
        cited=_cited(command, life),
    )


def _draw(lot: Random, life: Life, today: date) -> c.Command:
    known = _known(life)
    type_ = _draw_type(lot, known)
    hints = HINTS[type_]
    drawn = {name: _draw_field(name, hint, lot, known, today) for name, hint in hints.items()}
    command: c.Command = type_(**drawn)
    return command


def _draw_type(lot: Random, known: Mapping[str, list[UUID]]) -> Any:
    """Draw until the command has something to name, at most a few times."""
    for _ in range(8):
        type_ = lot.choice(COMMANDS)
        if all(known[name] for name, hint in HINTS[type_].items() if hint is UUID):
            return type_
    return c.ReviewWithoutChange


def _draw_field(
    name: str, hint: Any, lot: Random, known: Mapping[str, list[UUID]], today: date
) -> Any:
    if name in CHOICES:
        return lot.choice(CHOICES[name])
    if hint is UUID:
        return lot.choice([*known[name] * 10, UUID(int=404)])
    if hint == UUID | None:
        return lot.choice([*known[name] * 2, None])
    if hint in {date, date | None}:
        return _draw_day(name, lot, today)
    if hint in POOLS:
        return lot.choice(POOLS[hint])
    return lot.choice(list(hint))


def _draw_day(name: str, lot: Random, today: date) -> date:
    if name == "period_from":
        return today - timedelta(days=lot.randint(50, 90))
    wrong_way = lot.random() < 0.05
    ahead = (name in AHEAD) is not wrong_way
    return today + timedelta(days=lot.randint(1, 60) if ahead else -lot.randint(0, 60))


def _known(life: Life) -> Mapping[str, list[UUID]]:
    state = life.state
    updates = [
        key
        for key, event in zip(NUMBERED, life.events, strict=False)
        if isinstance(event, e.ProgressUpdateRecorded | e.ProgressUpdateCorrected)
    ]
    return {
        "action_id": list(state.actions),
        "blocker_id": list(state.blockers),
        "escalation_id": list(state.escalations),
        "measure_id": list(state.measures),
        "evidence_id": list(state.evidence),
        "event_id": [*updates * 3, *NUMBERED[: len(life.events)]],
    }


def _cited(command: c.Command, life: Life) -> CitedEvent | None:
    if not isinstance(command, c.CorrectProgressUpdate | c.RedactPersonalData):
        return None
    cited = command.event_id
    if cited.int > len(life.events):
        return None
    return CitedEvent(
        event_id=cited,
        event=life.events[cited.int - 1],
        redacted=any(
            isinstance(event, e.PersonalDataRedacted) and event.redacts == cited
            for event in life.events
        ),
        payload_hash="e" * 64,
    )
