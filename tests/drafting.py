"""Forms as they were typed, drafts and sign-off, for the tests that need some."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from inspections.models import Provider, Recommendation
from tests.tracker.story import NOW
from tracker import services
from tracker.domain import commands as c
from tracker.domain.rejection import CommandRejected
from tracker.domain.vocabulary import Channel, Response, Role
from tracker.models import Draft, Event, RecommendationProgress, SignOffLevel
from tracker.services import drafting

AGREE = c.Respond(response=Response.AGREED)
AGREED = {"response": ["agreed"], "reason": [""]}
SLUGS: Mapping[type[c.Command], str] = {
    c.Respond: "respond",
    c.ReviseResponse: "revise-response",
    c.RecordProgressUpdate: "record-progress-update",
    c.DecideTargetDateExtension: "decide-target-date-extension",
    c.JudgeProgress: "judge-progress",
    c.PlanAction: "plan-action",
    c.AttachEvidence: "attach-evidence",
}


def typed(
    recommendation: Recommendation,
    command_type: type[c.Command] = c.Respond,
    *,
    role: Role = Role.PDU_LEAD,
    **changes: Any,
) -> drafting.Typed:
    """Return a form as its author has just typed it: an agreement, unless told otherwise."""
    details: dict[str, Any] = {
        "values": AGREED,
        "idempotency_key": str(uuid4()),
        "expected_version": version_of(recommendation),
        **changes,
    }
    return drafting.Typed(
        recommendation_id=recommendation.pk,
        form=SLUGS[command_type],
        command_type=command_type,
        acting_role=role,
        **details,
    )


def submitted(
    recommendation: Recommendation,
    author: User,
    role: Role = Role.PDU_LEAD,
    *,
    command: c.Command = AGREE,
    now: datetime = NOW,
    **changes: Any,
) -> Draft:
    """Return a draft that its author has submitted for sign-off."""
    form = typed(recommendation, type(command), role=role, **changes)
    return submit(form, command, author, now=now)


def submit(form: drafting.Typed, command: c.Command, author: User, *, now: datetime = NOW) -> Draft:
    """Submit what was typed about one recommendation."""
    targets = {form.recommendation_id: form.expected_version}
    return drafting.submit(form, commands=[command], targets=targets, author=author, now=now)


def approve(
    draft: Draft, signer: User, *, command: c.Command = AGREE, **changes: Any
) -> drafting.Signed:
    """Sign the draft as somebody who has just read it."""
    details: dict[str, Any] = {
        "submission": draft.submission,
        "targets": {draft.recommendation_id: version_of(draft.recommendation)},
        "acting_role": None,
        "now": NOW,
        **changes,
    }
    return drafting.approve(draft.pk, commands=[command], signer=signer, **details)


def ask_for_sign_off(provider: Provider, levels: int, by: User) -> None:
    """Let the provider ask for so many signatures from now on."""
    SignOffLevel.objects.create(provider=provider, levels=levels, set_by=by, set_at=NOW)


def version_of(recommendation: Recommendation) -> int:
    return RecommendationProgress.objects.get(pk=recommendation.pk).version


def types_in_the_log() -> list[str]:
    return list(Event.objects.order_by("position").values_list("type", flat=True))


def refusal_of(act: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    """Return the code of the rule that refuses the deed."""
    with pytest.raises(CommandRejected) as refusal:
        act(*args, **kwargs)
    return refusal.value.code


def give(form: drafting.Typed, actor: User) -> services.Receipt:
    """Give an agreement by the form itself."""
    return services.execute(
        AGREE,
        recommendation_id=form.recommendation_id,
        expected_version=form.expected_version,
        actor=actor,
        acting_role=form.acting_role,
        channel=Channel.ADMIN,
        now=NOW,
        idempotency_key=form.idempotency_key,
    )
