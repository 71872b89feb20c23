"""Whether a person may fetch the export they asked for, asked anew each time."""

from datetime import date
from typing import Any

from inspections.access import visible_recommendations
from tracker.exchange.registry import EXPORTS
from tracker.models import ExchangeJob

NOT_YOURS = "It holds what you may not read any more, so it cannot be fetched; ask for it again."
LOST = "The file is not there any more; ask for it again."


def reason_against_fetching(job: ExchangeJob, person: Any, today: date) -> str:
    """Return why the file of the export is not to be had by the person today; "" where it is."""
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
