"""Files attached as evidence: the content holds what the words were about, and goes with them."""

from tracker.domain.events import EvidenceAttached
from tracker.models import EvidenceFile
from tracker.models.files import EVIDENCE
from tracker.services.redacting.files import delete_after_commit
from tracker.services.redacting.redaction import Redaction


def forget_evidence_file(redaction: Redaction) -> None:
    """Delete the file of redacted evidence and forget its name; its hash stays."""
    event = redaction.event
    if not isinstance(event, EvidenceAttached) or event.file_id is None:
        return
    file = EvidenceFile.objects.select_for_update().filter(pk=event.file_id).first()
    if file is None:
        return
    file.name = ""
    if file.stored_as:
        delete_after_commit(storage=EVIDENCE, name=file.stored_as, now=redaction.now)
        file.stored_as, file.gone_at = "", redaction.now
        file.gone_because = EvidenceFile.Gone.REDACTED
    file.save(update_fields=["name", "stored_as", "gone_at", "gone_because"])
