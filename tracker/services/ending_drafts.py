"""Ends drafts, given or discarded. Their words go with them.

A second copy would outlive a redaction of the first, and nobody could read it any more.
"""

from datetime import datetime

from django.db.models import QuerySet

from inspections.redacting import REMOVED
from tracker.models import Draft, DraftSignature


def end_drafts(drafts: QuerySet[Draft], state: Draft.State, now: datetime) -> None:
    """Put the drafts into their last state, without their words and the reasons of returns."""
    ids = list(drafts.values_list("pk", flat=True))
    if not ids:
        return
    DraftSignature.objects.filter(draft__in=ids).exclude(reason="").update(reason=REMOVED)
    Draft.objects.filter(pk__in=ids).update(state=state, settled_at=now, values={})
