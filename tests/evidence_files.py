"""Files that somebody brings as evidence, and scanners that say what a test needs."""

from pathlib import Path
from typing import IO, Any

from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.tracker.evidence.files import PDF
from tests.tracker.story import NOW, Story
from tests.world import PUBLISHED_ON
from tracker.domain import commands as c
from tracker.domain.vocabulary import EvidenceKind
from tracker.evidence.scanner import ScannerAway
from tracker.models import EvidenceFile
from tracker.services.evidence import keep_file

NAME = "Dip sample June.pdf"


def bring(
    story: Story, content: bytes = PDF, name: str = NAME, *, by: Any = None, **changes: Any
) -> EvidenceFile:
    """Return the file as it is kept when the story's lead brings it."""
    details = {
        "recommendation_id": story.recommendation.pk,
        "brought_by": by or story.lead,
        "now": NOW,
        **changes,
    }
    return keep_file(SimpleUploadedFile(name, content), **details)


def attaching(file: EvidenceFile, title: str = "Dip sample", **changes: Any) -> c.AttachEvidence:
    """Return the command that makes the file evidence."""
    details: dict[str, Any] = {"effective_on": PUBLISHED_ON, **changes}
    return c.AttachEvidence(
        kind=EvidenceKind.FILE,
        title=title,
        location=file.name,
        file_id=file.pk,
        sha256=file.sha256,
        size=file.size,
        media_type=file.media_type,
        **details,
    )


def path_of(file: EvidenceFile) -> Path:
    """Return where the content lies."""
    return Path(storages["evidence"].path(file.stored_as))


def finds_nothing(content: IO[bytes]) -> str:
    content.read()
    return ""


def finds_a_virus(content: IO[bytes]) -> str:
    content.read()
    return "HARMLESS-TEST"


def is_away(_: IO[bytes]) -> str:
    raise ScannerAway("The virus scanner gave no answer.")
