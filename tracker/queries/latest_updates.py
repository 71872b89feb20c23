"""The last thing that was said about each action, as it reads now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tracker import event_store
from tracker.domain import events as e
from tracker.event_store import RecordedEvent

TYPES = ("progress_update_recorded", "progress_update_corrected")


@dataclass(frozen=True, slots=True)
class Update:
    """`text` is None where its words were deleted."""

    occurred_on: date
    text: str | None


def latest_updates(recommendation_ids: Collection[int]) -> Mapping[UUID, Update]:
    """Map actions of the recommendations to the last update about each; one query.

    The last is that of the latest day; a correction takes the place of what it corrects.
    """
    updates: dict[UUID, tuple[UUID, Update]] = {}
    for recorded in event_store.read_kinds(recommendation_ids, TYPES):
        event = recorded.event
        assert isinstance(event, e.ProgressUpdateRecorded | e.ProgressUpdateCorrected)  # noqa: S101
        if event.action_id is not None:
            _note(updates, event.action_id, recorded, event)
    return {action_id: update for action_id, (_, update) in updates.items()}


def _note(
    updates: dict[UUID, tuple[UUID, Update]],
    action_id: UUID,
    recorded: RecordedEvent,
    event: e.ProgressUpdateRecorded | e.ProgressUpdateCorrected,
) -> None:
    is_first = isinstance(event, e.ProgressUpdateRecorded)
    update_id = (
        event.corrects if isinstance(event, e.ProgressUpdateCorrected) else recorded.event_id
    )
    known = updates.get(action_id)
    is_shown = known is not None and known[0] == update_id
    is_later = known is None or event.occurred_on >= known[1].occurred_on
    if is_shown or (is_first and is_later):
        updates[action_id] = (update_id, Update(event.occurred_on, event.text))
