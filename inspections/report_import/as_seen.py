"""Holds a draft fast while something is done to it, as somebody saw it.

Whoever saves, shares or publishes decides about the values that were on the page. What another
person stored since, were it a moment before, is shown first.
"""

from inspections.models import Inspection
from inspections.report_import.refusals import ImportRefused
from inspections.report_import.sheet import digest_of, sheet_of

CHANGED = (
    "Somebody changed this draft since you opened the page, so nothing was done. Look at it as it "
    "is now, then go on."
)


class ChangedMeanwhile(ImportRefused):
    """The values are no longer those that were seen."""

    def __init__(self) -> None:
        super().__init__(CHANGED)


def hold_as_seen(inspection: Inspection, seen: str) -> None:
    """Lock the inspection until the transaction ends, if its values are those with that digest.

    Raises: ChangedMeanwhile.
    """
    fresh = Inspection.objects.select_for_update().get(pk=inspection.pk)
    if digest_of(sheet_of(fresh)) != seen:
        raise ChangedMeanwhile
