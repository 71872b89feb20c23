"""Rules of redaction: the free text goes for good; its hash and the facts stay."""

from uuid import UUID

from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.circumstances import Circumstances, CitedEvent
from tracker.domain.decide.words import optional
from tracker.domain.rejection import CommandRejected


def cited_event(event_id: UUID, circumstances: Circumstances) -> CitedEvent:
    """Return the event of this stream that the command names.

    Raises: CommandRejected (event_unknown).
    """
    cited = circumstances.cited
    if cited is None or cited.event_id != event_id:
        raise CommandRejected(
            "This recommendation's record has no such entry; choose one from its timeline.",
            code="event_unknown",
            field="event_id",
        )
    return cited


def decide_redaction(
    command: c.RedactPersonalData, circumstances: Circumstances
) -> e.PersonalDataRedacted:
    cited = cited_event(command.event_id, circumstances)
    if cited.redacted:
        raise CommandRejected(
            "The text of this entry is redacted already; choose another entry if more must go.",
            code="already_redacted",
            field="event_id",
        )
    if not any(getattr(cited.event, name) for name in e.free_text_names(type(cited.event))):
        raise CommandRejected(
            "This entry holds no free text to delete; choose the entry that names the person.",
            code="no_text_to_redact",
            field="event_id",
        )
    return e.PersonalDataRedacted(
        occurred_on=circumstances.today,
        redacts=cited.event_id,
        reason=command.reason,
        payload_hash=cited.payload_hash,
        authority=optional(command.authority, field="authority"),
    )
