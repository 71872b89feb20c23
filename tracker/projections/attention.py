"""What calls for attention, as columns: the day something is due, a return, what is news.

The rules are the domain's; here they are laid down so that desks and lists can ask an index.
"""

from tracker.domain import events as e
from tracker.domain.day import Dates, due_on
from tracker.domain.vocabulary import Delivery, Response
from tracker.event_store import RecordedEvent
from tracker.models import RecommendationProgress


def dates_of(progress: RecommendationProgress) -> Dates:
    """Return what the day's questions rest on, from the read model."""
    return Dates(
        is_open=progress.is_open,
        response=Response(progress.response),
        delivery=Delivery(progress.delivery),
        published_on=progress.published_on,
        response_due_on=progress.response_due_on,
        next_target_on=progress.next_target_on,
        last_said_on=progress.last_said_on,
    )


def mirror_attention(progress: RecommendationProgress, recorded: RecordedEvent) -> None:
    """Bring the columns up to date with one event; the axes are so already."""
    progress.due_on = due_on(dates_of(progress))
    if isinstance(recorded.event, e.FurtherEvidenceRequested):
        progress.returned_on = recorded.event.occurred_on
    _mirror_news(progress, recorded)


def _mirror_news(progress: RecommendationProgress, recorded: RecordedEvent) -> None:
    """Keep the last event by anybody and the last by anybody else: news is what others did."""
    if recorded.version > 1 and progress.last_actor_id != recorded.actor_id:
        progress.others_position = progress.last_position
    progress.last_actor_id = recorded.actor_id
    progress.last_position = recorded.position
