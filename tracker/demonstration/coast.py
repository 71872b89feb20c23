"""The story of Example Coast PDU: half a year after its report, at the earlier stages.

By its end one response is overdue, one refusal is accepted and closed, one recommendation is
reported complete and under review, one has gone silent and is judged to have made no
progress, one asked for time in vain.
"""

from tracker.demonstration.scenes import (
    Scene,
    ask_for_time,
    assign,
    close,
    complete,
    decide_time,
    evidence,
    figure,
    judge,
    measure,
    move_date,
    plan,
    report,
    respond,
    review,
    take_back,
    unchanged,
    update,
)
from tracker.domain.vocabulary import Closure, FigureSource, Response

PUBLISHED_DAYS_AGO = 196

OLDER_RECOMMENDATIONS = (
    "make sure that managers oversee every case in which children are at risk",
    "agree with partners how information about victims is shared",
)
"""Of the inspection before, known by its year alone; a lead inspector settles them."""
RECOMMENDATIONS = [
    "make sure that every assessment draws on what partner agencies know",
    "move the county court team into one shared building",
    "agree with the health board how people reach mental health treatment",
    "give every practitioner a protected half day for learning each month",
    "record the advice that managers give on complex cases",
    "offer appointments outside working hours in each office.",
]

SCENES: list[Scene] = [
    respond(20, 1, Response.AGREED),
    assign(20, 1),
    plan(32, 1, "c1-checks", "A weekly check of new assessments", "Team managers", 220),
    update(75, 1, "Checks began; 14 of 25 assessments drew on partners.", "c1-checks"),
    update(140, 1, "18 of 25 assessments drew on partners.", "c1-checks"),
    unchanged(185, 1, "Checks continue."),
    respond(22, 2, Response.NOT_AGREED, "The lease of the court building ends with no successor."),
    close(60, 2, Closure.NOT_AGREED_ACCEPTED, "The reasons are accepted."),
    respond(27, 4, Response.AGREED),
    plan(40, 4, "c4-learning", "Protected time in every rota", "Business manager", 60),
    update(85, 4, "In the rota of all teams since the first of the month.", "c4-learning"),
    complete(95, 4, "c4-learning"),
    evidence(96, 4, "Rota of three months"),
    report(97, 4, "Protected time is in every rota."),
    take_back(101, 4, "One team's rota was missed."),
    update(130, 4, "The last team follows the rota now."),
    report(150, 4, "Protected time is in every rota, the last team included."),
    review(172, 4, "Comparing the rotas with what staff say."),
    respond(27, 5, Response.AGREED),
    assign(28, 5),
    measure(30, 5, "c5-oversight", "Management oversight made a difference", None, 80),
    figure(120, 5, "c5-oversight", 6, 20, by="owner"),
    figure(150, 5, "c5-oversight", 3, 10, "regional", FigureSource.REGIONAL_ASSURANCE),
    judge(176, 5, "no_progress", "Six months on, no advice is recorded in our sample of ten."),
    respond(27, 6, Response.PARTLY_AGREED, "Agreed for two of three offices; one has no security."),
    plan(41, 6, "c6-hours", "Open two offices until eight on Wednesdays", "Office managers", 60),
    update(90, 6, "One office opens late since last week.", "c6-hours"),
    move_date(99, 6, "c6-hours", 40, "Security staff had to be found."),
    ask_for_time(138, 6, "c6-hours", 60, "The second office waits for a fire inspection."),
    decide_time(147, 6, "c6-hours", "Please open with the measures in place.", granted=False),
]
