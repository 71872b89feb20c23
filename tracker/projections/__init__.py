"""From events to read models: inline with every append, or rebuilt from the log.

`sheet` holds one recommendation's rows in memory, `applying` changes them event by event,
`inline` does so with every append and `rebuilding` for whole streams. Both share every rule.
`attention` holds what desks ask by. `filling` rebuilds, after a migration, what a new read model
lacks.
"""

from tracker.projections.attention import dates_of
from tracker.projections.filling import fill_empty_tables, tables_are_there
from tracker.projections.inline import project
from tracker.projections.rebuilding import Difference, compare_stream, rebuild, rebuild_stream
from tracker.projections.sheet import state_of

__all__ = [
    "Difference",
    "compare_stream",
    "dates_of",
    "fill_empty_tables",
    "project",
    "rebuild",
    "rebuild_stream",
    "state_of",
    "tables_are_there",
]
