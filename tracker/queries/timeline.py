"""The story of one recommendation: its stream in plain words, newest first.

Corrections are shown as corrections, withdrawals as withdrawals, and removed text by the reason
of its removal; nothing is left out. The number of queries does not depend on the stream's length.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from inspections.govuk_dates import govuk_period, iso_period
from inspections.models import Recommendation
from tracker import event_store
from tracker.domain import events as e
from tracker.domain.vocabulary import KnownTo
from tracker.event_store import RecordedEvent
from tracker.models import Event, EvidenceFile
from tracker.queries.evidence_files import files_by_id
from tracker.queries.labels import label, role_label
from tracker.queries.names import names_for
from tracker.queries.wording import Line, Names, Wording, word


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """Who spoke, in which role, and for whom; "" where it was nobody else."""

    name: str
    role: str
    on_behalf_of: str
    prepared_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Another event of the same stream."""

    event_id: UUID
    version: int
    title: str
    occurred_on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """Why the text of an event is gone, who removed it, and the event that did."""

    code: str
    reason: str
    by: str
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedWith:
    """Another recommendation for which the same was said at once."""

    recommendation_id: int
    number: int
    addressed_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One event, ready to be shown.

    A line's text is None where words were deleted; `removal` says why when they were this event's
    own. `cites` is what the event corrects, withdraws or removes; `corrected` and `withdrawn` are
    the later events that did so to this one. `slip` counts the moves of one action's target date.
    `file` is what is kept of a file that was attached.
    """

    recorded: RecordedEvent
    title: str
    lines: tuple[Line, ...]
    by: Byline
    slip: int | None = None
    cites: Citation | None = None
    corrected: Citation | None = None
    withdrawn: Citation | None = None
    removal: Removal | None = None
    shared_with: tuple[SharedWith, ...] = ()
    file: EvidenceFile | None = None

    @property
    def event_id(self) -> UUID:
        return self.recorded.event_id

    @property
    def version(self) -> int:
        return self.recorded.version

    @property
    def occurred_on(self) -> date:
        return self.recorded.occurred_on

    @property
    def day_in_words(self) -> str:
        """The day it happened, or the month or year where no more is known."""
        return govuk_period(self.occurred_on, self._known_to)

    @property
    def day_for_machines(self) -> str:
        return iso_period(self.occurred_on, self._known_to)

    @property
    def _known_to(self) -> KnownTo:
        event = self.recorded.event
        return event.known_to if isinstance(event, e.RecommendationPublished) else KnownTo.DAY

    @property
    def recorded_at(self) -> datetime:
        return self.recorded.recorded_at

    @property
    def is_recorded_that_day(self) -> bool:
        return timezone.localdate(self.recorded_at) == self.occurred_on


def timeline(
    recommendation_id: int,
    *,
    visible: QuerySet[Recommendation],
    scale: Mapping[str, str] | None = None,
) -> tuple[TimelineEntry, ...]:
    """Return what happened to a recommendation, newest first by version.

    Whether the reader may see the recommendation is settled by the door that asks; `visible` are
    the recommendations that may be named as well. `scale` are the words of judgements, where the
    caller has them at hand.

    Raises:
        UnknownEvent: the stream holds an event of a later release.
    """
    stream = event_store.read_stream(recommendation_id)
    if not stream:
        return ()
    names = names_for(stream, visible, scale=scale)
    links = _linked(stream, names)
    shared = _shared(recommendation_id, visible)
    files = files_by_id(_file_id(each) for each in stream)
    entries = [
        replace(_entry(each, names, links, shared), file=files.get(_file_id(each) or NO_FILE))
        for each in stream
    ]
    return tuple(reversed(entries))


NO_FILE = UUID(int=0)


def _file_id(recorded: RecordedEvent) -> UUID | None:
    return recorded.event.file_id if isinstance(recorded.event, e.EvidenceAttached) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Links:
    """How the events of one stream speak of each other, by event id."""

    citations: dict[UUID, Citation] = field(default_factory=dict)
    cites: dict[UUID, Citation] = field(default_factory=dict)
    corrected: dict[UUID, Citation] = field(default_factory=dict)
    withdrawn: dict[UUID, Citation] = field(default_factory=dict)
    removals: dict[UUID, Removal] = field(default_factory=dict)


def _linked(stream: Sequence[RecordedEvent], names: Names) -> _Links:
    links = _Links()
    attached: dict[UUID, UUID] = {}
    for each in stream:
        citation = _citation(each, word(each.event, names))
        links.citations[each.event_id] = citation
        if isinstance(each.event, e.EvidenceAttached):
            attached[each.event.evidence_id] = each.event_id
        _link(links, citation, each, attached)
    return links


def _link(
    links: _Links, citation: Citation, recorded: RecordedEvent, attached: Mapping[UUID, UUID]
) -> None:
    event = recorded.event
    target: UUID | None = None
    if isinstance(event, e.ProgressUpdateCorrected):
        target = event.corrects
        links.corrected[target] = citation
    elif isinstance(event, e.EvidenceWithdrawn):
        target = attached.get(event.evidence_id)
        if target is not None:
            links.withdrawn[target] = citation
    elif isinstance(event, e.PersonalDataRedacted):
        target = event.redacts
        links.removals[target] = Removal(
            code=event.reason,
            reason=label(event.reason),
            by=recorded.actor_name,
            citation=citation,
        )
    if target in links.citations:
        links.cites[citation.event_id] = links.citations[target]


def _citation(recorded: RecordedEvent, wording: Wording) -> Citation:
    return Citation(
        event_id=recorded.event_id,
        version=recorded.version,
        title=wording.title,
        occurred_on=recorded.occurred_on,
        recorded_at=recorded.recorded_at,
    )


def _entry(
    recorded: RecordedEvent,
    names: Names,
    links: _Links,
    shared: Mapping[UUID, tuple[SharedWith, ...]],
) -> TimelineEntry:
    event, event_id = recorded.event, recorded.event_id
    wording = word(event, names)
    return TimelineEntry(
        recorded=recorded,
        title=wording.title,
        lines=wording.lines,
        by=_byline(recorded),
        slip=event.slip if isinstance(event, e.TargetDateExtended) else None,
        cites=links.cites.get(event_id),
        corrected=links.corrected.get(event_id),
        withdrawn=links.withdrawn.get(event_id),
        removal=links.removals.get(event_id),
        shared_with=() if recorded.version == 1 else shared.get(recorded.correlation_id, ()),
    )


def _byline(recorded: RecordedEvent) -> Byline:
    return Byline(
        name=recorded.actor_name,
        role=role_label(recorded.actor_role),
        on_behalf_of=recorded.on_behalf_of_name,
        prepared_by=recorded.prepared_by_name,
    )


def _shared(
    recommendation_id: int, visible: QuerySet[Recommendation]
) -> Mapping[UUID, tuple[SharedWith, ...]]:
    """Return the other recommendations that each command was given for, by correlation id.

    Version 1 is left out: every recommendation of a report is published by the same command.
    """
    said_here = Event.objects.filter(recommendation_id=recommendation_id, version__gt=1)
    said_elsewhere = (
        Event.objects.filter(correlation_id__in=said_here.values("correlation_id"), version__gt=1)
        .exclude(recommendation_id=recommendation_id)
        .filter(recommendation__in=visible)
        .values_list(
            "correlation_id",
            "recommendation_id",
            "recommendation__number",
            "recommendation__addressed_to",
        )
        .order_by("recommendation__number", "recommendation_id")
        .distinct()
    )
    shared: dict[UUID, tuple[SharedWith, ...]] = defaultdict(tuple)
    for correlation_id, other_id, number, addressed_to in said_elsewhere:
        other = SharedWith(recommendation_id=other_id, number=number, addressed_to=addressed_to)
        shared[correlation_id] += (other,)
    return shared
