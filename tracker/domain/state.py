"""What the rules need to remember of one recommendation: the fold of its stream, and no more.

Texts, names and history stay in the log and the read models; this is stored beside the stream's
version, so that a command costs the same at event 5 and at event 5,000.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from tracker.domain.vocabulary import (
    NOT_JUDGED,
    ActionStatus,
    Closure,
    Delivery,
    MeasureUnit,
    Response,
    Review,
    Role,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionState:
    accountable_id: int
    target_on: date
    status: ActionStatus = ActionStatus.OPEN
    slips: int = 0
    extension_asked_to: date | None = None
    has_update: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockerState:
    """A blocker that stands; a cleared one is forgotten."""

    action_id: UUID | None
    forecast_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What the recommendation rests on, in sorted order."""

    standards: tuple[str, ...] = ()
    key_questions: tuple[str, ...] = ()
    findings: tuple[int, ...] = ()
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationState:
    """Version 0 is the stream that does not exist yet."""

    version: int = 0
    inspection_id: int = 0
    provider_id: int = 0
    former_provider_ids: tuple[int, ...] = ()
    """Who answered before a transfer: their people stay no judges of it."""
    framework: str = ""
    published_on: date | None = None
    response_due_on: date | None = None
    withdrawn: bool = False
    basis: Basis = Basis()
    response: Response = Response.AWAITING
    delivery: Delivery = Delivery.NOT_STARTED
    review: Review = Review.NONE
    judgement: str = NOT_JUDGED
    closure: Closure | None = None
    left_open_at: int | None = None
    """The later inspection after which the inspector left it open; the last one named."""
    accountable_id: int | None = None
    last_said_on: date | None = None
    """The latest day the provider spoke of: what the review rhythm is counted from."""
    actions: Mapping[UUID, ActionState] = field(default_factory=dict)
    blockers: Mapping[UUID, BlockerState] = field(default_factory=dict)
    escalations: Mapping[UUID, Role] = field(default_factory=dict)
    """Unanswered escalations and whom they ask."""
    measures: Mapping[UUID, MeasureUnit] = field(default_factory=dict)
    evidence: Mapping[UUID, str] = field(default_factory=dict)
    """Evidence that stands, with its SHA-256."""
    recurrences: tuple[int, ...] = ()

    @property
    def provider_ids(self) -> frozenset[int]:
        """Every provider that answers or answered for it."""
        return frozenset({self.provider_id, *self.former_provider_ids})

    @property
    def is_open(self) -> bool:
        return self.version > 0 and self.closure is None and not self.withdrawn
