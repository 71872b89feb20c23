"""Short histories for the tests of the rules: what was published, agreed, planned and so on."""

from datetime import date
from uuid import UUID

from tests.tracker.domain.scenario import ANN, BOB, TODAY
from tracker.domain import events as e
from tracker.domain.vocabulary import (
    Better,
    Closure,
    EvidenceKind,
    FigureSource,
    KnownTo,
    Language,
    MeasureUnit,
    RedactionReason,
    Response,
    Role,
)

PUBLISHED_ON = date(2026, 3, 2)
DAY = date(2026, 8, 3)
TARGET_ON = date(2026, 10, 1)
FORECAST_ON = date(2026, 9, 20)
ACTION, OTHER_ACTION = UUID(int=1), UUID(int=2)
BLOCKER, ESCALATION, MEASURE, EVIDENCE = UUID(int=3), UUID(int=4), UUID(int=5), UUID(int=6)
UPDATE, UNKNOWN = UUID(int=50), UUID(int=404)
SHA = "ab" * 32

published = e.RecommendationPublished(
    occurred_on=PUBLISHED_ON,
    inspection_id=5,
    provider_id=7,
    number=1,
    framework="pdu-2024",
    response_due_on=date(2026, 3, 30),
    known_to=KnownTo.DAY,
    wording="improve the quality of assessments",
)
agreed = e.ResponseRecorded(occurred_on=DAY, response=Response.AGREED, reason="")
partly_agreed = e.ResponseRecorded(
    occurred_on=DAY, response=Response.PARTLY_AGREED, reason="only the first part"
)
not_agreed = e.ResponseRecorded(
    occurred_on=DAY, response=Response.NOT_AGREED, reason="no money for it"
)
assigned = e.RecommendationAssigned(occurred_on=DAY, accountable_id=ANN, accountable_name="Ann Lee")
planned = e.ActionPlanned(
    occurred_on=DAY,
    action_id=ACTION,
    accountable_id=ANN,
    target_on=TARGET_ON,
    description="train all staff",
    accountable_name="Ann Lee",
    delivered_by="the training team",
)
updated = e.ProgressUpdateRecorded(occurred_on=DAY, action_id=ACTION, text="half are trained")
action_complete = e.ActionReportedComplete(occurred_on=DAY, action_id=ACTION, note="")
action_reopened = e.ActionReopened(occurred_on=DAY, action_id=ACTION, reason="new staff came")
action_withdrawn = e.ActionWithdrawn(occurred_on=DAY, action_id=ACTION, reason="no use")
moved = e.TargetDateExtended(
    occurred_on=DAY,
    action_id=ACTION,
    previous_target_on=date(2026, 9, 10),
    target_on=TARGET_ON,
    slip=1,
    decided=False,
    tells_region=True,
    reason="the trainer is ill",
)
more_time_asked = e.TargetDateExtensionRequested(
    occurred_on=DAY, action_id=ACTION, target_on=date(2026, 11, 2), reason="still ill"
)
blocked = e.BlockerRecorded(
    occurred_on=DAY,
    blocker_id=BLOCKER,
    action_id=ACTION,
    forecast_on=FORECAST_ON,
    cause="no room",
    controlled_by="estates",
    risk_register_reference="R12",
)
escalated = e.EscalationRaised(
    occurred_on=DAY,
    escalation_id=ESCALATION,
    addressed_to=Role.REGIONAL_LEAD,
    reply_by=date(2026, 9, 15),
    asked="find us a room",
)
measured = e.MeasureDefined(
    occurred_on=DAY,
    measure_id=MEASURE,
    better=Better.MORE,
    unit=MeasureUnit.N_OF_M,
    baseline=e.MeasureValue(n=12, m=40),
    baseline_lines=(110, 111),
    target=e.MeasureValue(n=30, m=40),
    target_on=date(2027, 3, 1),
    wording="assessments of sufficient quality",
)
evidenced = e.EvidenceAttached(
    occurred_on=DAY,
    evidence_id=EVIDENCE,
    kind=EvidenceKind.LINK,
    file_id=None,
    sha256=SHA,
    size=None,
    media_type=None,
    action_id=None,
    standards=(),
    key_questions=(),
    findings=(),
    figure=None,
    title="training log",
    location="https://intranet.example/log",
)
reported = e.RecommendationReportedComplete(occurred_on=DAY, statement="all staff are trained")
taken_back = e.CompletionClaimWithdrawn(occurred_on=DAY, reason="two are missing")
review_started = e.ReviewStarted(occurred_on=DAY, note="")
evidence_requested = e.FurtherEvidenceRequested(occurred_on=DAY, asked="the attendance lists")
judged = e.ProgressJudged(
    occurred_on=DAY,
    scale="progress-3",
    judgement="some_progress",
    rationale="better, but uneven",
)
closed = e.RecommendationClosed(
    occurred_on=DAY, closure=Closure.NOT_ACHIEVED, reason="the re-inspection found little"
)
reopened = e.RecommendationReopened(occurred_on=DAY, reason="closed by mistake")
withdrawn = e.PublicationWithdrawn(occurred_on=DAY, reason="the report was recalled")

