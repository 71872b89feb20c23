"""The page of one draft: its form for its author, its words and its sign-off for all others."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from inspections.person_names import person_name
from inspections.warned_form import ALL_THE_SAME
from tracker.admin.drafts.opened import Opened, open_draft
from tracker.admin.drafts.signing import (
    APPROVE,
    RETURN,
    Refused,
    approve,
    part_in,
    send_back,
)
from tracker.admin.giving import answer, changes_elsewhere, changes_since, show
from tracker.admin.keeping import draft_address
from tracker.admin.page import heading, page_address
from tracker.admin.pending import colour_of
from tracker.domain.rejection import CommandRejected
from tracker.event_store import LogBusy
from tracker.forms.drafted import filled_in, lines
from tracker.models import Draft, DraftSignature
from tracker.queries.labels import role_label
from tracker.services import drafting

State = Draft.State
SETTLED: Mapping[str, str] = {
    State.GIVEN: "This draft is recorded; see the timeline below.",
    State.DISCARDED: "This draft was discarded.",
}
DISCARD, TAKE_BACK = "_discard", "_take_back"
DISCARDED = "The draft is discarded. Nothing of it was recorded."
TAKEN_BACK = "You can change the draft again. Submit it anew when it is ready."


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int, *, context: Mapping[str, Any]) -> HttpResponse:
    """Show the draft to its author or another reader, or do what the button says."""
    opened = open_draft(request, pk, context)
    if request.method == "POST":
        return _answer(opened)
    if opened.draft.state in SETTLED:
        return _to_the_page(opened)
    return _form(opened) if opened.is_in_work else _reading(opened)


def _to_the_page(opened: Opened) -> HttpResponse:
    """Say what became of the draft, where the recommendation stands."""
    messages.info(opened.request, SETTLED[opened.draft.state])
    return HttpResponseRedirect(page_address(opened.draft.recommendation_id))


def _answer(opened: Opened) -> HttpResponse:
    """Do what was pressed. A form that was sent is answered as any other, draft or no draft."""
    pressed = next((name for name in BUTTONS if name in opened.request.POST), None)
    if pressed is not None and opened.draft.state in SETTLED:
        return _to_the_page(opened)  # a second click
    if pressed is not None:
        done = BUTTONS[pressed](opened)
        return _reading(opened, done) if isinstance(done, Refused) else done
    if opened.is_author and opened.form_class.roles_offered(opened.situation):
        sent = opened.request.POST, opened.request.FILES
        form = opened.form_class(*sent, situation=opened.situation)
        return answer(opened.request, form, opened.now, opened.context)
    return _reading(opened)


def _discard(opened: Opened) -> HttpResponse | Refused:
    page = page_address(opened.draft.recommendation_id)
    return _by_author(opened, drafting.discard, DISCARDED, page)


def _take_back(opened: Opened) -> HttpResponse | Refused:
    return _by_author(opened, drafting.take_back, TAKEN_BACK, draft_address(opened.draft))


def _by_author(
    opened: Opened, act: Callable[..., Draft], done: str, then: str
) -> HttpResponse | Refused:
    try:
        act(opened.draft.pk, author=opened.request.user, now=opened.now)
    except drafting.DraftNotFound as other_author:
        return Refused(sentence=str(other_author))
    except CommandRejected as rejection:
        return Refused(sentence=rejection.sentence)
    except LogBusy as busy:
        return Refused(sentence=str(busy))
    messages.success(opened.request, done)
    return HttpResponseRedirect(then)


Button = Callable[[Opened], HttpResponse | Refused]
BUTTONS: Mapping[str, Button] = {
    DISCARD: _discard,
    TAKE_BACK: _take_back,
    APPROVE: approve,
    RETURN: send_back,
}


def _form(opened: Opened) -> HttpResponse:
    """Show the form as it was typed, with what was recorded since and why it came back."""
    draft = opened.draft
    form = filled_in(opened.form_class, draft.values, opened.situation, opened_from=draft.window)
    is_returned = draft.state == State.RETURNED
    details = {
        "draft": draft,
        "returned": _signatures(opened).filter(verdict="returned").first() if is_returned else None,
        "changes_since_kept": _changes(opened, draft.expected_version),
        "elsewhere_since_kept": changes_elsewhere(
            opened.request, form.seen_elsewhere(), opened.now
        ),
    }
    return show(opened.request, form, {**opened.context, **details})


def _reading(opened: Opened, refused: Refused | None = None) -> HttpResponse:
    """Show the draft in words, with its sign-off and the reader's part in it."""
    draft, submission = opened.draft, opened.submission()
    refused = refused or Refused()
    is_stale = refused.version is not None
    seen = draft.expected_version if refused.version is None else refused.version
    form = opened.prepared_form(expected_version=opened.situation.progress.version)
    elsewhere = refused.elsewhere or form.seen_elsewhere()
    details = {
        "title": f"Draft: {form.heading[0].lower()}{form.heading[1:]}",
        "draft": draft,
        "situation": opened.situation,
        "recommendation_heading": heading(opened.situation),
        "page_address": page_address(draft.recommendation_id),
        "lines": lines(form),
        "author": person_name(draft.author),
        "author_role": role_label(draft.acting_role),
        "colour": colour_of(draft),
        "signatures": _signatures(opened),
        "signatures_left": submission.signatures_left,
        "sign": part_in(opened, submission),
        "is_author": opened.is_author and draft.state not in SETTLED,
        "is_stale": is_stale,
        "changes": _changes(opened, seen),
        "elsewhere": changes_elsewhere(opened.request, elsewhere, opened.now),
        "also_seen": form.present_versions(),
        "refusal": refused.sentence,
        "refusal_field": refused.field,
        "box": refused.box,
        "all_the_same": ALL_THE_SAME,
        "suspicious": [each for found in form.suspicious().values() for each in found],
        "reason": opened.request.POST.get("reason", ""),
    }
    template = "admin/tracker/draft.html"
    return TemplateResponse(opened.request, template, {**opened.context, **details})


def _changes(opened: Opened, version: int) -> Any:
    return changes_since(opened.request, opened.situation, version, opened.now)


def _signatures(opened: Opened) -> Any:
    own = DraftSignature.objects.filter(draft=opened.draft, submission=opened.draft.submission)
    return own.select_related("person").order_by("pk")
