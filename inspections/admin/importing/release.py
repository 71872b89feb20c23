"""Lets an inspection out: published now, or shared under embargo and published at a set time."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.views.decorators.http import require_http_methods, require_POST

from inspections.admin.importing.doors import address_of, find_inspection
from inspections.admin.importing.draft import show_fixed
from inspections.admin.importing.embargo_form import EmbargoForm
from inspections.database_lock import DatabaseLocked, refusing_when_locked
from inspections.due_publication import refusal_of
from inspections.embargo import share_under_embargo, take_back_to_draft
from inspections.embargo_mail import tell_readers
from inspections.models import AccuracyNote, ImportIssue, Inspection
from inspections.person_names import person_name
from inspections.publishing import (
    IssuesUnresolved,
    PublicationDateMissing,
    PublicationRefused,
    publish_inspection,
    refuse_unless_complete,
    unresolved_errors,
)
from inspections.report_import.as_seen import ChangedMeanwhile, hold_as_seen
from inspections.report_import.checking import doubts_about
from inspections.report_import.sheet import digest_of, sheet_of

DATE_MISSING = "The report gives no publication date, and none is ever assumed. Supply it first."

ERRORS_LEFT = (
    "The errors below are not resolved. Give the right values on the draft’s page, or tick there "
    "that what the report says is kept."
)


@require_http_methods(["GET", "HEAD", "POST"])
def publish_page(request: HttpRequest, pk: int, *, context: Mapping[str, Any]) -> HttpResponse:
    """Say what publishing does, or do it."""
    inspection = find_inspection(request, pk)
    now = timezone.now()
    if inspection.state == Inspection.State.PUBLISHED:
        return show_fixed(request, inspection, context)
    refusal = ""
    if request.method == "POST":
        refusal = _refusal_of(lambda: _publish(request, inspection, now))
        if not refusal:
            return HttpResponseRedirect(_page_of(inspection))
    details = {
        "title": "Publish the inspection",
        "inspection": inspection,
        "obstacle": obstacle_to(inspection) or refusal,
        "schedule_refusal": refusal_of(inspection, now),
        "is_waiting": _is_waiting(inspection, now),
        "seen": digest_of(sheet_of(inspection)),
        **_consequences(inspection),
    }
    return TemplateResponse(
        request, "admin/inspections/importing/publish.html", {**context, **details}
    )


def obstacle_to(inspection: Inspection) -> str:
    """Return what stands in the way of publishing the inspection as it is; "" where nothing."""
    try:
        refuse_unless_complete(inspection)
    except PublicationDateMissing:
        return DATE_MISSING
    except IssuesUnresolved:
        return ERRORS_LEFT
    except PublicationRefused as refusal:
        return str(refusal)
    return ""


def _consequences(inspection: Inspection) -> dict[str, Any]:
    """Return what publishing opens for whom, and what nobody has resolved."""
    rows = inspection.recommendations.select_related("addressee").order_by("addressee__name", "pk")
    opened = Counter(row.addressee.name for row in rows)
    issues = ImportIssue.objects.of(inspection).filter(supplied="").order_by("pk")
    notes = AccuracyNote.objects.filter(inspection=inspection, verdict="")
    known = set(ImportIssue.objects.of(inspection).values_list("message", flat=True))
    fresh = [each.message for each in doubts_about(inspection) if each.message not in known]
    return {
        "opened": list(opened.items()),
        "notes_open": notes.count(),
        "errors": list(unresolved_errors(inspection)),
        "warnings": [each for each in issues if each.severity == ImportIssue.Severity.WARNING],
        "disagreements": fresh if inspection.source_id else [],
    }


def _publish(request: HttpRequest, inspection: Inspection, now: datetime) -> None:
    with refusing_when_locked(), transaction.atomic():
        _hold_as_seen(request, inspection)
        publish_inspection(inspection=inspection, actor=request.user, now=now)
    messages.success(request, "Published. Its recommendations are open to those concerned.")


def _hold_as_seen(request: HttpRequest, inspection: Inspection) -> None:
    """Let nothing out that the person has not seen; a request without a page saw nothing."""
    hold_as_seen(inspection, request.POST.get("seen", ""))


def _is_waiting(inspection: Inspection, now: datetime) -> bool:
    """Say whether a time is set that has not come."""
    return inspection.publish_at is not None and inspection.publish_at > now


@require_http_methods(["GET", "HEAD", "POST"])
def embargo_page(request: HttpRequest, pk: int, *, context: Mapping[str, Any]) -> HttpResponse:
    """Ask for day, hour and readers, or share the inspection as was said."""
    inspection = find_inspection(request, pk)
    now = timezone.now()
    if inspection.state == Inspection.State.PUBLISHED:
        return show_fixed(request, inspection, context)
    sent = request.POST if request.method == "POST" else None
    form = EmbargoForm(sent, inspection=inspection, today=timezone.localdate(now))
    if form.is_to_be_shared and form.is_valid() and _is_shared(request, form, inspection, now):
        return HttpResponseRedirect(address_of("publish", inspection))
    details = {
        "title": "Share under embargo",
        "inspection": inspection,
        "form": form,
        # Looking for people is not looking at the values again.
        "seen": ("find" in request.POST and request.POST.get("seen"))
        or digest_of(sheet_of(inspection)),
        "obstacle": obstacle_to(inspection) if inspection.published_on else "",
    }
    return TemplateResponse(
        request, "admin/inspections/importing/embargo.html", {**context, **details}
    )


def _is_shared(
    request: HttpRequest, form: EmbargoForm, inspection: Inspection, now: datetime
) -> bool:
    """Share; put a refusal on the form and return False."""
    known = _told_before(inspection)
    try:
        with refusing_when_locked(), transaction.atomic():
            _hold_as_seen(request, inspection)
            share_under_embargo(
                inspection=inspection,
                published_on=form.cleaned_data["published_on"],
                hour=form.cleaned_data["hour"],
                readers=form.readers(),
                actor=request.user,
                now=now,
            )
    except (PublicationRefused, ChangedMeanwhile, DatabaseLocked) as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, "Shared under embargo. It is published at the time that you set.")
    inspection.refresh_from_db()
    fresh = [reader for reader in form.readers() if reader.pk not in known]
    if untold := tell_readers(inspection, fresh, actor=request.user):
        names = get_text_list([person_name(reader) for reader in untold], "and")
        messages.warning(request, f"No mail could be sent to {names}; tell them yourself.")
    return True


def _told_before(inspection: Inspection) -> set[int]:
    """Return who knows already that it is shared: what was taken back is shared anew."""
    if inspection.state != Inspection.State.EMBARGOED:
        return set()
    return set(inspection.named_readers.values_list("pk", flat=True))


@require_POST
def take_back(request: HttpRequest, pk: int, *, context: Mapping[str, Any]) -> HttpResponse:  # noqa: ARG001
    """End the embargo and lead to the draft, or say why not."""
    inspection = find_inspection(request, pk)

    def do() -> None:
        with refusing_when_locked():
            take_back_to_draft(inspection=inspection, actor=request.user, now=timezone.now())
        messages.success(request, "Taken back. The readers named do not see it any more.")

    if refusal := _refusal_of(do):
        messages.error(request, refusal)
    return HttpResponseRedirect(address_of("draft", inspection))


def _refusal_of(deed: Callable[[], None]) -> str:
    """Do it; return the sentence of what refused it, "" where nothing did."""
    try:
        deed()
    except (PublicationRefused, ChangedMeanwhile, DatabaseLocked) as refusal:
        return str(refusal)
    return ""


def _page_of(inspection: Inspection) -> str:
    return reverse("admin:inspections_inspection_change", args=[inspection.pk])
