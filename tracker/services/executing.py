"""The door of the write path: who asks is checked, then each request is carried out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from inspections.access import Standing
from inspections.command_line_account import is_command_line_account
from inspections.models import Inspection
from inspections.succession import later_inspections
from tracker.domain import commands as c
from tracker.domain.vocabulary import Channel, KnownTo, Role
from tracker.event_store import refusing_when_busy
from tracker.models import Draft
from tracker.services.asking import (
    find_recommendations,
    naming,
    require_one_provider,
    standing_of,
)
from tracker.services.carrying_out import carry_out
from tracker.services.ending_drafts import end_drafts
from tracker.services.request import LONDON, Receipt, Request


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
    (receipt,) = execute_together(
        [command],
        targets={recommendation_id: expected_version},
        actor=actor,
        acting_role=acting_role,
        channel=channel,
        now=now,
        idempotency_key=idempotency_key,
        prepared_by=prepared_by,
    )
    return receipt


def execute_together(
    commands: Sequence[c.Command],
    *,
    targets: Mapping[int, int],
    actor: Any,
    acting_role: Role,
    channel: Channel,
    now: datetime,
    idempotency_key: str,
    prepared_by: Any = None,
) -> tuple[Receipt, ...]:
    """Carry out commands on each of several recommendations of one inspection: all or nothing.

    `targets` maps recommendation ids to the versions the person saw; on each the commands follow
    one another, as when an action is planned for each of several partners. One request with one
    key and one correlation id. Returns a receipt per recommendation and command. Raises as
    `execute`, and CommandRejected for targets of several inspections; a refusal says by which
    recommendation.
    """
    return give(
        commands,
        targets=targets,
        actor=actor,
        acting_role=acting_role,
        channel=channel,
        now=now,
        idempotency_key=idempotency_key,
        prepared_by=prepared_by,
    )


def give(
    commands: Sequence[c.Command],
    *,
    targets: Mapping[int, int],
    actor: Any,
    acting_role: Role,
    channel: Channel,
    now: datetime,
    idempotency_key: str,
    prepared_by: Any = None,
    is_signed_off: bool = False,
) -> tuple[Receipt, ...]:
    """Do what `execute_together` says; `is_signed_off` is for `drafting.signing` alone.

    A draft of the same form is given by this, whichever door the form came through.
    """
    today = now.astimezone(LONDON).date()
    found = find_recommendations(targets, actor, today)
    if is_signed_off:
        require_one_provider(found)
    correlation_id = uuid5(NAMESPACE_URL, f"urn:correlation:{actor.pk}/{idempotency_key}")
    receipts: list[Receipt] = []
    with refusing_when_busy(), transaction.atomic():
        for recommendation in found:
            with naming(recommendation, targets):
                first = Request(
                    command=commands[0],
                    recommendation=recommendation,
                    expected_version=targets[recommendation.pk],
                    actor=actor,
                    standing=standing_of(actor, recommendation, acting_role, today),
                    channel=channel,
                    now=now,
                    idempotency_key=idempotency_key,
                    correlation_id=correlation_id,
                    given_to=tuple(sorted(targets)),
                    prepared_by=prepared_by,
                    is_signed_off=is_signed_off,
                )
                receipts += _carry_out_in_turn(first, commands)
        _settle_drafts(actor, targets, idempotency_key, now)
        if any(isinstance(each, c.TransferRecommendation) for each in commands):
            _take_back_submissions(targets, now)
    return tuple(receipts)


def open_streams(*, inspection: Inspection, actor: Any, now: datetime) -> None:
    """Open the stream of every recommendation of an inspection just published.

    Runs inside the publishing transaction; who may publish was settled there.
    """
    assert inspection.published_on is not None  # noqa: S101 - a constraint of the table
    correlation_id = uuid5(NAMESPACE_URL, f"urn:publication:{inspection.pk}")
    by_command = is_command_line_account(actor)
    is_overtaken = later_inspections(inspection).exists()
    for recommendation in inspection.recommendations.select_related(
        "inspection__framework", "addressee"
    ).order_by("pk"):
        carry_out(
            Request(
                command=c.PublishRecommendation(
                    inspection_id=inspection.pk,
                    provider_id=recommendation.addressee_id,
                    number=recommendation.number,
                    framework=inspection.framework.code,
                    published_on=inspection.published_on,
                    wording=recommendation.text,
                    known_to=KnownTo(inspection.published_known_to),
                    asks_response=not (inspection.is_historical or is_overtaken),
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


def _carry_out_in_turn(first: Request, commands: Sequence[c.Command]) -> list[Receipt]:
    """Carry the commands out one after the other, each on the version that the last one made."""
    receipts: list[Receipt] = []
    version = first.expected_version
    for nth, command in enumerate(commands):
        place = (nth, len(commands))
        request = replace(first, command=command, expected_version=version, place=place)
        receipts.append(carry_out(request))
        version = receipts[-1].version
    return receipts


def _take_back_submissions(targets: Mapping[int, int], now: datetime) -> None:
    """Let no sign-off of the former addressee count for its successor; the words stay as drafts."""
    submitted = Draft.objects.filter(recommendation__in=targets, state=Draft.State.SUBMITTED)
    submitted.update(state=Draft.State.PREPARING, changed_at=now)


def _settle_drafts(
    actor: Any, targets: Mapping[int, int], idempotency_key: str, now: datetime
) -> None:
    kept = Draft.objects.pending().filter(author=actor.pk, idempotency_key=idempotency_key)
    end_drafts(kept.filter(recommendation__in=targets), Draft.State.GIVEN, now)
