"""Signing a submitted draft: the last signature gives the command, in the same transaction.

Two people who sign at once wait for one another at the draft's row; the same person twice signs
once, and hears the same answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from tracker.domain import commands as c
from tracker.domain.decide.words import BRIEF, needed
from tracker.domain.rejection import NotPermitted
from tracker.domain.sign_off import Submission, require_signer
from tracker.domain.vocabulary import Channel, Role
from tracker.event_store import refusing_when_busy
from tracker.models import Draft, DraftSignature
from tracker.services.drafting.gathering import submission_of
from tracker.services.drafting.keeping import locked_draft
from tracker.services.drafting.refusals import DraftMoved
from tracker.services.ending_drafts import end_drafts
from tracker.services.executing import give
from tracker.services.request import LONDON, Receipt

Verdict = DraftSignature.Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What a signature led to: `receipts` where it was the last and gave the command now."""

    draft: Draft
    receipts: tuple[Receipt, ...] = ()

    @property
    def is_given(self) -> bool:
        return self.draft.state == Draft.State.GIVEN


def approve(
    draft_id: int,
    *,
    submission: int,
    commands: Sequence[c.Command],
    targets: Mapping[int, int],
    signer: Any,
    acting_role: Role | None,
    now: datetime,
) -> Signed:
    """Sign one submission of a draft; the last signature gives `commands`, as its values say.

    `submission` is the one the signer read, `targets` maps recommendations to the versions they
    saw, `acting_role` is in which role they give it, where they do.

    Raises:
        DraftNotFound: it does not exist.
        DraftMoved: it was taken back, returned, given or submitted anew meanwhile.
        NotPermitted, CommandRejected: they may not sign it now, or a rule refuses the command.
        StaleVersion, LogBusy: as `execute`; nothing is signed then.
    """
    with refusing_when_busy(), transaction.atomic():
        draft = locked_draft(draft_id)
        if _has_decided(draft, submission, signer, Verdict.APPROVED):
            return Signed(draft=draft)
        _require_submission(draft, submission)
        standing = submission_of(draft, now.astimezone(LONDON).date())
        require_signer(standing, signer.pk)
        if standing.signatures_left > 1:
            _sign(draft, signer, standing.signing_role(signer.pk), now)
            return Signed(draft=draft)
        role = _giving_role(standing, signer, acting_role)
        _sign(draft, signer, role, now)
        receipts = give(
            commands,
            targets=targets,
            actor=signer,
            acting_role=role,
            channel=Channel.ADMIN,
            now=now,
            idempotency_key=draft.idempotency_key,
            prepared_by=draft.author,
            is_signed_off=True,
        )
        end_drafts(Draft.objects.filter(pk=draft.pk), Draft.State.GIVEN, now)
        draft.refresh_from_db()
        return Signed(draft=draft, receipts=receipts)


def send_back(draft_id: int, *, submission: int, reason: str, signer: Any, now: datetime) -> Draft:
    """Return a submitted draft to its author, with a reason.

    Raises: DraftNotFound; DraftMoved; NotPermitted; CommandRejected (text_missing, text_too_long).
    """
    said = needed(reason, field="reason", what="why it is returned", limit=BRIEF)
    with refusing_when_busy(), transaction.atomic():
        draft = locked_draft(draft_id)
        if _has_decided(draft, submission, signer, Verdict.RETURNED):
            return draft
        _require_submission(draft, submission)
        standing = submission_of(draft, now.astimezone(LONDON).date())
        _require_reader(standing, signer)
        role = standing.signing_role(signer.pk)
        _sign(draft, signer, role, now, verdict=Verdict.RETURNED, reason=said)
        draft.state = Draft.State.RETURNED
        draft.save(update_fields=["state"])
        return draft


def _has_decided(draft: Draft, submission: int, signer: Any, verdict: str) -> bool:
    """Say whether this is a second click: the person decided so already."""
    decided = draft.signatures.filter(submission=submission, person=signer.pk, verdict=verdict)
    return decided.exists()


def _require_submission(draft: Draft, submission: int) -> None:
    if draft.state != Draft.State.SUBMITTED or draft.submission != submission:
        raise DraftMoved


def _require_reader(standing: Submission, signer: Any) -> None:
    """Let those who sign return it too, whether or not it is their turn; never its author."""
    if signer.pk == standing.author_id or signer.pk not in standing.signers:
        raise NotPermitted(
            "You do not sign this off; its author can take it back.", code="not_a_signer"
        )


def _giving_role(standing: Submission, signer: Any, acting_role: Role | None) -> Role:
    roles = standing.giving_roles(signer.pk)
    if acting_role is None or len(roles) == 1:
        return roles[0]
    if acting_role not in roles:
        raise NotPermitted(
            "You may not record this in that role; choose one of your roles at the provider.",
            code="role_does_not_give",
        )
    return acting_role


def _sign(
    draft: Draft,
    signer: Any,
    role: Role,
    now: datetime,
    *,
    verdict: Verdict = Verdict.APPROVED,
    reason: str = "",
) -> None:
    DraftSignature.objects.create(
        draft=draft,
        submission=draft.submission,
        person=signer,
        role=role,
        verdict=verdict,
        reason=reason,
        signed_at=now,
    )
