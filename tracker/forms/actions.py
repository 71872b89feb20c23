"""Forms of the action plan: actions, their owners, their completion."""

from dataclasses import replace
from typing import Any

from tracker.domain import commands as c
from tracker.domain.rejection import CommandRejected
from tracker.forms.command_form import CommandForm
from tracker.forms.fields import Day, FreeText, Lines, Person, ShortText, Subject
from tracker.forms.sharing import SharedForm
from tracker.queries.offers import Offered

MOST_PARTNERS = 20
ONE_OR_SEVERAL = (
    "Say who delivers it on one of the two: one body on the line above, or several partners here."
)


class PlanActionForm(SharedForm):
    """One action, or the same for each of several partners, who have no sign-in of their own."""

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
    partners = Lines(
        "One action for each partner (optional)",
        hint="Where several partners each do it: one name per line, instead of the line above.",
        most=MOST_PARTNERS,
    )
    target_on = Day("Target date", hint="The day by which it will be done.")

    def commands(self) -> tuple[c.Command, ...]:
        partners = self.cleaned_data["partners"]
        if not partners:
            return super().commands()
        return tuple(replace(self.command(), delivered_by=each) for each in partners)

    def command(self) -> c.PlanAction:
        command = super().command()
        assert isinstance(command, c.PlanAction)  # noqa: S101 - `gives` says so
        return command

    def said(self) -> str:
        number = len(self.commands())
        words = super().said()
        return words if number == 1 else words.replace(self.done, f"{number} actions are planned.")

    def refuse(self, rejection: CommandRejected) -> None:
        """A partner's name at fault is one of those in the list."""
        at_fault = rejection.field == "delivered_by" and bool(self.cleaned_data["partners"])
        if at_fault:
            self.add_error("partners", rejection.sentence)
        else:
            super().refuse(rejection)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("partners") and cleaned.get("delivered_by"):
            self.add_error("partners", ONE_OR_SEVERAL)
        return cleaned


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
