"""What can happen in the demo story: each function makes one scene, a command given on a day.

Days count from the publication of the unit's report. `keep` names what a command creates (an
action, a blocker …), so that later scenes can speak of it.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from tracker.domain import commands as c
from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import (
    Better,
    Closure,
    EvidenceKind,
    FigureSource,
    MeasureUnit,
    Response,
    Role,
)
from tracker.models import EvidenceFile

Names = Mapping[str, UUID]


@dataclass(frozen=True, slots=True)
class Moment:
    """When a scene plays and whom it can speak of."""

    today: date
    names: Names
    people: Mapping[str, int]
    file: EvidenceFile | None = None

    def later(self, days: int) -> date:
        return self.today + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Scene:
    day: int
    number: int
    by: str
    build: Callable[[Moment], c.Command]
    keep: str = ""
    brings: tuple[str, str] | None = None


def respond(day: int, number: int, response: Response, reason: str = "") -> Scene:
    return Scene(day, number, "lead", lambda _: c.Respond(response=response, reason=reason))


def assign(day: int, number: int, to: str = "owner") -> Scene:
    return Scene(day, number, "lead", lambda now: c.Assign(accountable_id=now.people[to]))


def link(day: int, number: int, standards: str, key_questions: str = "", themes: str = "") -> Scene:
    """Link the basis; several codes are given with commas between them."""
    basis = c.LinkBasis(
        standards=_codes(standards), key_questions=_codes(key_questions), themes=_codes(themes)
    )
    return Scene(day, number, "lead", lambda _: basis)


def _codes(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(",")))


def plan(day: int, number: int, keep: str, what: str, by_whom: str, due_in: int) -> Scene:
    def build(now: Moment) -> c.Command:
        return c.PlanAction(
            description=what,
            accountable_id=now.people["owner"],
            delivered_by=by_whom,
            target_on=now.later(due_in),
        )

    return Scene(day, number, "lead", build, keep)


def update(
    day: int, number: int, text: str, action: str = "", by: str = "owner", keep: str = ""
) -> Scene:
    def build(now: Moment) -> c.Command:
        return c.RecordProgressUpdate(
            text=text, occurred_on=now.today, action_id=now.names[action] if action else None
        )

    return Scene(day, number, by, build, keep)


def correct(day: int, number: int, which: str, text: str, reason: str) -> Scene:
    return Scene(
        day,
        number,
        "owner",
        lambda now: c.CorrectProgressUpdate(event_id=now.names[which], text=text, reason=reason),
    )


def unchanged(day: int, number: int, note: str) -> Scene:
    return Scene(day, number, "lead", lambda _: c.ReviewWithoutChange(note=note))


def evidence(day: int, number: int, title: str, action: str = "", keep: str = "") -> Scene:
    location = f"https://intranet.example/evidence/{number}/{day}"

    def build(now: Moment) -> c.Command:
        return c.AttachEvidence(
            kind=EvidenceKind.LINK,
            title=title,
            location=location,
            sha256=hashlib.sha256(location.encode()).hexdigest(),
            effective_on=now.today,
            action_id=now.names[action] if action else None,
        )

    return Scene(day, number, "owner", build, keep)


def withdraw_evidence(day: int, number: int, which: str, reason: str) -> Scene:
    return Scene(
        day,
        number,
        "lead",
        lambda now: c.WithdrawEvidence(evidence_id=now.names[which], reason=reason),
    )


def complete(day: int, number: int, action: str, note: str = "") -> Scene:
    return Scene(
        day,
        number,
        "owner",
        lambda now: c.ReportActionComplete(action_id=now.names[action], note=note),
    )


def move_date(day: int, number: int, action: str, by_days: int, reason: str) -> Scene:
    return Scene(
        day,
        number,
        "lead",
        lambda now: c.MoveTargetDate(
            action_id=now.names[action], target_on=now.later(by_days), reason=reason
        ),
    )


def ask_for_time(day: int, number: int, action: str, by_days: int, reason: str) -> Scene:
    return Scene(
        day,
        number,
        "owner",
        lambda now: c.RequestTargetDateExtension(
            action_id=now.names[action], target_on=now.later(by_days), reason=reason
        ),
    )


def decide_time(day: int, number: int, action: str, reason: str, *, granted: bool) -> Scene:
    return Scene(
        day,
        number,
        "regional",
        lambda now: c.DecideTargetDateExtension(
            action_id=now.names[action], granted=granted, reason=reason
        ),
    )


def block(day: int, number: int, action: str, keep: str, cause: str, whose: str) -> Scene:
    def build(now: Moment) -> c.Command:
        return c.RecordBlocker(
            cause=cause,
            controlled_by=whose,
            forecast_on=now.later(60),
            action_id=now.names[action],
            risk_register_reference=f"EX-{number:02d}",
        )

    return Scene(day, number, "lead", build, keep)


def unblock(day: int, number: int, blocker: str, note: str) -> Scene:
    return Scene(
        day, number, "lead", lambda now: c.ClearBlocker(blocker_id=now.names[blocker], note=note)
    )


def escalate(day: int, number: int, keep: str, asked: str) -> Scene:
    return Scene(
        day,
        number,
        "lead",
        lambda now: c.RaiseEscalation(
            addressed_to=Role.REGIONAL_LEAD, asked=asked, reply_by=now.later(14)
        ),
        keep,
    )


def answer(day: int, number: int, escalation: str, said: str) -> Scene:
    return Scene(
        day,
        number,
        "regional",
        lambda now: c.AnswerEscalation(escalation_id=now.names[escalation], answer=said),
    )


def measure(
    day: int,
    number: int,
    keep: str,
    wording: str,
    baseline: tuple[int, int, int] | None,
    target: int,
) -> Scene:
    """Define a measure; a baseline is n of m, and the line of the report that says so."""
    n, m, line = baseline or (0, 0, 0)
    return Scene(
        day,
        number,
        "lead",
        lambda now: c.DefineMeasure(
            wording=wording,
            better=Better.MORE,
            unit=MeasureUnit.N_OF_M,
            baseline=MeasureValue(n=n, m=m) if baseline else None,
            baseline_lines=(line, line) if baseline else None,
            target=MeasureValue(n=target, m=100),
            target_on=now.later(540),
        ),
        keep,
    )


def figure(
    day: int,
    number: int,
    of: str,
    n: int,
    m: int,
    by: str = "owner",
    source: FigureSource = FigureSource.DIP_SAMPLE,
) -> Scene:
    return Scene(
        day,
        number,
        by,
        lambda now: c.RecordMeasureFigure(
            measure_id=now.names[of],
            value=MeasureValue(n=n, m=m),
            period_from=now.later(-30),
            period_to=now.later(-1),
            source=source,
        ),
    )


def report(day: int, number: int, statement: str) -> Scene:
    return Scene(day, number, "lead", lambda _: c.ReportRecommendationComplete(statement=statement))


def take_back(day: int, number: int, reason: str) -> Scene:
    return Scene(day, number, "lead", lambda _: c.WithdrawCompletionClaim(reason=reason))


def review(day: int, number: int, note: str) -> Scene:
    return Scene(day, number, "inspector", lambda _: c.StartReview(note=note))


def ask_for_evidence(day: int, number: int, asked: str) -> Scene:
    return Scene(day, number, "inspector", lambda _: c.RequestFurtherEvidence(asked=asked))


def judge(day: int, number: int, judgement: str, rationale: str) -> Scene:
    return Scene(
        day,
        number,
        "inspector",
        lambda _: c.JudgeProgress(judgement=judgement, rationale=rationale),
    )


def close(day: int, number: int, closure: Closure, reason: str) -> Scene:
    return Scene(
        day,
        number,
        "lead-inspector",
        lambda _: c.CloseRecommendation(closure=closure, reason=reason),
    )


def reopen(day: int, number: int, reason: str) -> Scene:
    return Scene(day, number, "lead-inspector", lambda _: c.ReopenRecommendation(reason=reason))
