"""The planned actions, their owners and their target dates."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias
from uuid import UUID

from tracker.domain.events.values import FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlanned:
    """`delivered_by` names a body or post in words: partners have no login."""

    type: ClassVar[str] = "action_planned"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    action_id: UUID
    accountable_id: int
    target_on: date
    description: FreeText
    accountable_name: FreeText
    delivered_by: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionOwnerChanged:
    type: ClassVar[str] = "action_owner_changed"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    action_id: UUID
    accountable_id: int
    accountable_name: FreeText
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionReportedComplete:
    type: ClassVar[str] = "action_reported_complete"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    action_id: UUID
    note: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionReopened:
    type: ClassVar[str] = "action_reopened"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    action_id: UUID
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionWithdrawn:
    type: ClassVar[str] = "action_withdrawn"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    action_id: UUID
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetDateExtended:
    """The `slip`-th move of an action's date; `decided` when somebody above granted it."""

    type: ClassVar[str] = "target_date_extended"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    action_id: UUID
    previous_target_on: date
    target_on: date
    slip: int
    decided: bool
    tells_region: bool
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetDateExtensionRequested:
    type: ClassVar[str] = "target_date_extension_requested"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    action_id: UUID
    target_on: date
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetDateExtensionDeclined:
    type: ClassVar[str] = "target_date_extension_declined"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    action_id: UUID
    target_on: date
    reason: FreeText


ActionEvent: TypeAlias = (
    ActionPlanned
    | ActionOwnerChanged
    | ActionReportedComplete
    | ActionReopened
    | ActionWithdrawn
    | TargetDateExtended
    | TargetDateExtensionRequested
    | TargetDateExtensionDeclined
)
