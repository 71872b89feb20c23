"""What a decision may know besides the state: who asks, which day it is, what data say.

Services gather it; the domain only reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from tracker.domain.events import Event
from tracker.domain.vocabulary import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """Figures that are practice and may change; kept as data (domain.md marks them config)."""

    response_due_after_days: int = 28
    slips_decided_by_the_lead: int = 1
    region_hears_of_slips: bool = True
    review_rhythm_days: int = 31
    due_soon_days: int = 30
    judgement_scale: str = "progress-3"
    judgements: tuple[str, ...] = ("no_progress", "some_progress", "sufficient_progress")


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedEvent:
    """An event of the same stream that the command names, fetched by its key."""

    event_id: UUID
    event: Event
    redacted: bool
    payload_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file that was brought as evidence and is kept here; its values are facts of the store."""

    file_id: UUID
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """The moment of one command.

    `new_id` is the id that the first event will get; whatever the command creates (an action, a
    blocker, a measure, evidence) takes it. `members` maps the ids of the people with a current
    membership of the addressee to their names. `codes`, `findings` and `themes` are what the
    inspection's framework and report offer as a basis. `pointable_recommendations` are ids that a
    command may point to elsewhere: for `CarryForward` those of the provider's later inspections,
    for `ConfirmRecurrence` any published one. `inspected_again_at` is the latest published
    inspection of the provider after the one that made the recommendation. `successors` are
    providers it may be transferred to, `also_addressed` those who answer for the same
    recommendation of the report themselves. `file` is the file that the command
    names, where the actor or who prepared it brought it.
    """

    today: date
    actor_id: int
    role: Role
    new_id: UUID
    addressed_to_region: bool = False
    was_ever_member: bool = False
    has_spoken_for_hmpps: bool = False
    members: Mapping[int, str] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()
    findings: frozenset[int] = frozenset()
    themes: frozenset[str] = frozenset()
    pointable_recommendations: frozenset[int] = frozenset()
    inspected_again_at: int | None = None
    successors: frozenset[int] = frozenset()
    also_addressed: frozenset[int] = frozenset()
    cited: CitedEvent | None = None
    file: KeptFile | None = None
    practice: Practice = Practice()
