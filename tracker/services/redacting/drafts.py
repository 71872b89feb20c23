"""Drafts of the recommendation, and the reasons for which they were returned.

A form that corrects something starts with the words it corrects, so a draft may hold them as well.
What is left of the draft stays with its author; what had been submitted so is submitted no more.
"""

from collections.abc import Sequence

from inspections.redacting import REMOVED
from tracker.models import Draft, DraftSignature
from tracker.services.redacting.redaction import Redaction


def forget_in_drafts(redaction: Redaction) -> None:
    """Empty the fields of drafts that hold the words; replace reasons that do."""
    drafts = Draft.objects.filter(recommendation=redaction.recommendation_id)
    for draft in drafts.pending().select_for_update().order_by("pk"):
        _forget_in_draft(draft, redaction)
    returned = DraftSignature.objects.filter(draft__in=drafts).exclude(reason="")
    held = [each.pk for each in returned.order_by("pk") if redaction.is_in(each.reason)]
    DraftSignature.objects.filter(pk__in=held).update(reason=REMOVED)


def _forget_in_draft(draft: Draft, redaction: Redaction) -> None:
    values = {name: _without(texts, redaction) for name, texts in draft.values.items()}
    if values == draft.values:
        return
    draft.values = values
    if draft.state == Draft.State.SUBMITTED:
        draft.state = Draft.State.PREPARING
    draft.save(update_fields=["values", "state"])


def _without(texts: Sequence[str], redaction: Redaction) -> list[str]:
    return ["" if redaction.is_in(text) else text for text in texts]
