"""The page that ends a membership: the open work, who takes it over, and what became of it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from inspections.memberships import MembershipRefused
from inspections.memberships.ending import is_over
from inspections.models import Membership
from inspections.person_names import person_name
from tracker.admin.memberships.handover import EndingForm
from tracker.admin.memberships.leaving import Leaving, leaving_of
from tracker.admin.page import page_address
from tracker.event_store import LogBusy
from tracker.services import Outcome, Row, hand_over_and_end

OVER = "This membership has ended already."


@require_http_methods(["GET", "HEAD", "POST"])
def end(
    request: HttpRequest, membership: Membership, *, context: Mapping[str, Any]
) -> HttpResponse:
    """Show what the end of the membership leaves open, or end it."""
    now = timezone.now()
    today = timezone.localdate(now)
    if is_over(membership, today):
        messages.info(request, OVER)
        return HttpResponseRedirect(_page(membership))
    leaving = leaving_of(request.user, membership, today)
    sent = request.POST if request.method == "POST" else None
    form = EndingForm(sent, leaving=leaving, initial={"key": uuid4()}, label_suffix="")
    if form.is_valid():
        outcomes = _carry_out(request, form, leaving, now)
        if outcomes is not None:
            _keep(request, form, outcomes)
            return HttpResponseRedirect(_result(membership))
    details = {
        "title": f"End a membership: {person_name(membership.user)}",
        "form": form,
        "leaving": leaving,
        "membership": membership,
        "leads": _leads(membership, today),
    }
    template = "admin/inspections/membership/end.html"
    return TemplateResponse(request, template, {**context, **details})


@require_safe
def show_result(
    request: HttpRequest, membership: Membership, *, context: Mapping[str, Any]
) -> HttpResponse:
    """Say what was handed over when the person at the screen last sent the form, and what not."""
    kept = request.session.get(_kept_as(membership), {})
    membership.refresh_from_db()
    details = {
        "title": f"{person_name(membership.user)}: {membership.get_role_display()}",
        "membership": membership,
        "has_ended": membership.ended_at is not None,
        "done": kept.get("done", []),
        "not_done": kept.get("not_done", []),
    }
    template = "admin/inspections/membership/ended.html"
    return TemplateResponse(request, template, {**context, **details})


def _carry_out(
    request: HttpRequest, form: EndingForm, leaving: Leaving, now: datetime
) -> tuple[Outcome, ...] | None:
    """Hand over and end; put a refusal of the whole on the form and return None."""
    cleaned = form.cleaned_data
    try:
        return hand_over_and_end(
            membership=leaving.membership,
            rows=form.rows(),
            last_day=cleaned["last_day"],
            reason=cleaned["reason"],
            actor=request.user,
            now=now,
            idempotency_key=str(cleaned["key"]),
        )
    except MembershipRefused as refusal:
        form.add_error(refusal.field, str(refusal))
    except LogBusy as busy:
        form.add_error(None, str(busy))
    return None


def _keep(request: HttpRequest, form: EndingForm, outcomes: Sequence[Outcome]) -> None:
    """Keep what became of each row in the session, so that the page can be loaded again.

    A form that is sent twice finds nothing left to hand over: the first answer stays.
    """
    kept_as, key = _kept_as(form.leaving.membership), str(form.cleaned_data["key"])
    if request.session.get(kept_as, {}).get("key") == key and not outcomes:
        return
    words = {offer.work.key: offer.words for offer in form.leaving.offers}
    request.session[kept_as] = {
        "key": key,
        "done": [_told(each.row, words) for each in outcomes if each.refusal is None],
        "not_done": [
            {**_told(each.row, words), "reason": str(each.refusal)}
            for each in outcomes
            if each.refusal is not None
        ],
    }


def _told(row: Row, words: Mapping[str, str]) -> dict[str, str]:
    return {"words": words[row.key], "address": page_address(row.recommendation_id)}


def _kept_as(membership: Membership) -> str:
    return f"membership-{membership.pk}-ended"


def _page(membership: Membership) -> str:
    return reverse("admin:inspections_membership_change", args=(membership.pk,))


def _result(membership: Membership) -> str:
    return reverse("admin:inspections_membership_ended", args=(membership.pk,))


def _leads(membership: Membership, today: date) -> list[str]:
    """Name the others who lead there: they can hand over what the person at the screen cannot."""
    if membership.provider is None:
        return []
    leading = Membership.objects.current(today).filter(
        role__in=Membership.LEADING, provider=membership.provider, user__is_active=True
    )
    return [person_name(each.user) for each in leading.select_related("user").order_by("pk")]
