"""Rules of the inspector's axes: the look at the claim, and the judgement.

Delivery stays the provider's claim throughout; a judgement may be made at any point of it, as a
re-inspection does.
"""

from typing import assert_never

from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.circumstances import Circumstances
from tracker.domain.decide.words import needed, optional
from tracker.domain.rejection import CommandRejected
from tracker.domain.state import RecommendationState
from tracker.domain.vocabulary import Review


def decide_review(
    command: c.ReviewCommand, state: RecommendationState, circumstances: Circumstances
) -> tuple[e.Event, ...]:
    match command:
        case c.StartReview():
            return (_start(command, state, circumstances),)
        case c.RequestFurtherEvidence():
            return (_request_evidence(command, state, circumstances),)
        case c.JudgeProgress():
            return (_judge(command, circumstances),)
        case _:
            assert_never(command)


def _start(
    command: c.StartReview, state: RecommendationState, circumstances: Circumstances
) -> e.ReviewStarted:
    if state.review is Review.STARTED:
        raise CommandRejected(
            "A review has started already; carry on with it: judge, or ask for further evidence.",
            code="review_already_started",
        )
    return e.ReviewStarted(
        occurred_on=circumstances.today, note=optional(command.note, field="note")
    )


def _request_evidence(
    command: c.RequestFurtherEvidence, state: RecommendationState, circumstances: Circumstances
) -> e.FurtherEvidenceRequested:
    if state.review is not Review.STARTED:
        raise CommandRejected(
            "No review is under way; start the review, then ask for further evidence.",
            code="review_not_started",
        )
    return e.FurtherEvidenceRequested(
        occurred_on=circumstances.today,
        asked=needed(command.asked, field="asked", what="which evidence is asked for"),
    )


def _judge(command: c.JudgeProgress, circumstances: Circumstances) -> e.ProgressJudged:
    """The scale is data; every judgement gives its rationale."""
    practice = circumstances.practice
    if command.judgement not in practice.judgements:
        offer = ", ".join(code.replace("_", " ") for code in practice.judgements)
        raise CommandRejected(
            f"This judgement is not on the scale; choose one of: {offer}.",
            code="judgement_unknown",
            field="judgement",
        )
    return e.ProgressJudged(
        occurred_on=circumstances.today,
        scale=practice.judgement_scale,
        judgement=command.judgement,
        rationale=needed(command.rationale, field="rationale", what="what the judgement rests on"),
    )
