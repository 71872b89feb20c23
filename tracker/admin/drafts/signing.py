"""The reader's own part in a submitted draft: to sign it off, or to return it with a reason."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from inspections.person_names import person_name
from inspections.sensitive_text import sensitive_passages
from inspections.warned_form import box_of, warning
from inspections.whole_numbers import OF_A_VERSION, whole_number
from tracker.admin.drafts.opened import Opened
from tracker.admin.keeping import draft_address
from tracker.admin.page import page_address
from tracker.domain.rejection import CommandRejected
from tracker.domain.sign_off import Submission, require_signer
from tracker.domain.vocabulary import Role
from tracker.event_store import LogBusy, StaleVersion
from tracker.models import Draft
from tracker.queries.labels import label
from tracker.services import drafting

APPROVE, RETURN = "_approve", "_return"
SIGNED = "You have signed it off. It is recorded when the last signature is there."
RETURNED = "It is returned to {}, with your reason."
UNFIT = "What was typed cannot be recorded any more; return it to its author. {}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What the reader may do: sign, in one of `roles` where it is the last, or hear why not."""

    why_not: str
    is_last: bool
    roles: Sequence[tuple[str, str]]

    @property
    def approves(self) -> bool:
        return not self.why_not

    @property
    def button(self) -> str:
        return "Sign off and record" if self.is_last else "Sign off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why nothing was done, and what is shown of it; `version` is the one the reader had seen,
    `elsewhere` those of the other recommendations it is for."""

    elsewhere: Mapping[int, int] | None = None
    sentence: str = ""
    field: str = ""
    version: int | None = None
    box: str = ""
    """The name of the box that answers the warning, where it is one."""


def part_in(opened: Opened, submission: Submission) -> Part | None:
    """Return the reader's part in the sign-off; None for whoever has none."""
    person_id = opened.situation.user.pk
    is_open = opened.draft.state == Draft.State.SUBMITTED and not opened.is_author
    if not is_open or person_id not in submission.signers:
        return None
    is_last = submission.signatures_left == 1
    roles = submission.giving_roles(person_id) if is_last else ()
    return Part(
        why_not=_why_not(submission, person_id),
        is_last=is_last,
        roles=[(role.value, label(role)) for role in roles],
    )


def approve(opened: Opened) -> HttpResponse | Refused:
    """Sign the draft off as the reader saw it, and record it where the signature is the last."""
    request = opened.request
    seen = _number(request, "expected_version", opened.situation.progress.version)
    elsewhere = {"also_seen": request.POST["also_seen"]} if "also_seen" in request.POST else {}
    form = opened.prepared_form(expected_version=seen, **elsewhere)
    if not form.is_valid():
        (first, *_) = (str(error) for errors in form.errors.values() for error in errors)
        return Refused(sentence=UNFIT.format(first))

    def sign() -> str:
        signed = drafting.approve(
            opened.draft.pk,
            submission=_number(request, "submission", opened.draft.submission),
            commands=form.commands(),
            targets=form.targets(),
            signer=request.user,
            acting_role=_role(request),
            now=opened.now,
        )
        messages.success(request, form.said() if signed.is_given else SIGNED)
        return page_address(opened.draft.recommendation_id)

    return _refused_or_sent_on(sign, seen, form.seen_elsewhere())


def send_back(opened: Opened) -> HttpResponse | Refused:
    """Return the draft to its author, once a warning about the reason is answered."""
    request = opened.request
    passages = sensitive_passages(request.POST.get("reason", ""))
    if passages and (box := box_of(passages)) not in request.POST:
        return Refused(sentence=warning(passages), field="reason", box=box)

    def give_back() -> str:
        drafting.send_back(
            opened.draft.pk,
            submission=_number(request, "submission", opened.draft.submission),
            reason=request.POST.get("reason", ""),
            signer=request.user,
            now=opened.now,
        )
        messages.success(request, RETURNED.format(person_name(opened.draft.author)))
        return draft_address(opened.draft)

    return _refused_or_sent_on(give_back, None, {})


def _refused_or_sent_on(
    act: Callable[[], str], seen: int | None, elsewhere: Mapping[int, int]
) -> HttpResponse | Refused:
    try:
        return HttpResponseRedirect(act())
    except CommandRejected as rejection:
        field = rejection.field if rejection.field == "reason" and seen is None else ""
        return Refused(sentence=rejection.sentence, field=field)
    except StaleVersion:
        return Refused(version=seen, elsewhere=elsewhere)
    except LogBusy as busy:
        return Refused(sentence=str(busy))


def _why_not(submission: Submission, person_id: int) -> str:
    try:
        require_signer(submission, person_id)
    except CommandRejected as rejection:
        return rejection.sentence
    return ""


def _role(request: HttpRequest) -> Role | None:
    sent = request.POST.get("role")
    return Role(sent) if sent in set(Role) else None


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    sent = whole_number(request.POST.get(name, ""), digits=OF_A_VERSION)
    return otherwise if sent is None else sent
