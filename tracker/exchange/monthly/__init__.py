"""The monthly round trip: one's open actions go out as a sheet, and come back filled in.

`sheet` says which columns there are, `exporting` fills the sheet, `reading` takes it apart again,
`figures` understands what people type for a figure, `surroundings` looks up what a batch of rows is
about, `planning` says what each row would do.
"""

from tracker.exchange.monthly.exporting import OpenActions
from tracker.exchange.monthly.importing import MonthlyUpdates

__all__ = ["MonthlyUpdates", "OpenActions"]
