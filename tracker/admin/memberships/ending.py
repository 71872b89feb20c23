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
from tracker.admin.memberships.leaving import Leaving, Offer, leaving_of
from tracker.admin.page import page_address
from tracker.event_store import LogBusy
from tracker.queries.actions import visible_actions
from tracker.queries.labels import in_short
from tracker.queries.permitted import visible_progress
from tracker.services import Outcome, hand_over_and_end

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
        "done": _in_words(request, kept.get("done", [])),
        "not_done": _in_words(request, kept.get("not_done", [])),
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

    No words of the record are kept there: a copy would outlive their redaction.

    A form that is sent twice finds nothing left to hand over: the first answer stays.
    """
    kept_as, key = _kept_as(form.leaving.membership), str(form.cleaned_data["key"])
    if request.session.get(kept_as, {}).get("key") == key and not outcomes:
        return
    offers = {offer.work.key: offer for offer in form.leaving.offers}
    request.session[kept_as] = {
        "key": key,
        "done": [_told(offers[each.row.key]) for each in outcomes if each.refusal is None],
        "not_done": [
            {**_told(offers[each.row.key]), "reason": str(each.refusal)}
            for each in outcomes
            if each.refusal is not None
        ],
    }


def _told(offer: Offer) -> dict[str, Any]:
    work = offer.work
    action = str(work.action_id) if work.action_id else None
    return {"where": offer.where, "recommendation": work.recommendation_id, "action": action}


def _in_words(
    request: HttpRequest, rows: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, str | None]]:
    """Return the rows with their words as they are now, for whoever may read them now."""
    today = timezone.localdate()
    actions = visible_actions(request.user, today).filter(pk__in=[row["action"] for row in rows])
    whole = [row["recommendation"] for row in rows if row["action"] is None]
    wordings = visible_progress(request.user, today).filter(pk__in=whole)
    words = {str(pk): text for pk, text in actions.values_list("pk", "description")}
    words |= {str(pk): text for pk, text in wordings.values_list("pk", "wording")}
    said = [words.get(row["action"] or str(row["recommendation"]), "") for row in rows]
    return [
        {
            "where": row["where"],
            "words": in_short(words_of_row) if words_of_row else "",
            "address": page_address(row["recommendation"]),
            "reason": row.get("reason"),
        }
        for row, words_of_row in zip(rows, said, strict=True)
    ]


def _kept_as(membership: Membership) -> str:
    return f"membership-{membership.pk}-handed-over"


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
