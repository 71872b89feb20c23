"""Forms of target dates: moving one, asking for more time, deciding that."""

from collections.abc import Sequence

from django import forms

from tracker.domain import commands as c
from tracker.forms.command_form import CommandForm
from tracker.forms.fields import Day, FreeText, Subject
from tracker.queries.asked import AskedTime, requests_for_time
from tracker.queries.offers import Offered


class MoveTargetDateForm(CommandForm):
    gives = c.MoveTargetDate
    heading = "Move a target date"
    button = "Move the date"
    done = "The target date is moved. The move is counted and shown."
    guidance = (
        "The move is counted and shown. After as many moves as practice leaves to the lead, the "
        "region or HMPPS decides."
    )

    action_id = Subject("Action", offers=Offered.ACTIONS)
    target_on = Day("New target date")
    reason = FreeText("Why the date moves", rows=3)


class RequestTargetDateExtensionForm(CommandForm):
    gives = c.RequestTargetDateExtension
    heading = "Ask for more time"
    button = "Ask for more time"
    done = "More time is asked for; the region or HMPPS decides."

    action_id = Subject("Action", offers=Offered.ACTIONS)
    target_on = Day("Date asked for")
    reason = FreeText("Why more time is needed", rows=3)


class DecideTargetDateExtensionForm(CommandForm):
    gives = c.DecideTargetDateExtension
    heading = "Decide a request for more time"
    button = "Record the decision"
    done = "The decision is recorded."
    aside = "admin/tracker/asked_time.html"

    action_id = Subject("Action", offers=Offered.ACTIONS)
    granted = forms.TypedChoiceField(
        label="Decision",
        choices=[("yes", "Give the time asked for"), ("no", "Decline")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the time is given."},
    )
    reason = FreeText("Reason", hint="Needed when the request is declined.", rows=3)

    @property
    def requests(self) -> Sequence[AskedTime]:
        """Return what is asked, of every action that may be chosen."""
        return requests_for_time(self.situation)
