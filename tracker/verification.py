"""Recomputes the whole log from its stored bytes and names the first place that does not hold.

It finds what was changed, deleted, moved or put in between. That the end of the log was cut off,
or everything was hashed anew, only a checkpoint kept elsewhere can show.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Subquery

from tracker.domain.events import PersonalDataRedacted
from tracker.domain.hash_chain import EVENT_COLUMNS, GENESIS, event_hash, payload_hash
from tracker.event_store import Head
from tracker.models import Event, EventPayload

CHUNK = 1000
BEFORE_ALL = -(2**63)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How many events hold, up to which head; `broken_position` and `fault` of the first not to."""

    checked: int
    head: Head
    broken_position: int | None = None
    fault: str = ""

    @property
    def holds(self) -> bool:
        return self.broken_position is None


class _Broken(Exception):  # noqa: N818 - ends the walk
    def __init__(self, position: int, fault: str) -> None:
        super().__init__(fault)
        self.position = position
        self.fault = f"#{position} {fault}"


def verify_log(
    *, chunk: int = CHUNK, on_progress: Callable[[int], None] = lambda _: None
) -> Verdict:
    """Verify every event, link, text and redaction; tell `on_progress` the count now and then.

    Memory grows with the number of recommendations, not of events.
    """
    walk = _Walk()
    try:
        for rows in _chunks(chunk):
            for row in rows:
                walk.step(row)
            on_progress(walk.position)
        _refuse_repeated_ids()
        _refuse_texts_without_event()
    except _Broken as broken:
        return Verdict(
            checked=walk.position,
            head=walk.head,
            broken_position=broken.position,
            fault=broken.fault,
        )
    return Verdict(checked=walk.position, head=walk.head)


@dataclass(slots=True, kw_only=True)
class _Walk:
    """What is known of the events so far: where the log and each stream of it end."""

    position: int = 0
    hash: str = GENESIS
    recorded_at: Any = None
    streams: dict[int, tuple[int, str]] = field(default_factory=dict)

    @property
    def head(self) -> Head:
        return Head(position=self.position, hash=self.hash)

    def step(self, row: Row) -> None:
        """Take the next event.

        Raises:
            _Broken: it does not hold.
        """
        if row["position"] != self.position + 1:
            raise _Broken(self.position + 1, "is missing.")
        fault = self._fault_in_chain(row) or self._fault_in_stream(row) or _fault_in_text(row)
        if fault:
            raise _Broken(row["position"], fault)
        self.position, self.hash = row["position"], row["hash"]
        self.recorded_at = row["recorded_at"]
        self.streams[row["recommendation_id"]] = (row["version"], row["hash"])

    def _fault_in_chain(self, row: Row) -> str:
        if row["previous_hash"] != self.hash:
            return "does not carry the hash of the event before it; one of the two was changed."
        if row["hash"] != event_hash(row):
            return "was changed: its hash does not fit its columns."
        if self.recorded_at and row["recorded_at"] < self.recorded_at:
            return "was recorded before the event that precedes it."
        return ""

    def _fault_in_stream(self, row: Row) -> str:
        version, last_hash = self.streams.get(row["recommendation_id"], (0, GENESIS))
        if row["version"] != version + 1:
            return f"has version {row['version']} where {version + 1} of its stream is due."
        if row["stream_previous_hash"] != last_hash:
            return "does not carry the hash of the event before it in its stream."
        return ""


def _fault_in_text(row: Row) -> str:
    is_redacted = row["redacted_in"] == row["recommendation_id"]
    if row["body"] is None:
        return "" if is_redacted else "has lost its text, and no redaction names it."
    if is_redacted:
        return "is redacted, but its text is still there."
    if row["payload_hash"] != payload_hash(salt=row["salt"], body=row["body"]):
        return "has another text than the one that was recorded."
    return ""


def _chunks(size: int) -> Iterator[list[Row]]:
    after = BEFORE_ALL
    while rows := _read(after, size):
        yield rows
        after = rows[-1]["position"]


def _read(after: int, size: int) -> list[Row]:
    # Which stream it is of is compared in Python: asked here, SQLite would search whole streams.
    redactions = Event.objects.filter(
        redacts=OuterRef("event_id"),
        type=PersonalDataRedacted.type,
        position__gt=OuterRef("position"),
    )
    events = Event.objects.filter(position__gt=after).order_by("position")
    rows = events.values(
        *EVENT_COLUMNS,
        "hash",
        salt=F("payload__salt"),
        body=F("payload__body"),
        redacted_in=Subquery(redactions.order_by().values("recommendation")[:1]),
    )[:size]
    try:
        return list(rows)
    except ValueError as error:
        if size > 1:  # SQLite takes any value in any column: come closer to the one at fault
            return _read(after, size // 2)
        raise _Broken(max(after, 0) + 1, "cannot be read: a column holds no such value.") from error


def _refuse_repeated_ids() -> None:
    ids = Event.objects.values("event_id").annotate(times=Count("position"), last=Max("position"))
    last = ids.filter(times__gt=1).order_by("last").values_list("last", flat=True).first()
    if last is not None:
        raise _Broken(last, "repeats the id of an earlier event.")


def _refuse_texts_without_event() -> None:
    events = Event.objects.filter(position=OuterRef("event_id"))
    orphan = EventPayload.objects.filter(~Exists(events)).order_by("event_id").first()
    if orphan is not None:
        raise _Broken(orphan.event_id, "has a text but no event.")
