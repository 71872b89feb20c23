"""The story of Example Valleys PDU: two years of work on six recommendations, told day by day.

By its end one is closed as achieved, one reopened, one returned by the inspector, one blocked and
overdue, one partly agreed with a date that slipped, one judged and measured. More time and an
answer to an escalation are asked of the region.
"""

from tracker.demonstration.files import DIP_SAMPLE, file
from tracker.demonstration.scenes import (
    Scene,
    answer,
    ask_for_evidence,
    ask_for_time,
    assign,
    block,
    close,
    complete,
    correct,
    decide_time,
    escalate,
    evidence,
    figure,
    judge,
    link,
    measure,
    move_date,
    plan,
    reopen,
    report,
    respond,
    review,
    unblock,
    unchanged,
    update,
    withdraw_evidence,
)
from tracker.domain.vocabulary import Closure, FigureSource, Response

PUBLISHED_DAYS_AGO = 728

ACHIEVED = [
    respond(19, 2, Response.AGREED, "All of it is accepted; a plan follows within a month."),
    assign(19, 2),
    link(20, 2, "P 2.2", "P 2.2/3", "risk-of-harm"),
    plan(
        33,
        2,
        "2-training",
        "Train every practitioner in planning for rising risk",
        "Quality team",
        120,
    ),
    plan(33, 2, "2-audit", "Audit ten plans a month against the standard", "Quality team", 300),
    update(64, 2, "First of four training days held; 31 of 58 practitioners attended."),
    update(95, 2, "54 of 58 practitioners trained; the rest are booked.", "2-training"),
    evidence(96, 2, "Attendance record of the four training days", "2-training"),
    complete(140, 2, "2-training", "All in post are trained; newcomers train in week two."),
    update(190, 2, "First audit: 5 of 10 plans met the standard.", "2-audit"),
    update(260, 2, "Third audit: 7 of 10 plans met the standard.", "2-audit"),
    update(325, 2, "Sixth audit: 9 of 10 plans met the standard.", "2-audit"),
    evidence(326, 2, "Audit summary, six months", "2-audit"),
    complete(327, 2, "2-audit", "Audits go on as routine."),
    report(335, 2, "Plans meet the standard in nine of ten audited cases."),
    review(352, 2, "Reading the audit method before a visit."),
    judge(380, 2, "sufficient_progress", "Our own sample of twelve plans agrees with the audits."),
    close(381, 2, Closure.ACHIEVED, "Judged sufficient; audits continue."),
]

BLOCKED = [
    respond(19, 1, Response.AGREED),
    assign(20, 1),
    link(21, 1, "P 2.1", "P 2.1/3", "information-sharing"),
    plan(35, 1, "1-protocol", "Agree an information protocol with the police", "Police force", 200),
    plan(35, 1, "1-staff", "Brief staff on what to ask for", "Valleys managers", 90),
    update(70, 1, "First draft of the protocol is with the force's data officer.", "1-protocol"),
    update(80, 1, "Staff briefed in all three offices.", "1-staff"),
    complete(85, 1, "1-staff"),
    unchanged(130, 1, "The draft is still with the force."),
    move_date(225, 1, "1-protocol", 150, "The force changed its data officer."),
    block(300, 1, "1-protocol", "1-blocker", "No access until vetting is done", "Police force"),
    escalate(310, 1, "1-escalation", "Please take the vetting delay to the regional board."),
    answer(322, 1, "1-escalation", "Raised with the chief officer; vetting starts next month."),
    unchanged(400, 1, "Vetting of four staff began."),
    unblock(430, 1, "1-blocker", "Two staff are cleared."),
    ask_for_time(440, 1, "1-protocol", 180, "The protocol needs a second legal reading."),
    decide_time(452, 1, "1-protocol", "Granted once; the next step is escalation.", granted=True),
    update(560, 1, "Protocol signed by us, not yet by the force.", "1-protocol"),
    block(610, 1, "1-protocol", "1-second", "Signature waits for a new chief officer", "Police"),
    unchanged(660, 1, "No signature yet."),
]

