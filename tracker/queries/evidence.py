"""The evidence of one recommendation, folded from the timeline that a page has at hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils import timezone

from tracker.domain import events as e
from tracker.domain.vocabulary import EvidenceKind
from tracker.models import EvidenceFile
from tracker.queries.evidence_files import kind_and_size, standing_in_words
from tracker.queries.said import Word, word_of
from tracker.queries.timeline import TimelineEntry
from tracker.queries.wording import Line

WEB_ADDRESSES = ("https://", "http://")
CITED = ("Standards", "Key questions", "Findings", "Figure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One piece. Texts are None once redacted; withdrawn evidence says why.

    `location` is the address of a link, or the name of a file. `cites` is what it bears on, as the
    timeline words it. `effective_on` is the day it speaks of; when it came is in `attached`.
    """

    evidence_id: UUID
    action_id: UUID | None
    kind: EvidenceKind
    title: str | None
    location: str | None
    effective_on: date
    sha256: str
    file_in_words: str
    file: EvidenceFile | None
    cites: tuple[Line, ...]
    attached: Word
    received_on: date
    withdrawn: Word | None = None

    @property
    def href(self) -> str | None:
        """Only a web address may become a link: any other scheme could run a script."""
        address = self.location or ""
        is_address = address.lower().startswith(WEB_ADDRESSES)
        stands = self.withdrawn is None and self.kind is EvidenceKind.LINK
        return address if stands and is_address else None

    @property
    def is_file(self) -> bool:
        return self.kind is EvidenceKind.FILE

    @property
    def standing(self) -> str:
        """Return why the file cannot be opened, whoever asks; "" where it can be, or is a link."""
        return standing_in_words(self.file) if self.is_file else ""


def evidence_of(entries: Iterable[TimelineEntry]) -> Sequence[Evidence]:
    """Return the evidence in a timeline, the latest attached first."""
    found: dict[UUID, Evidence] = {}
    for entry in reversed(list(entries)):
        event = entry.recorded.event
        if isinstance(event, e.EvidenceAttached):
            found[event.evidence_id] = _attached(entry, event)
        elif isinstance(event, e.EvidenceWithdrawn):
            withdrawn = word_of(entry, event.reason)
            found[event.evidence_id] = replace(found[event.evidence_id], withdrawn=withdrawn)
    return list(reversed(found.values()))


def _attached(entry: TimelineEntry, event: e.EvidenceAttached) -> Evidence:
    return Evidence(
        evidence_id=event.evidence_id,
        action_id=event.action_id,
        kind=event.kind,
        title=event.title,
        location=event.location,
        effective_on=event.occurred_on,
        sha256=event.sha256,
        file_in_words=kind_and_size(event.media_type, event.size),
        file=entry.file,
        cites=tuple(line for line in entry.lines if line.label in CITED),
        attached=word_of(entry, ""),
        received_on=timezone.localdate(entry.recorded_at),
    )
