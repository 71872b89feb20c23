"""The words for who answers for a recommendation, and what the answer is."""

from typing import assert_never

from tracker.domain import events as e
from tracker.queries.labels import label
from tracker.queries.wording.parts import Wording, worded


def word_response(event: e.ResponseEvent) -> Wording:
    """Return the wording of an event of the response."""
    match event:
        case e.RecommendationAssigned():
            return worded("Recommendation assigned", ("Accountable", event.accountable_name))
        case e.ResponseRecorded():
            return worded(f"Response: {label(event.response).lower()}", ("Reason", event.reason))
        case e.ResponseRevised():
            return worded(
                f"Response revised: {label(event.response).lower()}", ("Reason", event.reason)
            )
        case _:
            assert_never(event)
