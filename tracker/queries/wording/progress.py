"""The words for updates, evidence and the claim of completion."""

from typing import assert_never
from uuid import UUID

from tracker.domain import events as e
from tracker.domain.vocabulary import EvidenceKind
from tracker.queries.figures import figure_in_words
from tracker.queries.wording.parts import (
    FILE,
    HASH_OF_ADDRESS,
    HASH_OF_FILE,
    Names,
    Wording,
    listed,
    worded,
)


def word_progress(event: e.ProgressEvent, names: Names) -> Wording:
    """Return the wording of an event of the provider's progress."""
    match event:
        case e.ReviewedWithoutChange():
            wording = worded("Reviewed, no change", ("Note", event.note))
        case e.ProgressUpdateRecorded():
            action = _action(event.action_id, names)
            wording = worded("Progress updated", action, ("Update", event.text))
        case e.ProgressUpdateCorrected():
            wording = worded(
                "Progress update corrected",
                _action(event.action_id, names),
                ("Update", event.text),
                ("Reason", event.reason),
            )
        case e.EvidenceAttached():
            wording = _attached(event, names)
        case e.EvidenceWithdrawn():
            wording = worded(
                "Evidence withdrawn",
                ("Evidence", names.evidence.get(event.evidence_id, "")),
                ("Reason", event.reason),
                (_hash_label(is_link=event.evidence_id in names.links), event.sha256),
            )
        case e.RecommendationReportedComplete():
            wording = worded("Reported complete", ("Statement", event.statement))
        case e.CompletionClaimWithdrawn():
            wording = worded("Report of completion taken back", ("Reason", event.reason))
        case _:
            assert_never(event)
    return wording


def _attached(event: e.EvidenceAttached, names: Names) -> Wording:
    is_link = event.kind is EvidenceKind.LINK
    findings = (names.findings.get(each, "") for each in event.findings)
    return worded(
        "Evidence added",
        ("Title", event.title),
        ("Link" if is_link else FILE, event.location),
        _action(event.action_id, names),
        ("Standards", ", ".join(event.standards)),
        ("Key questions", ", ".join(event.key_questions)),
        ("Findings", listed(filter(None, findings))),
        ("Figure", figure_in_words(event.figure) if event.figure else ""),
        (_hash_label(is_link=is_link), event.sha256),
    )


def _hash_label(*, is_link: bool) -> str:
    return HASH_OF_ADDRESS if is_link else HASH_OF_FILE


def _action(action_id: UUID | None, names: Names) -> tuple[str, str | None]:
    return "Action", names.actions.get(action_id, "") if action_id else ""
