"""What the database refuses, in SQL that SQLite and PostgreSQL both understand.

A condition may name the row at hand as OLD or NEW. An INSERT is guarded too, because INSERT OR
REPLACE passes UPDATE and DELETE triggers by, and because an event must follow the head.
"""

from dataclasses import dataclass

from tracker.domain.hash_chain import GENESIS

ALWAYS = "1 = 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Where `condition` holds for the row, the database says `sentence` and does nothing."""

    condition: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One trigger: before `deed` (INSERT, UPDATE or DELETE) on `table`."""

    name: str
    deed: str
    table: str
    refusals: tuple[Refusal, ...]


EVENT, PAYLOAD = "tracker_event", "tracker_eventpayload"

_REDACTION_EXISTS = """EXISTS (
    SELECT 1 FROM tracker_event AS redaction
    JOIN tracker_event AS redacted ON redacted.event_id = redaction.redacts
    WHERE redacted."position" = {row}.event_id AND redaction.type = 'personal_data_redacted')"""

_TAKEN = Refusal(
    condition="""EXISTS (SELECT 1 FROM tracker_event WHERE "position" = NEW."position")
    OR EXISTS (SELECT 1 FROM tracker_event WHERE event_id = NEW.event_id)
    OR EXISTS (SELECT 1 FROM tracker_event
        WHERE recommendation_id = NEW.recommendation_id AND version = NEW.version)""",
    sentence="The log is append-only: that position, version or event id is taken.",
)
_BESIDE_THE_HEAD = Refusal(
    condition=f"""NEW."position" <> 1 + coalesce(
        (SELECT max("position") FROM tracker_event), 0)
    OR NEW.previous_hash <> coalesce(
        (SELECT hash FROM tracker_event ORDER BY "position" DESC LIMIT 1), '{GENESIS}')""",  # noqa: S608 - constants
    sentence="An event must follow the head of the log: the next position, the hash of the last.",
)
_BESIDE_THE_STREAM = Refusal(
    condition=f"""NEW.version <> 1 + coalesce((SELECT max(version) FROM tracker_event
        WHERE recommendation_id = NEW.recommendation_id), 0)
    OR NEW.stream_previous_hash <> coalesce((SELECT hash FROM tracker_event
        WHERE recommendation_id = NEW.recommendation_id ORDER BY version DESC LIMIT 1),
        '{GENESIS}')""",  # noqa: S608 - constants
    sentence="An event must follow the last one of its recommendation: next version, its hash.",
)

RULES = (
    Rule(
        name="event_follows_the_head",
        deed="INSERT",
        table=EVENT,
        refusals=(_TAKEN, _BESIDE_THE_HEAD, _BESIDE_THE_STREAM),
    ),
    Rule(
        name="event_never_changed",
        deed="UPDATE",
        table=EVENT,
        refusals=(
            Refusal(
                condition=ALWAYS,
                sentence="The log is append-only: an event is never changed. "
                "Record a correction as a new event.",
            ),
        ),
    ),
    Rule(
        name="event_never_deleted",
        deed="DELETE",
        table=EVENT,
        refusals=(
            Refusal(
                condition=ALWAYS,
                sentence="The log is append-only: an event is never deleted. "
                "Redact its text, or record a new event.",
            ),
        ),
    ),
    Rule(
        name="payload_stored_once",
        deed="INSERT",
        table=PAYLOAD,
        refusals=(
            Refusal(
                condition="""EXISTS (
    SELECT 1 FROM tracker_eventpayload WHERE event_id = NEW.event_id)""",
                sentence="The text of this event was stored before and is never changed.",
            ),
            Refusal(
                condition=_REDACTION_EXISTS.format(row="NEW"),
                sentence="The text of this event was redacted and is never stored again.",
            ),
        ),
    ),
    Rule(
        name="payload_never_changed",
        deed="UPDATE",
        table=PAYLOAD,
        refusals=(
            Refusal(
                condition=ALWAYS,
                sentence="The text of an event is never changed. "
                "Record a correction as a new event.",
            ),
        ),
    ),
    Rule(
        name="payload_deleted_by_redaction_only",
        deed="DELETE",
        table=PAYLOAD,
        refusals=(
            Refusal(
                condition=f"NOT {_REDACTION_EXISTS.format(row='OLD')}",
                sentence="The text of an event is deleted by a redaction only. "
                "Append the redaction first.",
            ),
        ),
    ),
)

NEVER_EMPTIED = "The log is append-only: it is never emptied."
