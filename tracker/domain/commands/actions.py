"""The planned actions, their owners and their target dates."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAction:
    description: str
    accountable_id: int
    delivered_by: str
    target_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeActionOwner:
    action_id: UUID
    accountable_id: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportActionComplete:
    action_id: UUID
    note: str = ""
    occurred_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenAction:
    action_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawAction:
    action_id: UUID
    reason: str


ActionCommand: TypeAlias = (
    PlanAction | ChangeActionOwner | ReportActionComplete | ReopenAction | WithdrawAction
)
