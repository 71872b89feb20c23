"""Which files a person may open, and why one cannot be opened, in words.

A file is open to whoever may read a recommendation for which it stands as evidence, once a scanner
has found it clean; and before that to whoever may read the draft that names it. Withdrawn evidence
stays open to the Inspectorate alone: nothing vanishes from under a judgement that rests on it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.template.defaultfilters import filesizeformat, pluralize

from inspections.access import memberships_of, visible_recommendations
from inspections.models import Recommendation
from tracker.domain.roles import INSPECTORATE
from tracker.evidence.drafted import is_named_in
from tracker.evidence.kinds import BY_MEDIA_TYPE
from tracker.models import EvidenceFile, EvidenceProgress
from tracker.queries.drafts import visible_drafts

OPENS_WITHDRAWN = INSPECTORATE
State = EvidenceFile.State
SOON_ENOUGH = timedelta(minutes=15)
NOT_YET = "It is being checked for viruses and can be opened when that is done."
NO_SCANNER = (
    "It cannot be opened yet: this service has no virus scanner. "
    "Ask whoever runs the service to connect one."
)
NO_ANSWER = (
    "It cannot be opened yet: the virus scanner does not answer. It is asked again by itself."
)
NOT_SCANNED = (
    "It cannot be opened: the virus scanner could not check it, and tries again tomorrow. "
    "Attach it in another format if it is needed before."
)
NOT_KEPT = "The file itself is not kept here."


def find_file_to_open(user: Any, file_id: UUID, today: date) -> EvidenceFile | None:
    """Return the file if `user` may open it on `today`; None where it is closed, or not theirs."""
    file = EvidenceFile.objects.filter(pk=file_id, state=State.CLEAN, gone_at=None).first()
    if file is None:
        return None
    drafts = visible_drafts(user, today)
    is_theirs = _is_evidence_for(user, file, today) or is_named_in(drafts, file)
    return file if is_theirs else None


def files_by_id(ids: Iterable[UUID | None]) -> Mapping[UUID, EvidenceFile]:
    """Return the rows of the files, by their ids; no query where there are none."""
    named = {each for each in ids if each is not None}
    return EvidenceFile.objects.in_bulk(named) if named else {}


def scans_of(recommendation: Recommendation) -> list[tuple[UUID, str]]:
    """Return how the files attached to the recommendation stand: for whoever keeps an answer."""
    attached = EvidenceProgress.objects.filter(recommendation=recommendation)
    files = EvidenceFile.objects.filter(pk__in=attached.values("file_id"))
    return list(files.values_list("pk", "state").order_by("pk"))


def scan_backlog(now: datetime) -> Iterator[str]:
    """Yield a sentence where files have waited for the virus scanner far too long."""
    unscanned = EvidenceFile.objects.exclude(state=State.CLEAN).filter(gone_at=None)
    count = unscanned.filter(brought_at__lt=now - SOON_ENOUGH).count()
    if count:
        waiting = f"{count} file{pluralize(count)} of evidence {pluralize(count, 'has,have')}"
        yield f"{waiting} not been scanned for viruses; see that EVIDENCE_SCANNER answers."


def standing_in_words(file: EvidenceFile | None) -> str:
    """Return why the file cannot be opened, and what to do; "" where it can be."""
    if file is None:
        return NOT_KEPT
    if file.state == State.INFECTED:
        return (
            f"A virus was found in it ({file.finding}), so it was deleted and nobody can open it. "
            "Withdraw this evidence and attach a clean copy."
        )
    if file.gone_at is not None:
        return f"It was deleted: {file.get_gone_because_display()}."
    if file.state == State.CLEAN:
        return ""
    return _waiting_in_words(file)


def kind_and_size(media_type: str | None, size: int | None) -> str:
    """Return "PDF document, 2.4 MB"."""
    kind = BY_MEDIA_TYPE.get(media_type or "")
    return ", ".join(
        filter(None, [kind.words if kind else "", filesizeformat(size) if size else ""])
    )


def _waiting_in_words(file: EvidenceFile) -> str:
    if file.state == State.FAILED:
        return NOT_SCANNED
    if not file.finding:
        return NOT_YET
    return NO_ANSWER if file.attempts else NO_SCANNER


def _is_evidence_for(user: Any, file: EvidenceFile, today: date) -> bool:
    readable = visible_recommendations(user, today)
    pieces = EvidenceProgress.objects.filter(file_id=file.pk, recommendation__in=readable)
    standing = list(pieces.values_list("is_withdrawn", flat=True))
    if not standing:
        return False
    held = memberships_of(user, today).filter(role__in=OPENS_WITHDRAWN)
    return not all(standing) or held.exists()
