"""From events to read models: inline with every append, or rebuilt from the log.

`sheet` holds one recommendation's rows in memory, `applying` changes them event by event,
`inline` does so with every append and `rebuilding` for whole streams. Both share every rule.
"""

from tracker.projections.inline import project
from tracker.projections.rebuilding import Difference, compare_stream, rebuild, rebuild_stream
from tracker.projections.sheet import state_of

__all__ = ["Difference", "compare_stream", "project", "rebuild", "rebuild_stream", "state_of"]
