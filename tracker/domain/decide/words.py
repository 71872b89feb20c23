"""Free text on its way into the log: trimmed, readable, said where it is needed, of bounded length.

The only place in the rules that looks at words, and only while a command is decided.
"""

import re

from tracker.domain.rejection import CommandRejected

LONG = 10_000
BRIEF = 2_000
"""For the second text of an event: both together must fit the log's 64 kB."""
SHORT = 300
LINE_BREAK = re.compile(r"\r\n?|[\v\f]")
UNREADABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


def needed(text: str, *, field: str, what: str, limit: int = LONG) -> str:
    """Return the text trimmed; `what` completes "say …" in the refusal of a blank one.

    Raises: CommandRejected (text_missing, text_too_long, text_unreadable).
    """
    trimmed = optional(text, field=field, limit=limit)
    if not trimmed:
        raise CommandRejected(
            f"Nothing was saved, because a text is missing; say {what}, then try again.",
            code="text_missing",
            field=field,
        )
    return trimmed


def optional(text: str, *, field: str, limit: int = LONG) -> str:
    """Return the text trimmed, with plain line breaks; "" where nothing visible was said.

    Raises: CommandRejected (text_too_long, text_unreadable).
    """
    trimmed = LINE_BREAK.sub("\n", text).strip()
    if UNREADABLE.search(trimmed):
        raise CommandRejected(
            "The text holds characters that cannot be stored; type them anew, then try again.",
            code="text_unreadable",
            field=field,
        )
    if len(trimmed) > limit:
        raise CommandRejected(
            f"The text has {len(trimmed):,} characters; shorten it to {limit:,} or fewer.",
            code="text_too_long",
            field=field,
        )
    visible = any(character.isprintable() and not character.isspace() for character in trimmed)
    return trimmed if visible else ""
