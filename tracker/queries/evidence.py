"""The evidence of one recommendation, folded from the timeline that a page has at hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from tracker.domain import events as e
from tracker.domain.vocabulary import EvidenceKind
from tracker.queries.detail import WEB_ADDRESSES
from tracker.queries.said import Word, word_of
from tracker.queries.timeline import TimelineEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One piece. Texts are None once redacted; withdrawn evidence says why."""

    evidence_id: UUID
    action_id: UUID | None
    kind: EvidenceKind
    title: str | None
    location: str | None
    effective_on: date
    key_questions: tuple[str, ...]
    attached: Word
    withdrawn: Word | None = None

    @property
    def href(self) -> str | None:
        """Only a web address may become a link: any other scheme could run a script."""
        address = self.location or ""
        is_address = address.lower().startswith(WEB_ADDRESSES)
        stands = self.withdrawn is None and self.kind is EvidenceKind.LINK
        return address if stands and is_address else None


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
        key_questions=event.key_questions,
        attached=word_of(entry, ""),
    )
