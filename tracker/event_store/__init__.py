"""The only door to the log: `append` writes, the readers read, nothing else touches the tables.

No rule lives here and no reader's view: deciding is the domain's, who may see what is `queries`'.
"""

from tracker.event_store.appending import append, lock_the_log, refusing_when_busy
from tracker.event_store.reading import (
    fetch,
    head,
    read_feed,
    read_kinds,
    read_later,
    read_request,
    read_stream,
)
from tracker.event_store.records import (
    AlreadyRecorded,
    Envelope,
    Head,
    LogBusy,
    NothingToRedact,
    RecordedEvent,
    StaleVersion,
    StoredEvent,
)

__all__ = [
    "AlreadyRecorded",
    "Envelope",
    "Head",
    "LogBusy",
    "NothingToRedact",
    "RecordedEvent",
    "StaleVersion",
    "StoredEvent",
    "append",
    "fetch",
    "head",
    "lock_the_log",
    "read_feed",
    "read_kinds",
    "read_later",
    "read_request",
    "read_stream",
    "refusing_when_busy",
]
