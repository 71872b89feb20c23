"""Factual accuracy: readers note claims beside the lines, administrators answer them."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from inspections.access import visible_inspections
from inspections.accuracy import (
    AccuracyRefused,
    answer_claim,
    may_answer,
    may_note,
    note_claim,
    remove_words_of,
    visible_notes,
)
from inspections.admin.importing.accuracy_forms import AnswerForm, NoteForm, RemovalForm
from inspections.admin.importing.doors import address_of
from inspections.database_lock import DatabaseLocked, refusing_when_locked
from inspections.models import AccuracyNote, Inspection
from inspections.report_import.source_lines import SourceLines
from inspections.whole_numbers import whole_number

NOTED = "Your note is with HMIP. It stands below, and its answer will."
ANSWERED = "The note is answered. The report itself is not changed by that: edit it as a draft."
REMOVED = "The words of the note are deleted for good."


@require_http_methods(["GET", "HEAD", "POST"])
def accuracy_page(request: HttpRequest, pk: int, *, context: Mapping[str, Any]) -> HttpResponse:
    """Show the notes that the person may read, and take one of a named reader."""
    inspection = _find(request, pk)
    today = timezone.localdate()
    form = _note_form(request) if may_note(request.user, inspection, today) else None
    if request.method == "POST" and form is None:
        messages.error(request, "This report takes no notes of yours now.")
        return HttpResponseRedirect(address_of("accuracy", inspection))
    if (
        form is not None
        and form.is_bound
        and form.is_valid()
        and _is_noted(request, form, inspection)
    ):
        return HttpResponseRedirect(address_of("accuracy", inspection))
    source = SourceLines(inspection.source)
    details = {
        "title": "Factual accuracy",
        "inspection": inspection,
        "form": form,
        "lines": source.all() if form else (),
        "chosen": _chosen(form, source),
        "notes": _notes(request, inspection),
        "answers": may_answer(request.user, today),
    }
    template = "admin/inspections/importing/accuracy.html"
    return TemplateResponse(request, template, {**context, **details})


@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request: HttpRequest, pk: int, *, context: Mapping[str, Any]) -> HttpResponse:
    """Ask an administrator for the answer to one note, or delete its words."""
    today = timezone.localdate()
    found = _with_people(visible_notes(request.user, today)).filter(pk=pk).first()
    if found is None or not may_answer(request.user, today):
        raise Http404
    inspection = found.inspection
    removes = "remove" in request.POST
    answered = request.POST if request.method == "POST" and not removes else None
    form = AnswerForm(answered, label_suffix="")
    removal = RemovalForm(request.POST if removes else None, label_suffix="")
    sent = removal if removes else form
    if sent.is_bound and sent.is_valid() and _is_done(request, sent, found):
        return HttpResponseRedirect(address_of("accuracy", inspection))
    details = {
        "title": "Answer a note",
        "inspection": inspection,
        "note": found,
        "form": sent,
        "answer": form if not found.verdict else None,
        "removal": removal if found.removed_at is None else None,
    }
    template = "admin/inspections/importing/accuracy_answer.html"
    return TemplateResponse(request, template, {**context, **details})


def sees_notes(request: HttpRequest, inspection: Inspection) -> bool:
    """Say whether the list is anything to the person: an administrator, or a reader once named."""
    if may_answer(request.user, timezone.localdate()):
        return True
    user: Any = request.user
    is_named = inspection.named_readers.filter(pk=user.pk).exists()
    return is_named or AccuracyNote.objects.filter(inspection=inspection, noted_by=user).exists()


def _find(request: HttpRequest, pk: int) -> Inspection:
    """Return the inspection, to whoever was never named as if it had no such page.

    Raises: Http404.
    """
    visible = visible_inspections(request.user, timezone.localdate()).select_related("source")
    inspection = visible.filter(pk=pk).first()
    if inspection is None or not sees_notes(request, inspection):
        raise Http404
    return inspection


def _notes(request: HttpRequest, inspection: Inspection) -> QuerySet[AccuracyNote]:
    notes = visible_notes(request.user, timezone.localdate()).filter(inspection=inspection)
    return _with_people(notes)


def _with_people(notes: QuerySet[AccuracyNote]) -> QuerySet[AccuracyNote]:
    people = ("noted_by", "answered_by", "removed_by")
    return notes.select_related("inspection", *people).order_by("line", "pk")


def _note_form(request: HttpRequest) -> NoteForm:
    if request.method == "POST":
        return NoteForm(request.POST, label_suffix="")
    line = whole_number(request.GET.get("line", ""))
    return NoteForm(initial={"key": uuid4(), "line": line}, label_suffix="")


def _chosen(form: NoteForm | None, source: SourceLines) -> str:
    """Return the line that the form names, for its writer to see what it is about."""
    number = whole_number(str(form["line"].value() or "")) if form else None
    return dict(source.all()).get(number, "") if number else ""


def _is_noted(request: HttpRequest, form: NoteForm, inspection: Inspection) -> bool:
    cleaned = form.cleaned_data

    def note() -> None:
        note_claim(
            inspection=inspection,
            line=cleaned["line"],
            claim=cleaned["claim"],
            should_say=cleaned["should_say"],
            key=cleaned["key"],
            actor=request.user,
            now=timezone.now(),
        )

    return _did(request, form, note, NOTED)


def _is_done(request: HttpRequest, form: forms.Form, note: AccuracyNote) -> bool:
    now, cleaned = timezone.now(), form.cleaned_data
    if isinstance(form, RemovalForm):
        reason = cleaned["reason"]
        return _did(
            request,
            form,
            lambda: remove_words_of(note, reason=reason, actor=request.user, now=now),
            REMOVED,
        )
    verdict, answer = cleaned["verdict"], cleaned["answer"]
    return _did(
        request,
        form,
        lambda: answer_claim(note, verdict=verdict, answer=answer, actor=request.user, now=now),
        ANSWERED,
    )


def _did(request: HttpRequest, form: forms.Form, deed: Any, said: str) -> bool:
    """Do it and say so; put a refusal on the form and return False."""
    try:
        with refusing_when_locked():
            deed()
    except AccuracyRefused as refusal:
        form.add_error(refusal.field, str(refusal))
    except DatabaseLocked as busy:
        form.add_error(None, str(busy))
    else:
        messages.success(request, said)
        return True
    return False
