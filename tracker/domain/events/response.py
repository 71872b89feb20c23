"""Who answers for a recommendation, and what the answer is."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias

from tracker.domain.events.values import FreeText
from tracker.domain.vocabulary import Response


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationAssigned:
    type: ClassVar[str] = "recommendation_assigned"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    accountable_id: int
    accountable_name: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseRecorded:
    type: ClassVar[str] = "response_recorded"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    response: Response
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseRevised:
    type: ClassVar[str] = "response_revised"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    response: Response
    reason: FreeText


ResponseEvent: TypeAlias = RecommendationAssigned | ResponseRecorded | ResponseRevised
