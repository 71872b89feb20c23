"""A story in which something of every kind is said, all of it in one text."""

from datetime import timedelta

from tests.tracker.story import TODAY, Story
from tests.world import make_user
from tracker.domain import commands as c
from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import (
    Better,
    FigureSource,
    MeasureUnit,
    Response,
    Role,
)

SOON, LATER, LATEST = (TODAY + timedelta(days=days) for days in (30, 60, 90))


def tell_everything(story: Story, text: str) -> None:
    """Give commands on the first recommendation until each kind of text has been said once."""
    story.tell(c.Respond(response=Response.PARTLY_AGREED, reason=text))
    story.tell(c.Assign(accountable_id=story.lead.pk))
    _plan_and_slip(story, text)
    _meet_obstacles(story, text)
    _measure(story, text)
    update = story.update(text)
    story.tell(c.CorrectProgressUpdate(event_id=update.event_id, text=text, reason=text))
    evidence = story.attach(text)
    story.tell(c.WithdrawEvidence(evidence_id=evidence.event_id, reason=text))
    story.attach(text)
    story.tell(c.ReviewWithoutChange(note=text))
    for command in (c.StartReview(note=text), c.RequestFurtherEvidence(asked=text)):
        story.tell(command, by=story.inspector)


def _plan_and_slip(story: Story, text: str) -> None:
    region = make_user(f"Ray {story.unit.name.split()[0]}", Role.REGIONAL_LEAD, story.unit.region)
    plan = c.PlanAction(
        description=text, accountable_id=story.lead.pk, delivered_by=text, target_on=SOON
    )
    action_id = story.tell(plan).event_id
    story.tell(c.MoveTargetDate(action_id=action_id, target_on=LATER, reason=text))
    ask = c.RequestTargetDateExtension(action_id=action_id, target_on=LATEST, reason=text)
    story.tell(ask)
    decline = c.DecideTargetDateExtension(action_id=action_id, granted=False, reason=text)
    story.tell(decline, by=region, acting_role=Role.REGIONAL_LEAD)
    story.tell(ask)


def _meet_obstacles(story: Story, text: str) -> None:
    blocker = story.tell(
        c.RecordBlocker(
            cause=text, controlled_by=text, forecast_on=SOON, risk_register_reference=text
        )
    )
    story.tell(c.ReviseBlockerForecast(blocker_id=blocker.event_id, forecast_on=LATER, reason=text))
    story.tell(c.RaiseEscalation(addressed_to=Role.REGIONAL_LEAD, asked=text, reply_by=SOON))


def _measure(story: Story, text: str) -> None:
    measure = story.tell(c.DefineMeasure(wording=text, better=Better.MORE, unit=MeasureUnit.N_OF_M))
    story.tell(
        c.RecordMeasureFigure(
            measure_id=measure.event_id,
            value=MeasureValue(n=9, m=20),
            period_from=story.now.date(),
            period_to=story.now.date(),
            source=FigureSource.DIP_SAMPLE,
            note=text,
        )
    )
