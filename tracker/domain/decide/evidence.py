"""Rules of evidence: a file or a link with its hash, dated, citing what it bears on."""

import re
from typing import assert_never
from urllib.parse import urlsplit

from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.circumstances import Circumstances, KeptFile
from tracker.domain.decide.days import past_or_today
from tracker.domain.decide.figures import in_any_unit
from tracker.domain.decide.subjects import offered, unwithdrawn_action
from tracker.domain.decide.words import SHORT, needed
from tracker.domain.rejection import CommandRejected
from tracker.domain.state import RecommendationState
from tracker.domain.vocabulary import Delivery, EvidenceKind

LONGEST_LOCATION = 2_000
SHA256 = re.compile(r"[0-9a-f]{64}")
MEDIA_TYPE = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,100}")


def decide_evidence(
    command: c.EvidenceCommand, state: RecommendationState, circumstances: Circumstances
) -> tuple[e.Event, ...]:
    match command:
        case c.AttachEvidence():
            return (_attach(command, state, circumstances),)
        case c.WithdrawEvidence():
            return (_withdraw(command, state, circumstances),)
        case _:
            assert_never(command)


def _attach(
    command: c.AttachEvidence, state: RecommendationState, circumstances: Circumstances
) -> e.EvidenceAttached:
    if command.action_id is not None:
        unwithdrawn_action(state, command.action_id)
    sha256, size, media_type = _sha256(command), _size(command), _media_type(command)
    _require_kept(command, (sha256, size, media_type), circumstances.file)
    today, codes = circumstances.today, circumstances.codes
    figure = command.figure
    return e.EvidenceAttached(
        occurred_on=past_or_today(command.effective_on, today=today, field="effective_on"),
        evidence_id=circumstances.new_id,
        kind=command.kind,
        file_id=command.file_id,
        sha256=sha256,
        size=size,
        media_type=media_type,
        action_id=command.action_id,
        standards=offered(command.standards, codes, field="standards", what="standards"),
        key_questions=offered(
            command.key_questions, codes, field="key_questions", what="key questions"
        ),
        findings=offered(
            command.findings, circumstances.findings, field="findings", what="findings"
        ),
        figure=figure and in_any_unit(figure, field="figure"),
        title=needed(command.title, field="title", what="what the evidence is", limit=SHORT),
        location=_location(command),
    )


def _require_kept(
    command: c.AttachEvidence, said: tuple[str, int | None, str | None], kept: KeptFile | None
) -> None:
    """A file is the one that lies here, and nothing is said of it but what it is."""
    if command.kind is EvidenceKind.LINK and command.file_id is None:
        return
    if command.kind is EvidenceKind.LINK:
        raise CommandRejected(
            "Evidence is a file or a link, not both; attach them as two pieces of evidence.",
            code="file_and_link",
            field="file_id",
        )
    if kept is None or kept.file_id != command.file_id:
        raise CommandRejected(
            "The file is not kept here any more; choose it once more.",
            code="file_unknown",
            field="file_id",
        )
    if said != (kept.sha256, kept.size, kept.media_type):
        raise CommandRejected(
            "The file is not the one that was described; choose it once more.",
            code="file_differs",
            field="file_id",
        )


def _location(command: c.AttachEvidence) -> str:
    """A link leads to a web page; where a file lies is the file store's own affair."""
    location = needed(
        command.location, field="location", what="where it is found", limit=LONGEST_LOCATION
    )
    if command.kind is EvidenceKind.LINK and not _is_web_address(location):
        raise CommandRejected(
            "This is not a web address; give one that starts with https:// or http://.",
            code="link_not_web",
            field="location",
        )
    return location


def _is_web_address(location: str) -> bool:
    try:
        address = urlsplit(location)
        host = address.hostname
    except ValueError:
        return False
    has_gap = any(character.isspace() for character in location)
    return address.scheme in {"http", "https"} and bool(host) and not has_gap


def _sha256(command: c.AttachEvidence) -> str:
    sha256 = command.sha256.strip().lower()
    if not SHA256.fullmatch(sha256):
        raise CommandRejected(
            "The SHA-256 is not 64 hexadecimal digits; attach the file or link once more.",
            code="hash_malformed",
            field="sha256",
        )
    return sha256


def _size(command: c.AttachEvidence) -> int | None:
    if command.size is not None and command.size < 1:
        raise CommandRejected(
            "The file is empty; attach the file that holds the evidence.",
            code="file_empty",
            field="size",
        )
    return command.size


def _media_type(command: c.AttachEvidence) -> str | None:
    """A fact that is never deleted, so nobody may write free text into it."""
    if command.media_type is None:
        return None
    media_type = command.media_type.strip().lower()
    if not MEDIA_TYPE.fullmatch(media_type):
        raise CommandRejected(
            "The type of the file cannot be read; attach the file once more.",
            code="media_type_malformed",
            field="media_type",
        )
    return media_type


def _withdraw(
    command: c.WithdrawEvidence, state: RecommendationState, circumstances: Circumstances
) -> e.EvidenceWithdrawn:
    """Hash and reason stay; a claim of completion keeps at least one piece of evidence."""
    sha256 = state.evidence.get(command.evidence_id)
    if sha256 is None:
        raise CommandRejected(
            "No such evidence stands (it may be withdrawn already); reload the page to see what"
            " stands.",
            code="evidence_unknown",
            field="evidence_id",
        )
    if state.delivery is Delivery.REPORTED_COMPLETE and len(state.evidence) == 1:
        raise CommandRejected(
            "This is the last evidence behind the report of completion; attach other evidence"
            " first, or take the report back.",
            code="last_evidence",
            field="evidence_id",
        )
    return e.EvidenceWithdrawn(
        occurred_on=circumstances.today,
        evidence_id=command.evidence_id,
        sha256=sha256,
        reason=needed(command.reason, field="reason", what="why the evidence is withdrawn"),
    )
