"""The words for the inspector's review and judgement, and how a recommendation ends."""

from typing import assert_never

from inspections.govuk_dates import govuk_date
from tracker.domain import events as e
from tracker.queries.labels import judgement_label, label
from tracker.queries.wording.parts import Names, Wording, listed, worded


def word_judgement(event: e.JudgementEvent, names: Names) -> Wording:
    """Return the wording of an inspector's event."""
    match event:
        case e.ReviewStarted():
            wording = worded("Review started", ("Note", event.note))
        case e.FurtherEvidenceRequested():
            wording = worded("Further evidence requested", ("Asked", event.asked))
        case e.ProgressJudged():
            judgement = judgement_label(event.judgement, names.judgements).lower()
            wording = worded(f"Judged: {judgement}", ("Rationale", event.rationale))
        case e.RecommendationClosed():
            wording = worded(f"Closed: {label(event.closure).lower()}", ("Reason", event.reason))
        case e.RecommendationReopened():
            wording = worded("Recommendation reopened", ("Reason", event.reason))
        case e.RecommendationCarriedForward():
            into = (names.recommendations.get(each, "") for each in event.carried_into)
            wording = worded(
                "Closed: carried forward",
                ("Into", listed(filter(None, into))),
                ("Reason", event.reason),
            )
        case e.RecommendationLeftOpen():
            wording = worded(
                "Left open after a later inspection",
                ("Later inspection", names.inspections.get(event.inspection_id, "")),
                ("Response due", govuk_date(event.response_due_on)),
                ("Reason", event.reason),
            )
        case e.RecurrenceConfirmed():
            other = names.recommendations.get(event.other_recommendation_id, "")
            wording = worded(
                "Recurrence confirmed",
                ("Other recommendation", other or "One that your role does not let you see"),
                ("Rationale", event.rationale),
            )
        case _:
            assert_never(event)
    return wording
