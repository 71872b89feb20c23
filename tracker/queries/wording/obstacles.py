"""The words for what stands in the way, and who was asked to remove it."""

from typing import assert_never

from inspections.govuk_dates import govuk_date
from tracker.domain import events as e
from tracker.queries.labels import label
from tracker.queries.wording.parts import Names, Wording, worded


def word_obstacle(event: e.ObstacleEvent, names: Names) -> Wording:
    """Return the wording of an event of a blocker or an escalation."""
    match event:
        case e.BlockerRecorded():
            return _recorded(event, names)
        case e.BlockerForecastRevised():
            return worded(
                "Blocker forecast revised",
                ("Blocker", names.blockers.get(event.blocker_id, "")),
                ("From", govuk_date(event.previous_forecast_on)),
                ("To", govuk_date(event.forecast_on)),
                ("Reason", event.reason),
            )
        case e.BlockerCleared():
            blocker = names.blockers.get(event.blocker_id, "")
            return worded("Blocker cleared", ("Blocker", blocker), ("Note", event.note))
        case e.EscalationRaised():
            return worded(
                "Escalated",
                ("To", label(event.addressed_to)),
                ("Asked", event.asked),
                ("Reply by", govuk_date(event.reply_by)),
            )
        case e.EscalationAnswered():
            asked = names.escalations.get(event.escalation_id, "")
            return worded("Escalation answered", ("Asked", asked), ("Answer", event.answer))
        case _:
            assert_never(event)


def _recorded(event: e.BlockerRecorded, names: Names) -> Wording:
    return worded(
        "Blocker recorded",
        ("Action", names.actions.get(event.action_id, "") if event.action_id else ""),
        ("Cause", event.cause),
        ("Controlled by", event.controlled_by),
        ("Expected to clear", govuk_date(event.forecast_on)),
        ("Risk register", event.risk_register_reference),
    )
