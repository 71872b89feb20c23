"""The places that hold second copies, in the order in which they are told."""

from tracker.services.redacting.database_file import forget_in_the_journal
from tracker.services.redacting.drafts import forget_in_drafts
from tracker.services.redacting.evidence import forget_evidence_file
from tracker.services.redacting.exchanged import forget_in_exchange
from tracker.services.redacting.published import forget_in_the_report
from tracker.services.redacting.redaction import Place, Redaction

PLACES: tuple[Place, ...] = (
    forget_in_the_report,
    forget_in_drafts,
    forget_evidence_file,
    forget_in_exchange,
    forget_in_the_journal,
)


def forget_everywhere(redaction: Redaction) -> None:
    """Let every place forget the words, in the caller's transaction: all of them, or none."""
    for forget in PLACES:
        forget(redaction)