NOVEMBER = date(2026, 11, 2)

granted = e.TargetDateExtended(
    occurred_on=TODAY,
    action_id=ACTION,
    previous_target_on=TARGET_ON,
    target_on=NOVEMBER,
    slip=2,
    decided=True,
    tells_region=True,
    reason="",
)
declined = e.TargetDateExtensionDeclined(
    occurred_on=TODAY, action_id=ACTION, target_on=NOVEMBER, reason="hire another"
)
owner_changed = e.ActionOwnerChanged(
    occurred_on=TODAY, action_id=ACTION, accountable_id=BOB, accountable_name="Bob Roy", reason=""
)
forecast_revised = e.BlockerForecastRevised(
    occurred_on=TODAY,
    blocker_id=BLOCKER,
    previous_forecast_on=FORECAST_ON,
    forecast_on=NOVEMBER,
    reason="late",
)
blocker_cleared = e.BlockerCleared(occurred_on=TODAY, blocker_id=BLOCKER, note="")
answered = e.EscalationAnswered(occurred_on=TODAY, escalation_id=ESCALATION, answer="room 4")
figure = e.MeasureFigureRecorded(
    occurred_on=TODAY,
    measure_id=MEASURE,
    value=e.MeasureValue(n=18, m=40),
    period_from=DAY,
    period_to=TODAY,
    source=FigureSource.DIP_SAMPLE,
    note="",
)
no_change = e.ReviewedWithoutChange(occurred_on=TODAY, note="")
corrected = e.ProgressUpdateCorrected(
    occurred_on=TODAY, corrects=UPDATE, action_id=ACTION, text="a third", reason="miscounted"
)
evidence_withdrawn = e.EvidenceWithdrawn(
    occurred_on=TODAY, evidence_id=EVIDENCE, sha256=SHA, reason="wrong year"
)
wording_corrected = e.RecommendationWordingCorrected(
    occurred_on=TODAY, language=Language.ENGLISH, wording="improve", reason="misprint"
)
basis_linked = e.RecommendationBasisLinked(
    occurred_on=TODAY,
    standards=("P 2.1",),
    key_questions=("P 2.1.1",),
    findings=(301,),
    themes=("staffing",),
)
transferred = e.RecommendationTransferred(
    occurred_on=TODAY, from_provider_id=7, to_provider_id=72, reason="merged"
)
redacted = e.PersonalDataRedacted(
    occurred_on=TODAY,
    redacts=UPDATE,
    reason=RedactionReason.COURT_ORDER,
    payload_hash="e" * 64,
    authority="",
)
revised = e.ResponseRevised(
    occurred_on=TODAY, response=Response.PARTLY_AGREED, reason="the first part"
)
carried_forward = e.RecommendationCarriedForward(
    occurred_on=TODAY, carried_into=(901,), reason="found again"
)
left_open = e.RecommendationLeftOpen(
    occurred_on=TODAY, inspection_id=801, response_due_on=None, reason="half of it is done"
)
recurred = e.RecurrenceConfirmed(
    occurred_on=TODAY, other_recommendation_id=902, rationale="the same gap"
)

AGREED = (published, agreed)
NOT_AGREED = (published, not_agreed)
PLANNED = (*AGREED, planned)
UPDATED = (*PLANNED, updated)
MOVED_ONCE = (*PLANNED, moved)
ASKED_FOR_MORE = (*MOVED_ONCE, more_time_asked)
ACTION_COMPLETE = (*UPDATED, action_complete)
BLOCKED = (*PLANNED, blocked)
ESCALATED = (*AGREED, escalated)
MEASURED = (*AGREED, measured)
EVIDENCED = (*ACTION_COMPLETE, evidenced)
REPORTED = (*EVIDENCED, reported)
UNDER_REVIEW = (*REPORTED, review_started)
SENT_BACK = (*UNDER_REVIEW, evidence_requested)
JUDGED = (*UNDER_REVIEW, judged)
CLOSED = (*JUDGED, closed)
WITHDRAWN = (*AGREED, withdrawn)

EVERY_EVENT: tuple[e.Event, ...] = (
    published,
    assigned,
    agreed,
    revised,
    planned,
    owner_changed,
    moved,
    more_time_asked,
    declined,
    granted,
    updated,
    corrected,
    no_change,
    action_complete,
    action_reopened,
    action_withdrawn,
    blocked,
    forecast_revised,
    blocker_cleared,
    escalated,
    answered,
    measured,
    figure,
    evidenced,
    evidence_withdrawn,
    reported,
    taken_back,
    review_started,
    evidence_requested,
    judged,
    closed,
    reopened,
    carried_forward,
    left_open,
    recurred,
    wording_corrected,
    basis_linked,
    transferred,
    redacted,
    withdrawn,
)
