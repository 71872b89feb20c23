"""One command of every type, with a history in which it is accepted."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from tests.tracker.domain import facts as f
from tests.tracker.domain.scenario import BOB, KEPT, Outcome, given
from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.circumstances import CitedEvent
from tracker.domain.vocabulary import (
    Better,
    Closure,
    EvidenceKind,
    FigureSource,
    MeasureUnit,
    RedactionReason,
    Response,
    Role,
)


class Example(NamedTuple):
    history: tuple[e.Event, ...]
    command: c.Command
    changes: Mapping[str, Any] = {}

    def when(self, command: c.Command | None = None, **changes: Any) -> Outcome:
        """Give the example's command, or another of its kind, in its circumstances."""
        given_command = self.command if command is None else command
        return given(*self.history).when(given_command, **{**self.changes, **changes})


CITED_UPDATE = {
    "cited": CitedEvent(event_id=f.UPDATE, event=f.updated, redacted=False, payload_hash="e" * 64)
}

ALL = (
    Example(
        (),
        c.PublishRecommendation(
            inspection_id=5,
            provider_id=7,
            number=1,
            framework="pdu-2024",
            published_on=f.PUBLISHED_ON,
            wording="improve the quality of assessments",
        ),
    ),
    Example((f.published,), c.CorrectWording(wording="improve assessments", reason="a misprint")),
    Example((f.published,), c.LinkBasis(standards=("P 2.1",), findings=(301,))),
    Example(f.AGREED, c.WithdrawPublication(reason="the report was recalled")),
    Example(f.AGREED, c.TransferRecommendation(to_provider_id=72, reason="the units merged")),
    Example(
        f.UPDATED,
        c.RedactPersonalData(
            event_id=f.UPDATE, reason=RedactionReason.PERSONAL_DATA_OF_STAFF, authority="DPO 12"
        ),
        CITED_UPDATE,
    ),
    Example((f.published,), c.Assign(accountable_id=BOB)),
    Example((f.published,), c.Respond(response=Response.PARTLY_AGREED, reason="the first part")),
    Example(f.AGREED, c.ReviseResponse(response=Response.NOT_AGREED, reason="no money left")),
    Example(
        f.AGREED,
        c.PlanAction(
            description="train all staff",
            accountable_id=BOB,
            delivered_by="the training team",
            target_on=f.TARGET_ON,
        ),
    ),
    Example(
        f.PLANNED, c.ChangeActionOwner(action_id=f.ACTION, accountable_id=BOB, reason="on leave")
    ),
    Example(f.UPDATED, c.ReportActionComplete(action_id=f.ACTION, note="all are trained")),
    Example(f.ACTION_COMPLETE, c.ReopenAction(action_id=f.ACTION, reason="new staff came")),
    Example(f.PLANNED, c.WithdrawAction(action_id=f.ACTION, reason="no use")),
    Example(
        f.PLANNED,
        c.MoveTargetDate(
            action_id=f.ACTION, target_on=date(2026, 11, 2), reason="the trainer is ill"
        ),
    ),
    Example(
        f.MOVED_ONCE,
        c.RequestTargetDateExtension(
            action_id=f.ACTION, target_on=date(2026, 11, 2), reason="still ill"
        ),
    ),
    Example(
        f.ASKED_FOR_MORE,
        c.DecideTargetDateExtension(action_id=f.ACTION, granted=False, reason="hire another"),
    ),
    Example(
        f.PLANNED,
        c.RecordBlocker(
            cause="no room",
            controlled_by="estates",
            forecast_on=f.FORECAST_ON,
            action_id=f.ACTION,
            risk_register_reference="R12",
        ),
    ),
    Example(
        f.BLOCKED,
        c.ReviseBlockerForecast(
            blocker_id=f.BLOCKER, forecast_on=date(2026, 10, 5), reason="the lease is late"
        ),
    ),
    Example(f.BLOCKED, c.ClearBlocker(blocker_id=f.BLOCKER, note="a room is found")),
    Example(
        f.AGREED,
        c.RaiseEscalation(
            addressed_to=Role.HMPPS_COORDINATOR, asked="fund a room", reply_by=date(2026, 9, 15)
        ),
    ),
    Example(f.ESCALATED, c.AnswerEscalation(escalation_id=f.ESCALATION, answer="take room 4")),
    Example(
        f.AGREED,
        c.DefineMeasure(
            wording="assessments of sufficient quality",
            better=Better.MORE,
            unit=MeasureUnit.N_OF_M,
            baseline=e.MeasureValue(n=12, m=40),
            baseline_lines=(110, 111),
            target=e.MeasureValue(n=30, m=40),
            target_on=date(2027, 3, 1),
        ),
    ),
    Example(
        f.MEASURED,
        c.RecordMeasureFigure(
            measure_id=f.MEASURE,
            value=e.MeasureValue(n=18, m=40),
            period_from=date(2026, 7, 1),
            period_to=date(2026, 7, 31),
            source=FigureSource.DIP_SAMPLE,
            note="drawn by hand",
        ),
    ),
    Example(f.AGREED, c.ReviewWithoutChange(note="the course is in October")),
    Example(
        f.PLANNED,
        c.RecordProgressUpdate(
            text="half are trained", occurred_on=date(2026, 8, 20), action_id=f.ACTION
        ),
    ),
    Example(
        f.UPDATED,
        c.CorrectProgressUpdate(event_id=f.UPDATE, text="a third are trained", reason="miscounted"),
        CITED_UPDATE,
    ),
    Example(
        f.ACTION_COMPLETE,
        c.AttachEvidence(
            kind=EvidenceKind.FILE,
            title="training log",
            location="evidence/5f/log.pdf",
            sha256=f.SHA,
            effective_on=date(2026, 8, 31),
            file_id=KEPT.file_id,
            size=2048,
            media_type="application/pdf",
            action_id=f.ACTION,
            key_questions=("P 2.1.1",),
        ),
    ),
    Example(f.EVIDENCED, c.WithdrawEvidence(evidence_id=f.EVIDENCE, reason="wrong year")),
    Example(f.EVIDENCED, c.ReportRecommendationComplete(statement="all staff are trained")),
    Example(f.REPORTED, c.WithdrawCompletionClaim(reason="two are missing")),
    Example(f.REPORTED, c.StartReview(note="by phone")),
    Example(f.UNDER_REVIEW, c.RequestFurtherEvidence(asked="the attendance lists")),
    Example(
        f.UNDER_REVIEW,
        c.JudgeProgress(judgement="some_progress", rationale="better, but uneven"),
    ),
    Example(
        f.JUDGED, c.CloseRecommendation(closure=Closure.ACHIEVED, reason="the sample was good")
    ),
    Example(f.CLOSED, c.ReopenRecommendation(reason="closed by mistake")),
    Example(f.REPORTED, c.CarryForward(carried_into=(901,), reason="found again")),
    Example(f.REPORTED, c.LeaveOpen(inspection_id=801, reason="half of it is done")),
    Example(f.AGREED, c.ConfirmRecurrence(other_recommendation_id=902, rationale="the same gap")),
)

EXAMPLES: Mapping[type[c.Command], Example] = {type(example.command): example for example in ALL}
