"""Turns stored shapes of events into today's. Nothing here ever changes what is stored.

When an event class changes shape, raise its `schema_version` and add here, for ever, the step
from the version before. Facts and texts are turned apart, so that facts cannot come to depend on
text that a redaction removes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Values: TypeAlias = dict[str, object]
Texts: TypeAlias = dict[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcaster:
    """One step from a schema version to the next; what is not named stays as it is."""

    facts: Callable[[Values], Values] = lambda facts: facts
    texts: Callable[[Texts], Texts] = lambda texts: texts


UPCASTERS: Mapping[tuple[str, int], Upcaster] = {
    # Before files were kept here, evidence was a link or lay elsewhere.
    ("evidence_attached", 1): Upcaster(facts=lambda facts: {**facts, "file_id": None}),
    # Before older inspections were put on record, every day was known.
    ("recommendation_published", 1): Upcaster(facts=lambda facts: {**facts, "known_to": "day"}),
}
"""By stored type and the schema version the step starts from."""


class UnknownEvent(Exception):  # noqa: N818 - it names what was met, and stops the reader
    """The log holds an event that this release cannot read."""

    def __init__(self, type_: str, schema_version: int) -> None:
        super().__init__(
            f"This release does not know the event {type_!r} in schema version {schema_version}. "
            "Install the release that wrote it, or a newer one."
        )


def upcast(
    facts: Values,
    texts: Texts | None,
    *,
    stored: tuple[str, int],
    newest: int,
) -> tuple[Values, Texts | None]:
    """Bring facts and texts of `stored` (type, schema version) to the newest version.

    Raises:
        UnknownEvent: the version is newer than ours, or a step is missing.
    """
    type_, first = stored
    if first > newest:
        raise UnknownEvent(type_, first)
    for version in range(first, newest):
        step = UPCASTERS.get((type_, version))
        if step is None:
            raise UnknownEvent(type_, first)
        facts = step.facts(facts)
        texts = None if texts is None else step.texts(texts)
    return facts, texts
