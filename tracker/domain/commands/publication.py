"""What the Inspectorate published and changed about it."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

from tracker.domain.vocabulary import KnownTo, Language, RedactionReason


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishRecommendation:
    """Open the stream; given by publishing the inspection, never by a form.

    Of an inspection that a later one has followed, or that is typed in to be on record, no
    response is asked for.
    """

    inspection_id: int
    provider_id: int
    number: int
    framework: str
    published_on: date
    wording: str
    known_to: KnownTo = KnownTo.DAY
    asks_response: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectWording:
    wording: str
    reason: str
    language: Language = Language.ENGLISH


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkBasis:
    """State the whole basis anew; what is left out is no longer linked."""

    standards: tuple[str, ...] = ()
    key_questions: tuple[str, ...] = ()
    findings: tuple[int, ...] = ()
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawPublication:
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRecommendation:
    to_provider_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactPersonalData:
    event_id: UUID
    reason: RedactionReason
    authority: str = ""


PublicationCommand: TypeAlias = (
    PublishRecommendation
    | CorrectWording
    | LinkBasis
    | WithdrawPublication
    | TransferRecommendation
    | RedactPersonalData
)
