"""The values that events are made of: marked free text, and figures."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated, Any, TypeAlias, get_args, get_type_hints

FREE_TEXT = "free text"
FreeText: TypeAlias = Annotated[str | None, FREE_TEXT]
"""Deletable text: "" where nothing was said, None once redacted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureValue:
    """A figure: `n` of `m` cases, a plain `number` (decimal text, no floats), or a date `on`."""

    n: int | None = None
    m: int | None = None
    number: str | None = None
    on: date | None = None


def free_text_names(event_class: type[Any]) -> tuple[str, ...]:
    """Return the names of the class's fields whose text can be deleted, in their order."""
    hints = get_type_hints(event_class, include_extras=True)
    names = (field.name for field in fields(event_class))
    return tuple(name for name in names if FREE_TEXT in get_args(hints[name]))
