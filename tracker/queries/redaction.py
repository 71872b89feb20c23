"""Which texts of a recommendation's record could be deleted, exactly as they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain.events import free_text_names
from tracker.event_store import RecordedEvent
from tracker.queries.labels import spaced
from tracker.queries.permitted import Situation
from tracker.queries.timeline import TimelineEntry, timeline
from tracker.queries.wording import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Redactable:
    """An entry of the timeline, and every free text of it: all of them go, or none."""

    entry: TimelineEntry
    texts: tuple[Line, ...]


def redactable_entries(situation: Situation) -> Sequence[Redactable]:
    """Return the entries that hold free text, newest first."""
    entries = timeline(situation.recommendation.pk, visible=situation.visible)
    found = (
        Redactable(entry=each, texts=texts)
        for each in entries
        if (texts := deletable_texts(each.recorded))
    )
    return list(found)


def deletable_texts(recorded: RecordedEvent) -> tuple[Line, ...]:
    """Return what a redaction of the event would delete; nothing where it holds no free text."""
    event = recorded.event
    return tuple(
        Line(label=spaced(name), text=text)
        for name in free_text_names(type(event))
        if (text := getattr(event, name))
    )
