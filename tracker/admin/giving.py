"""The one view behind every command form: it shows the form, and carries out what is sent.

Nothing typed is ever lost: every refusal shows the form again with its text and a sentence that
says what happened. What a command means is the domain's; `execute` is the only way to write.
`answer` serves a form that goes on from a draft as well.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from inspections.access import visible_recommendations
from tracker.admin.keeping import KEEP, keep
from tracker.admin.page import heading, page_address
from tracker.domain.rejection import CommandRejected
from tracker.domain.vocabulary import Channel
from tracker.event_store import LogBusy, StaleVersion
from tracker.forms import FORMS, CommandForm
from tracker.forms.command_form import OPEN_AFRESH
from tracker.forms.drafted import as_data, as_typed, lines
from tracker.queries.permitted import Situation, find_situation, find_situations
from tracker.queries.timeline import TimelineEntry, timeline
from tracker.services import KeyReused, RecommendationNotFound, execute_together
from tracker.services.drafting import kept_elsewhere, submit
from tracker.services.waking import wake

SUBJECTS = (
    "action_id",
    "blocker_id",
    "escalation_id",
    "event_id",
    "evidence_id",
    "figure",
    "measure_id",
    "other_recommendation_id",
    "q",
)
"""What an address may fill in: what the command is about, or the words one searches it by."""
VERSIONS = ("expected_version", "also_seen")
"""What a form carries of what was before the person: of its own recommendation, and of others."""
SCAN = "tracker.tasks.scan_evidence"
NOT_NOW = "That is not possible at present. What you can do now is listed below."
SUBMITTED = "It is submitted for sign-off. It is recorded when it has been signed."


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, pk: int, slug: str, *, context: Mapping[str, Any]) -> HttpResponse:
    """Show the form of one command on one recommendation, or carry out what was sent."""
    now = timezone.now()
    situation = find(request, pk, now)
    form_class = FORMS.get(slug)
    if form_class is None:
        raise Http404
    if not form_class.roles_offered(situation):
        raise PermissionDenied
    if request.method == "POST":
        form = form_class(request.POST, request.FILES, situation=situation)
        return answer(request, form, now, context)
    if not situation.is_offered(form_class.gives):
        messages.info(request, NOT_NOW)
        return HttpResponseRedirect(page_address(pk))
    asked = {name: request.GET[name] for name in SUBJECTS if name in request.GET}
    return show(request, form_class(situation=situation, initial=asked), context)


def answer(
    request: HttpRequest, form: CommandForm, now: datetime, context: Mapping[str, Any]
) -> HttpResponse:
    """Do what the button says that was pressed: give the command, submit it, or keep it."""
    form.receive(now)
    if request.FILES:
        wake(SCAN)
    if KEEP in request.POST:
        return keep(request, form, now) or _show_again(request, form, now, context)
    if not form.is_valid() or not _is_carried_out(request, form, now):
        return _show_again(request, form, now, context)
    return HttpResponseRedirect(page_address(form.situation.recommendation.pk))


def show(request: HttpRequest, form: CommandForm, context: Mapping[str, Any]) -> HttpResponse:
    """Show the form as it stands."""
    situation = form.situation
    details = {
        "title": form.heading,
        "form": form,
        "situation": situation,
        "recommendation_heading": heading(situation),
        "page_address": page_address(situation.recommendation.pk),
    }
    return TemplateResponse(request, "admin/tracker/command.html", {**context, **details})


def find(request: HttpRequest, pk: int, now: datetime) -> Situation:
    """Return how the person stands before the recommendation. Raises: Http404."""
    situation = find_situation(request.user, pk, timezone.localdate(now))
    if situation is None:
        raise Http404
    return situation


def changes_since(
    request: HttpRequest, situation: Situation, version: int | None, now: datetime
) -> Sequence[TimelineEntry]:
    """Return what was recorded after the version that the person had before them, oldest first."""
    if version is None or situation.progress.version <= version:
        return ()
    visible = visible_recommendations(request.user, timezone.localdate(now))
    entries = timeline(situation.recommendation.pk, visible=visible)
    return [entry for entry in reversed(entries) if entry.version > version]


def changes_elsewhere(
    request: HttpRequest, seen: Mapping[int, int], now: datetime
) -> Sequence[tuple[Situation, Sequence[TimelineEntry]]]:
    """Return the other recommendations that were changed after the versions seen, with the changes.

    Nothing is said of what the person may not read.
    """
    found = find_situations(request.user, seen, timezone.localdate(now))
    changed = [each for pk, each in found.items() if each.progress.version > seen[pk]]
    return [
        (each, changes_since(request, each, seen[each.recommendation.pk], now))
        for each in sorted(changed, key=lambda each: each.recommendation.number)
    ]


def _is_carried_out(request: HttpRequest, form: CommandForm, now: datetime) -> bool:
    """Give the command or submit it; put a refusal on the form and return False."""
    try:
        if form.needs_sign_off():
            _submit(request, form, now)
            messages.success(request, SUBMITTED)
        else:
            _execute(request, form, now)
            messages.success(request, form.said())
    except RecommendationNotFound as missing:
        raise Http404 from missing
    except KeyReused:
        _renew_key(form)
    except CommandRejected as rejection:
        form.refuse(rejection)
    except StaleVersion:
        pass  # `_show_again` says who changed what
    except LogBusy as busy:
        form.add_error(None, str(busy))
    else:
        return True
    return False


def _submit(request: HttpRequest, form: CommandForm, now: datetime) -> None:
    submit(
        as_typed(form),
        commands=form.commands(),
        targets=form.targets(),
        author=request.user,
        now=now,
    )


def _execute(request: HttpRequest, form: CommandForm, now: datetime) -> None:
    execute_together(
        form.commands(),
        targets=form.targets(),
        actor=request.user,
        acting_role=form.cleaned_data["acting_role"],
        channel=Channel.ADMIN,
        now=now,
        idempotency_key=str(form.cleaned_data["idempotency_key"]),
    )


def _show_again(
    request: HttpRequest, form: CommandForm, now: datetime, context: Mapping[str, Any]
) -> HttpResponse:
    """Show the form with its text, what others changed meanwhile, and the version they made."""
    situation = find(request, form.situation.recommendation.pk, now)
    seen = form.cleaned_data.get("expected_version")
    changes = changes_since(request, situation, seen, now)
    elsewhere = changes_elsewhere(request, form.seen_elsewhere(), now)
    if not (form.errors or changes or elsewhere):  # a version that never was
        form.add_error(None, OPEN_AFRESH)
    fresh = type(form)(situation=situation)
    for name in VERSIONS:
        if name in form.fields and name in fresh.fields:
            _set_hidden(form, name, str(fresh[name].value()))
    details = {
        "changes": changes,
        "elsewhere": elsewhere,
        "other_window": _other_window(request, form),
    }
    return show(request, form, {**context, **details})


def _other_window(request: HttpRequest, form: CommandForm) -> Mapping[str, Any] | None:
    """Return what another window kept of this form meanwhile; the next press may replace it."""
    kept = kept_elsewhere(as_typed(form), author=request.user)
    if kept is None:
        return None
    _set_hidden(form, "opened_from", kept.window)
    words = lines(type(form)(as_data(kept.values), situation=form.situation))
    return {"kept_at": kept.changed_at, "lines": [line for line in words if line.text]}


def _renew_key(form: CommandForm) -> None:
    """The first sending was stored with other words: what is sent next is something new."""
    _set_hidden(form, "idempotency_key", str(uuid4()))


def _set_hidden(form: CommandForm, name: str, value: str) -> None:
    assert isinstance(form.data, QueryDict)  # noqa: S101 - the form was sent
    data = form.data.copy()
    data[name] = value
    form.data = data
