"""The only way to write: a command goes in, events come out, in one transaction.

Nothing here decides a rule; the domain does. Nothing here is sent or queued; reminders are rows
that a sweep finds. `executing` is the door, `carrying_out` what happens to each request.
`visits` notes when people came, beside the log.
"""

from tracker.services.executing import (
    execute,
    execute_together,
    open_streams,
)
from tracker.services.handing_over import hand_over_and_end
from tracker.services.request import (
    LONDON,
    KeyReused,
    Receipt,
    RecommendationNotFound,
)
from tracker.services.row_by_row import Outcome, Row, execute_each, keep_result
from tracker.services.visits import begin_visit, mark_seen

__all__ = [
    "LONDON",
    "KeyReused",
    "Outcome",
    "Receipt",
    "RecommendationNotFound",
    "Row",
    "begin_visit",
    "execute",
    "execute_each",
    "execute_together",
    "hand_over_and_end",
    "keep_result",
    "mark_seen",
    "open_streams",
]
