"""Factual accuracy: named readers of an embargoed report note claims, HMIP answers each.

A plain list. A reader sees their own notes, HMIP administrators all of them, before publication and
after it; while a report is a draft again, no reader sees anything of it. Nothing in the report
changes by an answer: the administrator takes it back to draft and edits it.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from inspections.access import holds_role, visible_inspections
from inspections.models import AccuracyNote, Inspection, Membership
from inspections.publishing import day_in_london
from inspections.redacting import REMOVED

LONGEST = 2_000
MOST_NOTES = 200
"""Of one reader on one report: nobody finds more wrong in earnest."""
Verdict = AccuracyNote.Verdict


class AccuracyRefused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """Nothing was stored; the sentence says why, `field` at which field of the form."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


def may_note(user: Any, inspection: Inspection, today: date) -> bool:
    """Say whether the person may note claims now: a named reader, while the embargo lasts."""
    if inspection.state != Inspection.State.EMBARGOED:
        return False
    is_named = inspection.named_readers.filter(pk=user.pk).exists()
    return is_named and visible_inspections(user, today).filter(pk=inspection.pk).exists()


def may_answer(user: Any, today: date) -> bool:
    """Say whether the person answers claims: an HMIP administrator."""
    return holds_role(user, Membership.Role.HMIP_ADMINISTRATOR, today)


def visible_notes(user: Any, today: date) -> QuerySet[AccuracyNote]:
    """Return the notes that the person may read, on reports that they may read."""
    notes = AccuracyNote.objects.filter(inspection__in=visible_inspections(user, today))
    return notes if may_answer(user, today) else notes.filter(noted_by=user.pk)


def note_claim(
    *,
    inspection: Inspection,
    line: int | None,
    claim: str,
    should_say: str,
    key: UUID,
    actor: Any,
    now: datetime,
) -> AccuracyNote:
    """Note a claim about a line of the source, or about the report; sent twice, it is noted once.

    Raises: AccuracyRefused.
    """
    with transaction.atomic():
        # Locked: what is published meanwhile takes no more notes.
        fresh = Inspection.objects.select_for_update().get(pk=inspection.pk)
        known = AccuracyNote.objects.filter(noted_by=actor.pk, key=key).first()
        if known is not None:
            return known
        _require_place(actor, fresh, now)
        return AccuracyNote.objects.create(
            inspection=fresh,
            noted_by=actor,
            noted_at=now,
            key=key,
            line=line,
            quoted=_line_of(fresh, line),
            claim=_needed(claim, "claim", "Say what is wrong."),
            should_say=_within(should_say, "should_say"),
        )


def answer_claim(
    note: AccuracyNote, *, verdict: str, answer: str, actor: Any, now: datetime
) -> AccuracyNote:
    """Accept or decline the claim, for good; the same answer again changes nothing.

    Raises: AccuracyRefused.
    """
    _require_administrator(actor, now)
    if verdict not in (Verdict.ACCEPTED, Verdict.DECLINED):
        raise AccuracyRefused("Accept or decline the note.", field="verdict")
    said = _needed(answer, "answer", "Say in a few words what follows, or why not.")
    with transaction.atomic():
        fresh = AccuracyNote.objects.select_for_update().get(pk=note.pk)
        if (fresh.verdict, fresh.answer) == (verdict, said):
            return fresh
        if fresh.verdict:
            raise AccuracyRefused("This note is answered already, and an answer is not changed.")
        fresh.verdict, fresh.answer = verdict, said
        fresh.answered_by, fresh.answered_at = actor, now
        fresh.save(update_fields=["verdict", "answer", "answered_by", "answered_at"])
        return fresh


def remove_words_of(note: AccuracyNote, *, reason: str, actor: Any, now: datetime) -> AccuracyNote:
    """Delete all words of the note for good; that it was there, and why it went, stays.

    Raises: AccuracyRefused.
    """
    _require_administrator(actor, now)
    why = _needed(reason, "reason", "Say why the words are deleted.", longest=500)
    with transaction.atomic():
        fresh = AccuracyNote.objects.select_for_update().get(pk=note.pk)
        if fresh.removed_at is None:
            fresh.claim, fresh.quoted, fresh.should_say = REMOVED, "", ""
            fresh.answer = REMOVED if fresh.answer else ""
            fresh.removed_because, fresh.removed_by, fresh.removed_at = why, actor, now
            fresh.save()
        return fresh


def _require_place(actor: Any, inspection: Inspection, now: datetime) -> None:
    if not may_note(actor, inspection, day_in_london(now)):
        raise AccuracyRefused("This report takes no more notes: it is not under embargo now.")
    if AccuracyNote.objects.filter(inspection=inspection, noted_by=actor.pk).count() >= MOST_NOTES:
        raise AccuracyRefused(f"You have {MOST_NOTES} notes here; write to HMIP instead.")


def _require_administrator(actor: Any, now: datetime) -> None:
    if not may_answer(actor, day_in_london(now)):
        raise AccuracyRefused("Only an HMIP administrator answers notes; ask one.")


def _line_of(inspection: Inspection, line: int | None) -> str:
    """Return how the line of the source reads now. Raises: AccuracyRefused."""
    if line is None:
        return ""
    lines = inspection.source.text.split("\n") if inspection.source else []
    if not 1 <= line <= len(lines):
        raise AccuracyRefused(
            f"The report has no line {line}; choose one of those below.", field="line"
        )
    return lines[line - 1].strip()


def _needed(text: str, field: str, missing: str, *, longest: int = LONGEST) -> str:
    said = _within(text, field, longest=longest)
    if not said:
        raise AccuracyRefused(missing, field=field)
    return said


def _within(text: str, field: str, *, longest: int = LONGEST) -> str:
    said = text.strip()
    if len(said) > longest:
        raise AccuracyRefused(f"Use at most {longest:,} characters.", field=field)
    return said
