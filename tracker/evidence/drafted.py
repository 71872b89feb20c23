"""Which drafts name a file: until it is attached, they alone say what it is for."""

from django.db.models import QuerySet

from tracker.models import Draft, EvidenceFile

ATTACHING, UPLOAD = "attach-evidence", "upload"
"""The form that attaches evidence, and its field that names the file."""


def is_named_in(drafts: QuerySet[Draft], file: EvidenceFile) -> bool:
    """Say whether one of these drafts names the file; whoever brought it wrote the draft."""
    attaching = drafts.filter(
        form=ATTACHING, author=file.brought_by_id, recommendation=file.recommendation_id
    )
    held = attaching.values_list("values", flat=True)
    return any(str(file.pk) in values.get(UPLOAD, ()) for values in held)
