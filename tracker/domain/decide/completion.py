"""Rules of the provider's claim that a recommendation is complete."""

from typing import assert_never

from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.circumstances import Circumstances
from tracker.domain.decide.days import past_or_today
from tracker.domain.decide.subjects import require_agreement
from tracker.domain.decide.words import needed
from tracker.domain.rejection import CommandRejected
from tracker.domain.state import RecommendationState
from tracker.domain.vocabulary import ActionStatus, Delivery, Review


def decide_completion(
    command: c.CompletionCommand, state: RecommendationState, circumstances: Circumstances
) -> tuple[e.Event, ...]:
    match command:
        case c.ReportRecommendationComplete():
            return (_report(command, state, circumstances),)
        case c.WithdrawCompletionClaim():
            return (_take_back(command, state, circumstances),)
        case _:
            assert_never(command)


def _report(
    command: c.ReportRecommendationComplete,
    state: RecommendationState,
    circumstances: Circumstances,
) -> e.RecommendationReportedComplete:
    """Every action complete or withdrawn, and at least one piece of evidence.

    A recommendation met without any planned action rests on its evidence alone.
    """
    require_agreement(state)
    _require_no_unanswered_claim(state)
    _require_actions_done(state)
    if not state.evidence:
        raise CommandRejected(
            "No evidence is attached; attach at least one piece, then report it complete.",
            code="evidence_missing",
        )
    return e.RecommendationReportedComplete(
        occurred_on=past_or_today(command.occurred_on, today=circumstances.today),
        statement=needed(command.statement, field="statement", what="what has been achieved"),
    )


def _require_no_unanswered_claim(state: RecommendationState) -> None:
    """A request for further evidence is answered by reporting complete once more."""
    asked_back = state.review is Review.FURTHER_EVIDENCE_REQUESTED
    if state.delivery is Delivery.REPORTED_COMPLETE and not asked_back:
        raise CommandRejected(
            "It is reported complete already; wait for the inspector, or take the report back"
            " first.",
            code="already_reported_complete",
        )


def _require_actions_done(state: RecommendationState) -> None:
    count = sum(action.status is ActionStatus.OPEN for action in state.actions.values())
    if count:
        noun = "action is" if count == 1 else "actions are"
        raise CommandRejected(
            f"{count} {noun} still open; report each complete or withdraw it first.",
            code="actions_open",
        )


def _take_back(
    command: c.WithdrawCompletionClaim, state: RecommendationState, circumstances: Circumstances
) -> e.CompletionClaimWithdrawn:
    if state.delivery is not Delivery.REPORTED_COMPLETE:
        raise CommandRejected(
            "It is not reported complete, so there is no report to take back; carry on with it.",
            code="no_claim",
        )
    return e.CompletionClaimWithdrawn(
        occurred_on=circumstances.today,
        reason=needed(command.reason, field="reason", what="why the report is taken back"),
    )
