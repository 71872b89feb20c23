"""Which texts of a recommendation's record could be deleted, exactly as they stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.template.defaultfilters import pluralize

from inspections.groups import rows_of_group
from inspections.models import Recommendation
from tracker.domain.events import (
    Event,
    EvidenceAttached,
    RecommendationPublished,
    RecommendationWordingCorrected,
    free_text_names,
)
from tracker.event_store import RecordedEvent
from tracker.models import Event as EventRow
from tracker.models import ExportedRecommendation
from tracker.queries.labels import spaced
from tracker.queries.permitted import Situation
from tracker.queries.timeline import SharedWith, TimelineEntry, timeline
from tracker.queries.wording import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Another recommendation for which it was said; no event where it is deleted there already."""

    shared: SharedWith
    event_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redactable:
    """An entry of the timeline, and every free text of it: all of them go, or none."""

    entry: TimelineEntry
    texts: tuple[Line, ...]

    @property
    def goes_with_it(self) -> Sequence[str]:
        """What else is deleted, each in a sentence; see `services.redacting`."""
        return [*_beside(self.entry.recorded.event), *_exports(self.entry.recorded)]

    @property
    def elsewhere(self) -> Sequence[Elsewhere]:
        """Where the same was said at once: each text there is deleted there."""
        recorded = self.entry.recorded
        others = self._others()
        same = EventRow.objects.filter(
            correlation_id=recorded.correlation_id,
            type=recorded.type,
            recommendation__in=[each.recommendation_id for each in others],
            payload__isnull=False,
        )
        events = dict(same.order_by("-version").values_list("recommendation_id", "event_id"))
        return [
            Elsewhere(shared=each, event_id=events.get(each.recommendation_id)) for each in others
        ]

    def _others(self) -> Sequence[SharedWith]:
        """Return for whom it was said at once; a wording, to which other bodies it went."""
        recorded = self.entry.recorded
        if not isinstance(recorded.event, RecommendationPublished):
            return self.entry.shared_with
        own = Recommendation.objects.get(pk=recorded.recommendation_id)
        siblings = rows_of_group(own, Recommendation.objects.all())
        return [
            SharedWith(recommendation_id=pk, number=number, addressed_to=addressed_to)
            for pk, number, addressed_to in siblings.exclude(pk=own.pk)
            .order_by("pk")
            .values_list("pk", "number", "addressee__name")
        ]


def redactable_entries(situation: Situation) -> Sequence[Redactable]:
    """Return the entries that hold free text, newest first."""
    entries = timeline(situation.recommendation.pk, visible=situation.visible)
    found = (
        Redactable(entry=each, texts=texts)
        for each in entries
        if (texts := deletable_texts(each.recorded))
    )
    return list(found)


def _beside(event: Event) -> Iterator[str]:
    if isinstance(event, RecommendationPublished):
        yield "The wording in the inspection’s own record, with its lines of the report’s source."
        yield "Findings of the report that repeat it."
    elif isinstance(event, RecommendationWordingCorrected):
        yield "Every line of the report’s source, and every finding, that repeats this wording."
    elif isinstance(event, EvidenceAttached) and event.file_id is not None:
        yield "The file that was attached. Its hash stays."


def _exports(recorded: RecordedEvent) -> Iterator[str]:
    held = ExportedRecommendation.objects.filter(recommendation=recorded.recommendation_id)
    stored = held.exclude(job__stored_as="").count()
    if stored:
        yield f"{stored} stored export{pluralize(stored)} that may hold it, as a whole."


def deletable_texts(recorded: RecordedEvent) -> tuple[Line, ...]:
    """Return what a redaction of the event would delete; nothing where it holds no free text."""
    event = recorded.event
    return tuple(
        Line(label=spaced(name), text=text)
        for name in free_text_names(type(event))
        if (text := getattr(event, name))
    )
