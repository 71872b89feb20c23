"""Takes a file that somebody brings: judged, hashed, put where no address leads.

The row comes first. A crash between the two leaves a row without its file, which is put away with
whatever was never attached, and never a file that nobody knows of.
"""

import hashlib
import logging
import os
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat

from tracker.evidence.kinds import FileRefused, kind_of
from tracker.evidence.names import safe_name
from tracker.models import EvidenceFile, EvidenceProgress
from tracker.models.files import EVIDENCE

Upload: TypeAlias = "UploadedFile[Any]"
logger = logging.getLogger(__name__)
MOST_UNATTACHED = 50
"""Of one person. Nobody brings more in a day without attaching any."""


def keep_file(
    upload: Upload, *, recommendation_id: int, brought_by: Any, now: datetime
) -> EvidenceFile:
    """Keep the file for evidence on a recommendation; whether the person may is the caller's.

    Raises: FileRefused.
    """
    _require_size(upload)
    name = safe_name(upload.name or "")
    assert upload.file is not None  # noqa: S101 - the request is still open
    kind = kind_of(upload.file, name, allowed=settings.EVIDENCE_KINDS)
    _require_room(brought_by)
    sha256, size = _measured(upload)
    key = uuid4()
    kept = EvidenceFile.objects.create(
        recommendation_id=recommendation_id,
        brought_by=brought_by,
        brought_at=now,
        name=name,
        stored_as=f"{key.hex[:2]}/{key.hex}",
        size=size,
        sha256=sha256,
        media_type=kind.media_type,
        next_attempt_at=now,
    )
    _put_away(upload, kept)
    return kept


def _require_size(upload: Upload) -> None:
    if not upload.size:
        raise FileRefused("The file is empty; choose the file that holds the evidence.")
    if upload.size > settings.EVIDENCE_LARGEST:
        most = filesizeformat(settings.EVIDENCE_LARGEST)
        raise FileRefused(f"The file is larger than {most}; attach a smaller one, or a link to it.")


def _require_room(brought_by: Any) -> None:
    attached = EvidenceProgress.objects.filter(file_id__isnull=False).values("file_id")
    waiting = EvidenceFile.objects.filter(brought_by=brought_by, gone_at=None)
    if waiting.exclude(pk__in=attached).count() >= MOST_UNATTACHED:
        raise FileRefused(
            f"You have brought {MOST_UNATTACHED} files that are not attached to anything; attach "
            "some of them, or try again tomorrow."
        )


def _measured(upload: Upload) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in upload.chunks():
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def _put_away(upload: Upload, kept: EvidenceFile) -> None:
    storage = storages[EVIDENCE]
    try:
        storage.save(kept.stored_as, upload)
        _settle_on_disk(storage, kept.stored_as)
    except OSError as error:
        logger.exception("Evidence file %s could not be stored.", kept.pk)
        kept.delete()
        raise FileRefused(
            "The file could not be stored just now; try again in some minutes, and tell whoever "
            "runs the service if it happens again."
        ) from error


def _settle_on_disk(storage: Storage, name: str) -> None:
    """Let no power cut take what was acknowledged; other kinds of store see to that themselves."""
    if not isinstance(storage, FileSystemStorage):
        return
    path = Path(storage.path(name))
    for each in (path, path.parent):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