RETURNED = [
    respond(24, 6, Response.AGREED),
    assign(24, 6),
    plan(40, 6, "6-services", "Map services and fill two gaps", "Commissioning team", 240),
    update(100, 6, "Map drawn up with partners; gaps are housing and debt advice.", "6-services"),
    update(210, 6, "Debt advice starts in two offices.", "6-services", keep="6-debt"),
    correct(214, 6, "6-debt", "Debt advice starts in one office.", "The second office withdrew."),
    move_date(270, 6, "6-services", 120, "The housing tender failed and is repeated."),
    update(360, 6, "Housing advice contracted from next month.", "6-services"),
    evidence(362, 6, "Contract award notice", "6-services", keep="6-notice"),
    withdraw_evidence(365, 6, "6-notice", "It named a bidder; a redacted copy follows."),
    evidence(370, 6, "Contract award notice, without bidders", "6-services"),
    complete(400, 6, "6-services"),
    report(410, 6, "Both gaps are filled."),
    review(470, 6, "Asking for completion rates."),
    ask_for_evidence(480, 6, "Please add how many people completed each service."),
    update(520, 6, "Completion figures are being gathered from both providers."),
    unchanged(600, 6, "One provider has not answered yet."),
    escalate(716, 6, "6-escalation", "Please ask the provider’s director for the figures."),
]

REOPENED = [
    respond(24, 3, Response.AGREED),
    link(25, 3, "P 2.3", "P 2.3/3,P 2.3/2", "risk-of-harm"),
    plan(45, 3, "3-visits", "Plan home visits in every case that calls for one", "Teams", 150),
    update(110, 3, "Visits are planned in four of five teams.", "3-visits"),
    update(180, 3, "Visits are planned in all teams.", "3-visits"),
    evidence(181, 3, "Visit planner of all five teams", "3-visits"),
    complete(185, 3, "3-visits"),
    report(188, 3, "Home visits are part of every team's weekly plan."),
    review(200, 3, "Sampling records of visits."),
    judge(230, 3, "some_progress", "Planned everywhere, but a third of visits did not happen."),
    close(231, 3, Closure.NOT_ACHIEVED, "To be looked at again at the next inspection."),
    reopen(420, 3, "The region asked for another look after a serious incident review."),
    update(450, 3, "Duty officers now stand in when a visit would be missed.", by="lead"),
    unchanged(690, 3, "Missed visits are down to one in ten."),
]

SLIPPED = [
    respond(
        26,
        5,
        Response.PARTLY_AGREED,
        "Agreed for training and knowledge; workload depends on national recruitment.",
    ),
    assign(26, 5),
    plan(50, 5, "5-recruit", "Fill twelve vacancies", "Regional recruitment", 300),
    update(120, 5, "Five of twelve posts filled.", "5-recruit"),
    update(300, 5, "Eight of twelve posts filled.", "5-recruit"),
    move_date(340, 5, "5-recruit", 180, "Vetting takes four months on average."),
    update(500, 5, "Nine of twelve posts filled; two people left.", "5-recruit"),
    ask_for_time(515, 5, "5-recruit", 270, "Three offers are out; vetting is the last step."),
    decide_time(529, 5, "5-recruit", "Granted: the offers are real.", granted=True),
    update(700, 5, "Ten of twelve posts filled.", "5-recruit"),
    ask_for_time(718, 5, "5-recruit", 150, "The last two posts are advertised for a third time."),
]

MEASURED = [
    respond(26, 4, Response.AGREED),
    assign(27, 4),
    link(28, 4, "P 1.1,P 2.4", "P 2.4/3", "management-oversight"),
    measure(45, 4, "4-oversight", "Management oversight made a difference", (21, 50, 97), 80),
    plan(46, 4, "4-supervision", "Managers dip-sample four cases a month", "Team managers", 640),
    figure(150, 4, "4-oversight", 8, 20),
    update(151, 4, "First dip sample: 8 of 20 cases.", "4-supervision"),
    figure(270, 4, "4-oversight", 11, 20),
    figure(300, 4, "4-oversight", 9, 20, "regional", FigureSource.REGIONAL_ASSURANCE),
    update(390, 4, "13 of 20 cases; three managers still need support.", "4-supervision"),
    figure(391, 4, "4-oversight", 13, 20),
    judge(470, 4, "some_progress", "Rising from a low base; our sample found 6 of 12."),
    figure(471, 4, "4-oversight", 6, 12, "inspector", FigureSource.HMIP),
    figure(560, 4, "4-oversight", 15, 20),
    file(561, 4, "Dip sample", ("Dip sample.csv", DIP_SAMPLE), "4-supervision"),
    update(699, 4, "15 of 20 again; supervision is monthly in all teams.", "4-supervision"),
]

SCENES: list[Scene] = [*BLOCKED, *ACHIEVED, *REOPENED, *MEASURED, *SLIPPED, *RETURNED]
