"""What the Inspectorate published and changed about it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias
from uuid import UUID

from tracker.domain.events.values import FreeText
from tracker.domain.vocabulary import KnownTo, Language, RedactionReason


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationPublished:
    """Version 1 of every stream. `response_due_on` is fixed here, whatever practice is later.

    It is None where no response is asked for. `known_to` says how exactly the day of publication is
    known; where that is a month or a year, `occurred_on` is its last day.
    """

    type: ClassVar[str] = "recommendation_published"
    schema_version: ClassVar[int] = 2
    occurred_on: date
    inspection_id: int
    provider_id: int
    number: int
    framework: str
    response_due_on: date | None
    known_to: KnownTo
    wording: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationWordingCorrected:
    type: ClassVar[str] = "recommendation_wording_corrected"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    language: Language
    wording: FreeText
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationBasisLinked:
    """The whole basis as it now stands: codes of standards, questions, themes; finding ids."""

    type: ClassVar[str] = "recommendation_basis_linked"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    standards: tuple[str, ...]
    key_questions: tuple[str, ...]
    findings: tuple[int, ...]
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationWithdrawn:
    type: ClassVar[str] = "publication_withdrawn"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationTransferred:
    """The addressee was merged or renamed: the successor answers from now on."""

    type: ClassVar[str] = "recommendation_transferred"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    from_provider_id: int
    to_provider_id: int
    reason: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalDataRedacted:
    """The free text of the event `redacts` was deleted; `payload_hash` is what remains of it."""

    type: ClassVar[str] = "personal_data_redacted"
    schema_version: ClassVar[int] = 1
    occurred_on: date
    redacts: UUID
    reason: RedactionReason
    payload_hash: str
    authority: FreeText


PublicationEvent: TypeAlias = (
    RecommendationPublished
    | RecommendationWordingCorrected
    | RecommendationBasisLinked
    | PublicationWithdrawn
    | RecommendationTransferred
    | PersonalDataRedacted
)
