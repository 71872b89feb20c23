"""Rules of what the Inspectorate published: wording, basis, withdrawal, transfer."""

from datetime import timedelta
from typing import assert_never

from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.circumstances import Circumstances
from tracker.domain.decide.days import past_or_today
from tracker.domain.decide.redaction import decide_redaction
from tracker.domain.decide.subjects import offered
from tracker.domain.decide.words import BRIEF, needed
from tracker.domain.rejection import CommandRejected
from tracker.domain.state import Basis, RecommendationState


def decide_publication(
    command: c.PublicationCommand, state: RecommendationState, circumstances: Circumstances
) -> tuple[e.Event, ...]:
    match command:
        case c.PublishRecommendation():
            event: e.Event = _publish(command, circumstances)
        case c.CorrectWording():
            event = _correct_wording(command, circumstances)
        case c.LinkBasis():
            event = _link_basis(command, state, circumstances)
        case c.WithdrawPublication():
            reason = needed(command.reason, field="reason", what="why the publication is withdrawn")
            event = e.PublicationWithdrawn(occurred_on=circumstances.today, reason=reason)
        case c.TransferRecommendation():
            event = _transfer(command, state, circumstances)
        case c.RedactPersonalData():
            event = decide_redaction(command, circumstances)
        case _:
            assert_never(command)
    return (event,)


def _publish(
    command: c.PublishRecommendation, circumstances: Circumstances
) -> e.RecommendationPublished:
    """The day the response is due is fixed at publication, whatever the practice is later."""
    if command.number < 1:
        raise CommandRejected(
            "The recommendation has no number; number those of a report from 1 on.",
            code="number_missing",
            field="number",
        )
    published_on = past_or_today(
        command.published_on, today=circumstances.today, field="published_on"
    )
    due_after = timedelta(days=circumstances.practice.response_due_after_days)
    response_due_on = published_on + due_after if command.asks_response else None
    return e.RecommendationPublished(
        occurred_on=published_on,
        inspection_id=command.inspection_id,
        provider_id=command.provider_id,
        number=command.number,
        framework=command.framework,
        response_due_on=response_due_on,
        known_to=command.known_to,
        wording=needed(command.wording, field="wording", what="what is recommended"),
    )


def _correct_wording(
    command: c.CorrectWording, circumstances: Circumstances
) -> e.RecommendationWordingCorrected:
    return e.RecommendationWordingCorrected(
        occurred_on=circumstances.today,
        language=command.language,
        wording=needed(command.wording, field="wording", what="how the wording should read"),
        reason=needed(command.reason, field="reason", what="why the wording changes", limit=BRIEF),
    )


def _link_basis(
    command: c.LinkBasis, state: RecommendationState, circumstances: Circumstances
) -> e.RecommendationBasisLinked:
    """The basis belongs to the framework and the report of the inspection."""
    codes = circumstances.codes
    basis = Basis(
        standards=offered(command.standards, codes, field="standards", what="standards"),
        key_questions=offered(
            command.key_questions, codes, field="key_questions", what="key questions"
        ),
        findings=offered(
            command.findings, circumstances.findings, field="findings", what="findings"
        ),
        themes=offered(command.themes, circumstances.themes, field="themes", what="themes"),
    )
    if basis == state.basis:
        raise CommandRejected(
            "The recommendation is already linked to exactly this; change the choice to save it.",
            code="nothing_changes",
        )
    return e.RecommendationBasisLinked(
        occurred_on=circumstances.today,
        standards=basis.standards,
        key_questions=basis.key_questions,
        findings=basis.findings,
        themes=basis.themes,
    )


def _transfer(
    command: c.TransferRecommendation, state: RecommendationState, circumstances: Circumstances
) -> e.RecommendationTransferred:
    """Only mergers and renamings hand a recommendation on, to the provider's own successor."""
    if command.to_provider_id == state.provider_id:
        raise CommandRejected(
            "The recommendation is already addressed to this provider; choose its successor.",
            code="nothing_changes",
            field="to_provider_id",
        )
    if command.to_provider_id not in circumstances.successors:
        raise CommandRejected(
            "This provider is no successor of the addressee; record the merger or renaming first.",
            code="not_a_successor",
            field="to_provider_id",
        )
    if command.to_provider_id in circumstances.also_addressed:
        raise CommandRejected(
            "The successor answers for this recommendation already, as the report addressed it to "
            "both bodies that merged; close one of the two instead.",
            code="successor_answers_already",
            field="to_provider_id",
        )
    return e.RecommendationTransferred(
        occurred_on=circumstances.today,
        from_provider_id=state.provider_id,
        to_provider_id=command.to_provider_id,
        reason=needed(command.reason, field="reason", what="why it passes to the successor"),
    )
