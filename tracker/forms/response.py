"""Forms of the response: who answers for a recommendation, and whether it is agreed."""

from tracker.domain import commands as c
from tracker.domain.vocabulary import Response
from tracker.forms.command_form import CommandForm
from tracker.forms.fields import Day, FreeText, OneOf, Person

ANSWERS = {
    Response.AGREED: ("Agreed: all of the recommendation is accepted, achievable and affordable."),
    Response.PARTLY_AGREED: ("Partly agreed: only part of it is; say below which part."),
    Response.NOT_AGREED: "Not agreed: it will not be implemented; give the reasons below.",
}
NO_ANSWER = "Choose agreed, partly agreed or not agreed."


class RespondForm(CommandForm):
    gives = c.Respond
    heading = "Respond"
    button = "Record the response"
    done = "The response is recorded."

    response = OneOf("Response", values=ANSWERS, missing=NO_ANSWER)
    reason = FreeText("Reasons", hint="Not needed when all of it is agreed.")
    occurred_on = Day("Date of the response", is_past=True)


class ReviseResponseForm(CommandForm):
    gives = c.ReviseResponse
    heading = "Revise the response"
    button = "Record the revised response"
    done = "The revised response is recorded; the earlier one stays readable."

    response = OneOf("Response", values=ANSWERS, missing=NO_ANSWER)
    reason = FreeText("Reasons", hint="Not needed when all of it is agreed.")
    occurred_on = Day("Date of the revised response", is_past=True)


class AssignForm(CommandForm):
    gives = c.Assign
    heading = "Assign"
    button = "Assign the recommendation"
    done = "The recommendation is assigned."

    accountable_id = Person(
        "Accountable person", hint="Who answers for the recommendation as a whole."
    )
