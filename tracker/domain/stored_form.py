"""Events as they lie in the log: facts apart from deletable free text, both canonical JSON.

The only place that knows how an event becomes text and comes back. The text is hashed, so its
form is permanent: keys sorted, no spaces, no floats, UTF-8.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, get_args, get_type_hints

import msgspec

from tracker.domain.events import FREE_TEXT, Event
from tracker.domain.upcasters import Texts, UnknownEvent, Values, upcast

MAX_BYTES = 64 * 1024

EVENT_CLASSES: Mapping[str, type[Event]] = {cls.type: cls for cls in get_args(Event)}


def _free_text_fields(cls: type[Event]) -> frozenset[str]:
    hints = get_type_hints(cls, include_extras=True)
    marks = {field.name: getattr(hints[field.name], "__metadata__", ()) for field in fields(cls)}
    return frozenset(name for name, metadata in marks.items() if FREE_TEXT in metadata)


FREE_TEXT_FIELDS: Mapping[str, frozenset[str]] = {
    type_: _free_text_fields(cls) for type_, cls in EVENT_CLASSES.items()
}
"""By event type, the names of the fields that hold deletable text."""


class NotStorable(ValueError):  # noqa: N818 - a refusal with a sentence for the user
    """The event cannot be kept as it is; the sentence says what to change."""


def split(event: Event) -> tuple[dict[str, object], dict[str, str]]:
    """Return the event's facts and its free texts as builtins, `occurred_on` in neither.

    Raises:
        NotStorable: a text is missing, or the event would not read back the same.
    """
    values: dict[str, Any] = msgspec.to_builtins(event)
    del values["occurred_on"]
    texts = {name: values.pop(name) for name in FREE_TEXT_FIELDS[event.type]}
    missing = [name for name, text in texts.items() if text is None]
    if missing:
        raise NotStorable(f"A new {event.type} needs the text {missing[0]!r}; it may be empty.")
    _refuse_a_changed_copy(event, values, texts)
    return values, texts


def facts_json(facts: Mapping[str, object]) -> str:
    """Return the facts as canonical JSON.

    Raises:
        NotStorable: see `canonical_json`.
    """
    return canonical_json(facts)


def texts_json(texts: Mapping[str, str]) -> str:
    """Return the free texts as canonical JSON.

    Raises:
        NotStorable: see `canonical_json`.
    """
    return canonical_json(texts)


def canonical_json(values: Mapping[str, object]) -> str:
    """Return JSON with sorted keys and no spaces, at most 64 kB in UTF-8.

    Raises:
        NotStorable: a float, a NUL, half a character (a lone surrogate), or more than 64 kB.
    """
    for leaf in _leaves(values):
        if isinstance(leaf, float):
            raise NotStorable(f"{leaf} is a float; store a whole number or decimal text.")
        if isinstance(leaf, str) and "\x00" in leaf:
            raise NotStorable("The text holds a NUL character. Remove it and try again.")
    text = json.dumps(
        values, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    _refuse_unstorable_bytes(text)
    return text


def restore(
    *,
    type: str,  # noqa: A002 - the name of the column
    schema_version: int,
    facts: str,
    texts: str | None,
    occurred_on: date,
) -> Event:
    """Return the event in its newest shape; free text is None where `texts` is None (redacted).

    Raises:
        UnknownEvent: this release knows no such type or schema version.
        msgspec.ValidationError: the stored values do not fit the class.
    """
    cls = EVENT_CLASSES.get(type)
    if cls is None:
        raise UnknownEvent(type, schema_version)
    stored_facts, stored_texts = upcast(
        json.loads(facts),
        None if texts is None else json.loads(texts),
        stored=(type, schema_version),
        newest=cls.schema_version,
    )
    return _build(cls, stored_facts, stored_texts, occurred_on)


def _build(cls: type[Event], facts: Values, texts: Texts | None, occurred_on: date) -> Event:
    if texts is None:
        texts = dict.fromkeys(FREE_TEXT_FIELDS[cls.type])
    values = {**facts, **texts, "occurred_on": occurred_on}
    strange = values.keys() - {field.name for field in fields(cls)}
    if strange:  # msgspec would drop them without a word
        raise msgspec.ValidationError(f"{cls.type} has no field {sorted(strange)[0]!r}")
    event: Event = msgspec.convert(values, cls)
    return event


def _refuse_a_changed_copy(event: Event, facts: Values, texts: dict[str, str]) -> None:
    try:
        copy = _build(type(event), facts, dict(texts), event.occurred_on)
    except msgspec.ValidationError as error:
        raise NotStorable(f"This {event.type} holds a value of the wrong kind: {error}") from error
    if copy != event:
        raise NotStorable(f"This {event.type} would not read back as it was given.")


def _refuse_unstorable_bytes(text: str) -> None:
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise NotStorable(
            "The text holds half a character. Type it again rather than pasting it."
        ) from None
    if size > MAX_BYTES:
        raise NotStorable(
            "The text is longer than 64 kB. Shorten it, or attach the rest as evidence."
        )


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield value
