"""Forms of the action plan: actions, their owners, their completion."""

from tracker.domain import commands as c
from tracker.forms.command_form import CommandForm
from tracker.forms.fields import Day, FreeText, Person, ShortText, Subject
from tracker.queries.offers import Offered


class PlanActionForm(CommandForm):
    gives = c.PlanAction
    heading = "Plan an action"
    button = "Plan the action"
    done = "The action is planned."

    description = FreeText(
        "What will be done", hint="Say it so that anybody can tell later whether it was done."
    )
    accountable_id = Person("Owner", hint="Who answers for this action.")
    delivered_by = ShortText(
        "Delivered by",
        hint="The body or post that does the work, for example the training team or a partner.",
    )
    target_on = Day("Target date", hint="The day by which it will be done.")


class ChangeActionOwnerForm(CommandForm):
    gives = c.ChangeActionOwner
    heading = "Change the owner of an action"
    button = "Change the owner"
    done = "The action has a new owner."

    action_id = Subject("Action", offers=Offered.ACTIONS)
    accountable_id = Person("New owner")
    reason = FreeText("Reason (optional)", rows=3)


class ReportActionCompleteForm(CommandForm):
    gives = c.ReportActionComplete
    heading = "Report an action complete"
    button = "Report the action complete"
    done = "The action is reported complete."

    action_id = Subject(
        "Action", offers=Offered.ACTIONS, hint="Only actions with at least one update are listed."
    )
    note = FreeText("Note (optional)", rows=3)
    occurred_on = Day("Day of completion", is_past=True)


class ReopenActionForm(CommandForm):
    gives = c.ReopenAction
    heading = "Reopen an action"
    button = "Reopen the action"
    done = "The action is open again."

    action_id = Subject("Action", offers=Offered.ACTIONS)
    reason = FreeText("Why it is reopened", rows=3)


class WithdrawActionForm(CommandForm):
    gives = c.WithdrawAction
    heading = "Withdraw an action"
    button = "Withdraw the action"
    done = "The action is withdrawn; it stays readable."

    action_id = Subject("Action", offers=Offered.ACTIONS)
    reason = FreeText("Why it is withdrawn", rows=3)
