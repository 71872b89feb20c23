"""Forms of updates and of the claim of completion."""

from typing import Any

from tracker.domain import commands as c
from tracker.forms.command_form import CommandForm
from tracker.forms.fields import Day, FreeText, Subject
from tracker.forms.sharing import SharedForm
from tracker.queries.labels import REDACTED
from tracker.queries.offers import Offered

AS_A_WHOLE = "The recommendation as a whole"
WORDS_DELETED = "The update is corrected; its earlier words were deleted and stay so."


class RecordProgressUpdateForm(SharedForm):
    gives = c.RecordProgressUpdate
    heading = "Record an update"
    button = "Record the update"
    done = "The update is recorded."

    text = FreeText("What was done", hint="What changed, for whom, and how you know.")
    action_id = Subject("What it is about", offers=Offered.ACTIONS, empty=AS_A_WHOLE)
    occurred_on = Day("When it was so", is_past=True)


class CorrectProgressUpdateForm(CommandForm):
    gives = c.CorrectProgressUpdate
    heading = "Correct an update"
    button = "Record the correction"
    done = "The update is corrected; the earlier words stay readable."

    event_id = Subject("Update", offers=Offered.UPDATES)
    text = FreeText("How it should read")
    reason = FreeText("Why it is corrected", rows=3)

    def said(self) -> str:
        """Say what became of the earlier words, as the form offered them before it was sent."""
        field: Any = self.fields["event_id"]
        asked = str(self.cleaned_data["event_id"])
        chosen = next((str(words) for key, words in field.choices if str(key) == asked), "")
        return WORDS_DELETED if chosen.endswith(f": {REDACTED}") else self.done


class ReviewWithoutChangeForm(CommandForm):
    gives = c.ReviewWithoutChange
    heading = "Confirm that nothing has changed"
    button = "Confirm"
    done = "It is recorded that you looked and nothing has changed."

    note = FreeText("Note (optional)", rows=3)


class ReportRecommendationCompleteForm(CommandForm):
    gives = c.ReportRecommendationComplete
    heading = "Report the recommendation complete"
    button = "Report it complete"
    done = "The recommendation is reported complete. The judgement is the inspector's."

    statement = FreeText("What has been achieved")
    occurred_on = Day("Complete since", is_past=True)


class WithdrawCompletionClaimForm(CommandForm):
    gives = c.WithdrawCompletionClaim
    heading = "Take back the report of completion"
    button = "Take it back"
    done = "The report of completion is taken back."

    reason = FreeText("Why it is taken back", rows=3)
