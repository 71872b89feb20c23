"""Who answers for a recommendation, and what the answer is."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from tracker.domain.vocabulary import Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    accountable_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Respond:
    response: Response
    reason: str = ""
    occurred_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseResponse:
    response: Response
    reason: str
    occurred_on: date | None = None


ResponseCommand: TypeAlias = Assign | Respond | ReviseResponse
