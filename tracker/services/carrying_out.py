"""One request carried out inside the caller's transaction: replayed, refused, or appended."""

from collections.abc import Sequence
from typing import Any

from inspections.models import Provider
from inspections.person_names import person_name
from tracker import circumstances, event_store
from tracker.domain.circumstances import Circumstances
from tracker.domain.decide import decide
from tracker.domain.events import PersonalDataRedacted
from tracker.domain.sign_off import is_signed_off, require_no_sign_off
from tracker.domain.state import RecommendationState
from tracker.domain.vocabulary import Role
from tracker.event_store import AlreadyRecorded, Envelope, RecordedEvent, StaleVersion
from tracker.models import RecommendationProgress, SignOffLevel
from tracker.projections import project, state_of
from tracker.services.redacting import Redaction, forget_everywhere
from tracker.services.request import KeyReused, Receipt, Request


def carry_out(request: Request) -> Receipt:
    """Return what the request led to, now or when it was sent before.

    Raises: as `execute`.
    """
    if known := event_store.read_request(request.event_id(0)):
        return _replay(request, known)
    _require_sign_off(request)
    progress = RecommendationProgress.objects.filter(pk=request.recommendation.pk).first()
    state = state_of(progress) if progress else RecommendationState()
    if state.version != request.expected_version:
        # The second click may find the version that the first has made since the look above.
        if known := event_store.read_request(request.event_id(0)):
            return _replay(request, known)
        raise StaleVersion(
            recommendation_id=request.recommendation.pk,
            expected_version=request.expected_version,
            actual_version=state.version,
        )
    known_of = _circumstances(request, state)
    events = decide(request.command, state, known_of)
    try:
        recorded = event_store.append(
            recommendation_id=request.recommendation.pk,
            expected_version=request.expected_version,
            events=events,
            event_ids=[request.event_id(ordinal) for ordinal in range(len(events))],
            envelope=_envelope(request),
        )
    except AlreadyRecorded as known_meanwhile:
        return _replay(request, known_meanwhile.events)
    after = project(
        recommendation_id=request.recommendation.pk, progress=progress, recorded=recorded
    )
    _forget_elsewhere(request, known_of, recorded)
    return Receipt(
        recommendation_id=request.recommendation.pk,
        version=after.version,
        events=tuple(recorded),
        replayed=False,
    )


def rehearse(request: Request) -> None:
    """Ask the rules what they would say now; nothing is written. Raises: as `execute`."""
    progress = RecommendationProgress.objects.get(pk=request.recommendation.pk)
    if progress.version != request.expected_version:
        raise StaleVersion(
            recommendation_id=request.recommendation.pk,
            expected_version=request.expected_version,
            actual_version=progress.version,
        )
    state = state_of(progress)
    decide(request.command, state, _circumstances(request, state))


def _require_sign_off(request: Request) -> None:
    """Let nothing of a provider's people past the sign-off that the provider asks for."""
    command_type, role = type(request.command), Role(request.standing.role)
    addressee = request.recommendation.addressee
    to_region = addressee.kind == Provider.Kind.REGION
    is_concerned = is_signed_off(command_type, role=role, addressed_to_region=to_region)
    if is_concerned and not request.is_signed_off:
        levels = SignOffLevel.objects.asked_by(addressee.pk)
        require_no_sign_off(command_type, role=role, addressed_to_region=to_region, levels=levels)


def _forget_elsewhere(
    request: Request, known_of: Circumstances, recorded: Sequence[RecordedEvent]
) -> None:
    """Let whatever holds a second copy of redacted words forget it, in this transaction."""
    for each in recorded:
        if isinstance(each.event, PersonalDataRedacted) and known_of.cited is not None:
            forget_everywhere(
                Redaction(
                    recommendation_id=request.recommendation.pk,
                    event_id=each.event.redacts,
                    event=known_of.cited.event,
                    redaction_id=each.event_id,
                    redacted=each.event,
                    actor=request.actor,
                    now=request.now,
                )
            )


def _replay(request: Request, known: Sequence[RecordedEvent]) -> Receipt:
    if known[0].request_hash != request.request_hash:
        raise KeyReused
    return Receipt(
        recommendation_id=request.recommendation.pk,
        version=known[-1].version,
        events=tuple(known),
        replayed=True,
    )


def _circumstances(request: Request, state: RecommendationState) -> Circumstances:
    return circumstances.gather(
        command=request.command,
        recommendation=request.recommendation,
        provider_ids=state.provider_ids,
        actor=request.actor,
        standing=request.standing,
        new_id=request.event_id(0),
        today=request.today,
        prepared_by=request.prepared_by,
    )


def _envelope(request: Request) -> Envelope:
    prepared_by = request.prepared_by
    return Envelope(
        actor_id=request.actor.pk,
        actor_name=_name(request.actor),
        actor_role=request.standing.role,
        channel=request.channel,
        on_behalf_of_id=request.standing.on_behalf_of_id,
        on_behalf_of_name=request.standing.on_behalf_of_name,
        prepared_by_id=prepared_by.pk if prepared_by else None,
        prepared_by_name=_name(prepared_by) if prepared_by else "",
        correlation_id=request.correlation_id,
        request_hash=request.request_hash,
        now=request.now,
    )


def _name(user: Any) -> str:
    # Two names of 150 letters and the space between them are one more than the column holds.
    return person_name(user)[:300]
