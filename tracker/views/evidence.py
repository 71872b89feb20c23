"""The one door to the files of evidence: always an attachment, never shown by the browser here."""

import logging
from uuid import UUID

from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest

from tracker.models.files import EVIDENCE
from tracker.queries.evidence_files import find_file_to_open
from tracker.views.personal import current_day, personal_page

logger = logging.getLogger(__name__)
SEALED = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Whatever a browser makes of the file, it runs nothing of it in this site's name."""


@personal_page
def evidence_file(request: HttpRequest, file_id: UUID) -> FileResponse:
    """Send the file; what is foreign, not scanned, infected or gone is not found."""
    file = find_file_to_open(request.user, file_id, current_day())
    if file is None:
        raise Http404
    try:
        content = storages[EVIDENCE].open(file.stored_as)
    except FileNotFoundError as missing:
        logger.exception("Evidence file %s is not where it was put.", file.pk)
        raise Http404 from missing
    return FileResponse(
        content,
        as_attachment=True,
        filename=file.name,
        content_type=file.media_type,
        headers=SEALED,
    )
