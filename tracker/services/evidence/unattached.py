"""Puts away files that were brought and never attached: what is not said is not kept."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from tracker.evidence.drafted import is_named_in
from tracker.models import Draft, EvidenceFile, EvidenceProgress
from tracker.models.files import EVIDENCE
from tracker.services.redacting.files import delete_after_commit


def delete_unattached(now: datetime) -> int:
    """Delete files of which neither evidence nor a pending draft has spoken for days, rows too."""
    long_ago = now - timedelta(days=settings.EVIDENCE_DAYS_UNATTACHED)
    attached = EvidenceProgress.objects.filter(file_id__isnull=False).values("file_id")
    idle = EvidenceFile.objects.filter(brought_at__lt=long_ago).exclude(pk__in=attached)
    return sum(_delete(file_id, now) for file_id in list(idle.values_list("pk", flat=True)))


def _delete(file_id: UUID, now: datetime) -> bool:
    """Delete one of them, unless it is being attached: then the lock waits, and looks again."""
    with transaction.atomic():
        file = EvidenceFile.objects.select_for_update().filter(pk=file_id).first()
        if file is None or EvidenceProgress.objects.filter(file_id=file.pk).exists():
            return False
        if is_named_in(Draft.objects.pending(), file):
            return False
        if file.stored_as:
            delete_after_commit(storage=EVIDENCE, name=file.stored_as, now=now)
        file.delete()
    return True
