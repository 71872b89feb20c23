"""Forms of the inspector's axes: review, judgement, and the end of a recommendation."""

from tracker.domain import commands as c
from tracker.domain.vocabulary import Closure
from tracker.forms.command_form import CommandForm
from tracker.forms.fields import FreeText, OfferedField, SeveralOffered
from tracker.queries.offers import Offered


class StartReviewForm(CommandForm):
    gives = c.StartReview
    heading = "Start a review"
    button = "Start the review"
    done = "The review is started."

    note = FreeText("Note (optional)", rows=3)


class RequestFurtherEvidenceForm(CommandForm):
    gives = c.RequestFurtherEvidence
    heading = "Ask for further evidence"
    button = "Ask for further evidence"
    done = "Further evidence is asked for. What the provider reported stays as it is."

    asked = FreeText("Which evidence is asked for")


class JudgeProgressForm(CommandForm):
    gives = c.JudgeProgress
    heading = "Judge progress"
    button = "Record the judgement"
    done = "The judgement is recorded."

    judgement = OfferedField("Judgement", offers=Offered.JUDGEMENTS, coerce=str)
    rationale = FreeText("Rationale", hint="What the judgement rests on.")


class CloseRecommendationForm(CommandForm):
    gives = c.CloseRecommendation
    heading = "Close the recommendation"
    button = "Close it"
    done = "The recommendation is closed."

    closure = OfferedField("Closed as", offers=Offered.CLOSURES, coerce=Closure)
    reason = FreeText("Why it is closed")


class ReopenRecommendationForm(CommandForm):
    gives = c.ReopenRecommendation
    heading = "Reopen the recommendation"
    button = "Reopen it"
    done = "The recommendation is open again."

    reason = FreeText("Why it is reopened")


class CarryForwardForm(CommandForm):
    gives = c.CarryForward
    heading = "Carry forward"
    button = "Carry it forward"
    done = "The recommendation is closed as carried forward."

    carried_into = SeveralOffered("Goes on as", offers=Offered.LATER_RECOMMENDATIONS, coerce=int)
    reason = FreeText("Why it is carried forward")


class LeaveOpenForm(CommandForm):
    gives = c.LeaveOpen
    heading = "Leave open after the later inspection"
    button = "Leave it open"
    done = "The recommendation stays open; the reason is on record."
    guidance = (
        "The provider was inspected again. Say why work on this recommendation goes on beside the "
        "new report."
    )

    inspection_id = OfferedField("Later inspection", offers=Offered.LATER_INSPECTIONS, coerce=int)
    reason = FreeText("Why it is left open")
