"""The values that events are made of: marked free text, and figures."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeAlias

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
