"""Submitting a draft for sign-off: its words stay from then on, until it is given or comes back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from inspections.access import Standing
from tracker.domain import commands as c
from tracker.domain.sign_off import Submission, require_enough_signers, require_signed_off
from tracker.domain.vocabulary import Channel, Role
from tracker.event_store import refusing_when_busy
from tracker.models import Draft
from tracker.services.asking import find_recommendations, naming, require_one_provider
from tracker.services.carrying_out import rehearse
from tracker.services.drafting.gathering import submission_of
from tracker.services.drafting.keeping import Typed, draft_to_change, put_down, storable
from tracker.services.drafting.refusals import DraftSubmitted
from tracker.services.request import LONDON, Request

NOTHING_NEW = UUID(int=0)


def submit(
    typed: Typed,
    *,
    commands: Sequence[c.Command],
    targets: Mapping[int, int],
    author: Any,
    now: datetime,
) -> Draft:
    """Keep the form and submit it for sign-off; submitted twice, it is submitted once.

    The rules are asked at once, so that its author hears of a refusal and not the signer; they are
    asked again when it is given.

    `targets` are the recommendations it is for, the draft's own and others of its provider, with
    the versions the author saw.

    Raises: as `keep`; CommandRejected when a rule refuses it or nobody can sign it; StaleVersion.
    """
    with refusing_when_busy(), transaction.atomic():
        draft = draft_to_change(typed, author=author, now=now)
        if draft.state == Draft.State.SUBMITTED:
            if draft.values != storable(typed.values):
                raise DraftSubmitted
            return draft
        put_down(draft, typed, now=now)
        draft.submission += 1
        standing = submission_of(draft, now.astimezone(LONDON).date())
        require_signed_off(
            standing.command_type,
            role=typed.acting_role,
            addressed_to_region=standing.addressed_to_region,
        )
        require_enough_signers(standing)
        _rehearse_all(draft, standing, commands, targets, now)
        draft.state, draft.submitted_at = Draft.State.SUBMITTED, now
        draft.save(update_fields=["state", "submission", "submitted_at"])
        return draft


def _rehearse_all(
    draft: Draft,
    standing: Submission,
    commands: Sequence[c.Command],
    targets: Mapping[int, int],
    now: datetime,
) -> None:
    """Ask the rules of every recommendation that it is for, as somebody who holds the command."""
    found = find_recommendations(targets, draft.author, now.astimezone(LONDON).date())
    require_one_provider(found)
    role = Role.REGIONAL_LEAD if standing.addressed_to_region else Role.PDU_LEAD
    for recommendation in found:
        first = Request(
            command=commands[0],
            recommendation=recommendation,
            expected_version=targets[recommendation.pk],
            actor=draft.author,
            standing=Standing(role=role),
            channel=Channel.ADMIN,
            now=now,
            idempotency_key=draft.idempotency_key,
            correlation_id=NOTHING_NEW,
            given_to=tuple(sorted(targets)),
        )
        with naming(recommendation, targets):
            for command in commands:
                rehearse(replace(first, command=command))
