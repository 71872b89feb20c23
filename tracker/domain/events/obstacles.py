"""What stands in the way, and who was asked to remove it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias
from uuid import UUID

from tracker.domain.events.values import FreeText
from tracker.domain.vocabulary import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockerRecorded:
    """What stands in the way of one action; without an action, of the whole recommendation."""

    type: ClassVar[str] = "blocker_recorded"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    blocker_id: UUID
    action_id: UUID | None
    forecast_on: date
    cause: FreeText
    controlled_by: FreeText
    risk_register_reference: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockerForecastRevised:
    type: ClassVar[str] = "blocker_forecast_revised"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    blocker_id: UUID
    previous_forecast_on: date
    forecast_on: date
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockerCleared:
    type: ClassVar[str] = "blocker_cleared"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    blocker_id: UUID
    note: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationRaised:
    type: ClassVar[str] = "escalation_raised"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    escalation_id: UUID
    addressed_to: Role
    reply_by: date
    asked: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationAnswered:
    type: ClassVar[str] = "escalation_answered"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    escalation_id: UUID
    answer: FreeText


ObstacleEvent: TypeAlias = (
    BlockerRecorded
    | BlockerForecastRevised
    | BlockerCleared
    | EscalationRaised
    | EscalationAnswered
)
