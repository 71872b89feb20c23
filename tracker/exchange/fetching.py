"""Whether a person may fetch the export they asked for, asked anew each time."""

from datetime import date
from typing import Any

from inspections.access import visible_recommendations
from tracker.exchange.registry import EXPORTS
from tracker.models import ExchangeJob

NOT_YOURS = "It holds what you may not read any more, so it cannot be fetched; ask for it again."
NOT_MADE = "It is not made yet; look at its page in a moment."
LOST = "The file is not there any more; ask for it again."


def reason_against_fetching(job: ExchangeJob, person: Any, today: date) -> str:
    """Return why the file of the export is not to be had by the person today; "" where it is."""
    if job.direction != ExchangeJob.Direction.EXPORT or job.state != ExchangeJob.State.DONE:
        return NOT_MADE  # a file that was brought in, or what an attempt left that broke off
    if not job.stored_as:
        return job.file_gone_because or LOST
    kind = EXPORTS.get(job.kind)
    if kind is None or not kind.may_export(person, job.parameters, today):
        return NOT_YOURS
    held = job.held.count()
    readable = visible_recommendations(person, today).filter(
        pk__in=job.held.values("recommendation")
    )
    return "" if readable.count() == held else NOT_YOURS
