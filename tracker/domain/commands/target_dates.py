"""The target dates of actions and how they move."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTargetDate:
    action_id: UUID
    target_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTargetDateExtension:
    action_id: UUID
    target_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideTargetDateExtension:
    action_id: UUID
    granted: bool
    reason: str


TargetDateCommand: TypeAlias = (
    MoveTargetDate | RequestTargetDateExtension | DecideTargetDateExtension
)
