"""The door of the write path: who asks is checked, then each request is carried out."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from inspections.access import Standing, standings, visible_recommendations
from inspections.command_line_account import is_command_line_account
from inspections.models import Inspection, Recommendation
from tracker.domain import commands as c
from tracker.domain.rejection import CommandRejected, NotPermitted
from tracker.domain.vocabulary import Channel, Role
from tracker.event_store import refusing_when_busy
from tracker.services.carrying_out import carry_out
from tracker.services.request import LONDON, Receipt, RecommendationNotFound, Request


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
            carry_out(
                Request(
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
        carry_out(
            Request(
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
