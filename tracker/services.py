"""The only way to write: a command goes in, events come out, in one transaction.

Nothing here decides a rule; the domain does. Nothing here is sent or queued; reminders are rows
that a sweep finds.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

import msgspec
from django.db import transaction

from inspections.access import Standing, standings, visible_recommendations
from inspections.command_line_account import is_command_line_account
from inspections.models import Inspection, Recommendation
from tracker import circumstances, event_store
from tracker.domain import commands as c
from tracker.domain.circumstances import Circumstances
from tracker.domain.decide import decide
from tracker.domain.rejection import CommandRejected, NotPermitted
from tracker.domain.state import RecommendationState
from tracker.domain.vocabulary import Channel, Role
from tracker.event_store import (
    AlreadyRecorded,
    Envelope,
    RecordedEvent,
    StaleVersion,
    refusing_when_busy,
)
from tracker.models import RecommendationProgress
from tracker.projections import project, state_of

LONDON = ZoneInfo("Europe/London")


class RecommendationNotFound(Exception):  # noqa: N818 - what the person sees is "not found"
    """Missing, unpublished or not theirs: the same words for all, so that nothing is given away."""

    def __init__(self) -> None:
        super().__init__("There is no such recommendation, or it is not one of yours.")


class KeyReused(CommandRejected):
    """The idempotency key was used before, for something else."""

    def __init__(self) -> None:
        super().__init__(
            "This form was sent before with other content; open it afresh and send it again.",
            code="idempotency_key_reused",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a command led to. `replayed` when the same request had been carried out before."""

    recommendation_id: int
    version: int
    events: tuple[RecordedEvent, ...]
    replayed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """One command to one recommendation, with everything that is known before it is decided."""

    command: c.Command
    recommendation: Recommendation
    expected_version: int
    actor: Any
    standing: Standing
    channel: Channel
    now: datetime
    idempotency_key: str
    correlation_id: UUID
    given_to: tuple[int, ...]
    prepared_by: Any = None

    @property
    def today(self) -> date:
        return self.now.astimezone(LONDON).date()

    def event_id(self, ordinal: int) -> UUID:
        """The same person, recommendation and key always give the same ids."""
        scope = f"{self.actor.pk}/{self.recommendation.pk}/{self.idempotency_key}/{ordinal}"
        return uuid5(NAMESPACE_URL, f"urn:recommendation-tracker:{scope}")

    @property
    def request_hash(self) -> str:
        said = {
            "command": type(self.command).__name__,
            "fields": msgspec.to_builtins(self.command),
            "role": self.standing.role,
            "given_to": self.given_to,
            "prepared_by": self.prepared_by.pk if self.prepared_by else None,
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def execute(
    command: c.Command,
    *,
    recommendation_id: int,
    expected_version: int,
    actor: Any,
    acting_role: Role,
    channel: Channel,
    now: datetime,
    idempotency_key: str,
    prepared_by: Any = None,
) -> Receipt:
    """Carry out one command on one recommendation.

    `expected_version` is the version the person saw; `idempotency_key` is fresh for every form or
    request and the same for its repetition, which then returns the first answer.

    Raises:
        RecommendationNotFound: it does not exist, or not for this person.
        CommandRejected: a rule refuses it (`NotPermitted`: the role does; `KeyReused`).
        StaleVersion: somebody changed the recommendation meanwhile.
        LogBusy: the log could not be reached in time; trying again is safe.
    """
    (receipt,) = execute_for_several(
        command,
        targets={recommendation_id: expected_version},
        actor=actor,
        acting_role=acting_role,
        channel=channel,
        now=now,
        idempotency_key=idempotency_key,
        prepared_by=prepared_by,
    )
    return receipt


def execute_for_several(
    command: c.Command,
    *,
    targets: Mapping[int, int],
    actor: Any,
    acting_role: Role,
    channel: Channel,
    now: datetime,
    idempotency_key: str,
    prepared_by: Any = None,
) -> tuple[Receipt, ...]:
    """Carry out one command on several recommendations of one inspection: all or nothing.

    `targets` maps recommendation ids to the versions the person saw. The events share one
    correlation id. Raises as `execute`, and CommandRejected for targets of several inspections.
    """
    today = now.astimezone(LONDON).date()
    found = _find(targets, actor, today)
    correlation_id = uuid5(NAMESPACE_URL, f"urn:correlation:{actor.pk}/{idempotency_key}")
    with refusing_when_busy(), transaction.atomic():
        return tuple(
            _carry_out(
                _Request(
                    command=command,
                    recommendation=recommendation,
                    expected_version=targets[recommendation.pk],
                    actor=actor,
                    standing=_standing(actor, recommendation, acting_role, today),
                    channel=channel,
                    now=now,
                    idempotency_key=idempotency_key,
                    correlation_id=correlation_id,
                    given_to=tuple(sorted(targets)),
                    prepared_by=prepared_by,
                )
            )
            for recommendation in found
        )


def open_streams(*, inspection: Inspection, actor: Any, now: datetime) -> None:
    """Open the stream of every recommendation of an inspection just published.

    Runs inside the publishing transaction; who may publish was settled there.
    """
    assert inspection.published_on is not None  # noqa: S101 - a constraint of the table
    correlation_id = uuid5(NAMESPACE_URL, f"urn:publication:{inspection.pk}")
    by_command = is_command_line_account(actor)
    for recommendation in inspection.recommendations.select_related(
        "inspection__framework", "addressee"
    ).order_by("pk"):
        _carry_out(
            _Request(
                command=c.PublishRecommendation(
                    inspection_id=inspection.pk,
                    provider_id=recommendation.addressee_id,
                    number=recommendation.number,
                    framework=inspection.framework.code,
                    published_on=inspection.published_on,
                    wording=recommendation.text,
                ),
                recommendation=recommendation,
                expected_version=0,
                actor=actor,
                standing=Standing(role=Role.HMIP_ADMINISTRATOR),
                channel=Channel.COMMAND_LINE if by_command else Channel.ADMIN,
                now=now,
                idempotency_key=f"publication-{inspection.pk}",
                correlation_id=correlation_id,
                given_to=(recommendation.pk,),
            )
        )


def _find(targets: Mapping[int, int], actor: Any, today: date) -> Sequence[Recommendation]:
    found = list(
        visible_recommendations(actor, today)
        .filter(pk__in=targets)
        .select_related("inspection__framework", "addressee")
        .order_by("pk")
    )
    if len(found) != len(targets):
        raise RecommendationNotFound
    if len({recommendation.inspection_id for recommendation in found}) > 1:
        raise CommandRejected(
            "These recommendations belong to several inspections; "
            "choose recommendations of one inspection.",
            code="several_inspections",
        )
    return found


def _standing(
    actor: Any, recommendation: Recommendation, acting_role: Role, today: date
) -> Standing:
    for standing in standings(actor, recommendation, today):
        if standing.role == acting_role:
            return standing
    raise NotPermitted(
        "You do not hold this role for this recommendation today; choose one of your roles.",
        code="role_not_held",
    )


def _carry_out(request: _Request) -> Receipt:
    if known := event_store.read_request(request.event_id(0)):
        return _replay(request, known)
    progress = RecommendationProgress.objects.filter(pk=request.recommendation.pk).first()
    state = state_of(progress) if progress else RecommendationState()
    if state.version != request.expected_version:
        raise StaleVersion(
            recommendation_id=request.recommendation.pk,
            expected_version=request.expected_version,
            actual_version=state.version,
        )
    events = decide(request.command, state, _circumstances(request, state))
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
    return Receipt(
        recommendation_id=request.recommendation.pk,
        version=after.version,
        events=tuple(recorded),
        replayed=False,
    )


def _replay(request: _Request, known: Sequence[RecordedEvent]) -> Receipt:
    if known[0].request_hash != request.request_hash:
        raise KeyReused
    return Receipt(
        recommendation_id=request.recommendation.pk,
        version=known[-1].version,
        events=tuple(known),
        replayed=True,
    )


def _circumstances(request: _Request, state: RecommendationState) -> Circumstances:
    return circumstances.gather(
        command=request.command,
        recommendation=request.recommendation,
        provider_ids=state.provider_ids,
        actor=request.actor,
        standing=request.standing,
        new_id=request.event_id(0),
        today=request.today,
    )


def _envelope(request: _Request) -> Envelope:
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
    return str(user.get_full_name() or user.get_username())
