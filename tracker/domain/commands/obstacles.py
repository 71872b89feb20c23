"""What stands in the way, and who was asked to remove it."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

from tracker.domain.vocabulary import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBlocker:
    cause: str
    controlled_by: str
    forecast_on: date
    action_id: UUID | None = None
    risk_register_reference: str = ""
    occurred_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseBlockerForecast:
    blocker_id: UUID
    forecast_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearBlocker:
    blocker_id: UUID
    note: str = ""
    occurred_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseEscalation:
    addressed_to: Role
    asked: str
    reply_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerEscalation:
    escalation_id: UUID
    answer: str


ObstacleCommand: TypeAlias = (
    RecordBlocker | ReviseBlockerForecast | ClearBlocker | RaiseEscalation | AnswerEscalation
)
