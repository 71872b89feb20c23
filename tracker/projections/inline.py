"""The read models of one stream, kept in step inside the transaction that appends to it."""

from collections.abc import Sequence

from tracker.domain.state import RecommendationState
from tracker.event_store import RecordedEvent
from tracker.models import RecommendationProgress
from tracker.projections.applying import apply
from tracker.projections.rebuilding import rebuild_stream
from tracker.projections.sheet import Sheet, blank_sheet, state_of


def project(
    *,
    recommendation_id: int,
    progress: RecommendationProgress | None,
    recorded: Sequence[RecordedEvent],
) -> RecommendationState:
    """Apply events just appended to the read models; return the state they lead to.

    `progress` is the row as it stood before, None for a new stream. After a redaction the whole
    stream is read again, for the text that is gone may stand in any row.
    """
    if progress is None:
        sheet = blank_sheet(recommendation_id)
    else:
        sheet = Sheet(recommendation_id, progress, state_of(progress), is_stored=True)
    for each in recorded:
        apply(sheet, each)
    sheet.save()
    if any(each.redacts for each in recorded):
        rebuild_stream(recommendation_id)
    return sheet.state
