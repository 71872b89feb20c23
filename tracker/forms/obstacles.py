"""Forms of what stands in the way, and of who is asked to remove it."""

from collections.abc import Sequence

from tracker.domain import commands as c
from tracker.domain.vocabulary import Role
from tracker.forms.command_form import CommandForm
from tracker.forms.fields import Day, FreeText, OneOf, ShortText, Subject
from tracker.queries.asked import escalations_to_answer
from tracker.queries.labels import label
from tracker.queries.obstacles import Escalation
from tracker.queries.offers import Offered


class RecordBlockerForm(CommandForm):
    gives = c.RecordBlocker
    heading = "Record a blocker"
    button = "Record the blocker"
    done = "The blocker is recorded."

    cause = FreeText("What stands in the way", rows=3)
    controlled_by = ShortText("Who controls it", hint="The body or post that can remove it.")
    forecast_on = Day("Expected to be out of the way on")
    action_id = Subject(
        "What it blocks", offers=Offered.ACTIONS, empty="The recommendation as a whole"
    )
    risk_register_reference = ShortText("Risk register reference (optional)")
    occurred_on = Day("Blocked since", is_past=True)


class ReviseBlockerForecastForm(CommandForm):
    gives = c.ReviseBlockerForecast
    heading = "Revise the forecast of a blocker"
    button = "Revise the forecast"
    done = "The forecast is revised."

    blocker_id = Subject("Blocker", offers=Offered.BLOCKERS)
    forecast_on = Day("Now expected to be out of the way on")
    reason = FreeText("Why the forecast changes", rows=3)


class ClearBlockerForm(CommandForm):
    gives = c.ClearBlocker
    heading = "Clear a blocker"
    button = "Clear the blocker"
    done = "The blocker is cleared."

    blocker_id = Subject("Blocker", offers=Offered.BLOCKERS)
    note = FreeText("How it was removed (optional)", rows=3)
    occurred_on = Day("Out of the way since", is_past=True)


class RaiseEscalationForm(CommandForm):
    gives = c.RaiseEscalation
    heading = "Escalate"
    button = "Escalate"
    done = "The escalation is recorded."

    addressed_to = OneOf(
        "Whom you ask",
        values={role: label(role) for role in (Role.REGIONAL_LEAD, Role.HMPPS_COORDINATOR)},
    )
    asked = FreeText("What you ask")
    reply_by = Day("Reply by")


class AnswerEscalationForm(CommandForm):
    gives = c.AnswerEscalation
    heading = "Answer an escalation"
    button = "Record the answer"
    done = "The answer is recorded."
    aside = "admin/tracker/asked_help.html"

    escalation_id = Subject("What is asked", offers=Offered.ESCALATIONS)
    answer = FreeText("Answer")

    @property
    def escalations(self) -> Sequence[Escalation]:
        """Return what is asked, of every escalation that may be chosen."""
        return escalations_to_answer(self.situation)
