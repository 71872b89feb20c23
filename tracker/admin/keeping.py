"""The button "Keep as draft", and the script that presses it while somebody types.

The script asks for JSON and is answered in JSON: a sentence to show, and where the draft is.
"""

from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from inspections.govuk_dates import govuk_time
from tracker.domain.rejection import CommandRejected
from tracker.event_store import LogBusy
from tracker.forms import CommandForm
from tracker.forms.drafted import as_typed
from tracker.models import Draft
from tracker.services import RecommendationNotFound, drafting

KEEP = "_keep"
JSON = "application/json"
SEE_BOTH = "Yours is still on this page; press “Keep as draft” to see both."
KEPT = "It is kept as a draft. Nothing is recorded yet; you can go on now or later."


def keep(request: HttpRequest, form: CommandForm, now: datetime) -> HttpResponse | None:
    """Keep what was typed; return None where a refusal is on the form, to be shown there."""
    try:
        draft = drafting.keep(as_typed(form), author=request.user, now=now)
    except RecommendationNotFound as missing:
        raise Http404 from missing
    except drafting.KeptElsewhere as other:
        # The page that comes back shows both texts; the script has only this sentence.
        hint = "" if request.accepts("text/html") else f" {SEE_BOTH}"
        return _refused(request, form, f"{other.sentence}{hint}", HTTPStatus.CONFLICT)
    except CommandRejected as rejection:
        return _refused(request, form, rejection.sentence, HTTPStatus.CONFLICT)
    except LogBusy as busy:
        return _refused(request, form, str(busy), HTTPStatus.SERVICE_UNAVAILABLE)
    if request.accepts("text/html"):
        messages.success(request, KEPT)
        if form.not_received:
            messages.error(request, form.not_received)
        return HttpResponseRedirect(draft_address(draft))
    said = f"Kept as a draft at {govuk_time(now)}. {form.not_received}".strip()
    answer = {"said": said, "address": draft_address(draft), "received": form.received}
    return JsonResponse(answer)


def draft_address(draft: Draft) -> str:
    """Return where a draft is opened."""
    return reverse("admin:tracker_draft_change", args=(draft.pk,))


def _refused(
    request: HttpRequest, form: CommandForm, sentence: str, status: HTTPStatus
) -> HttpResponse | None:
    if request.accepts("text/html"):
        form.add_error(None, sentence)
        return None
    return JsonResponse({"said": sentence}, status=status)
