"""Drafts on their way into the log: kept, submitted, signed, returned, or discarded.

A draft is no event: all of this is rows beside the log, until the last signature gives the command
through the same path as every other.
"""

from tracker.services.drafting.gathering import signers_of, submission_of
from tracker.services.drafting.keeping import Typed, discard, keep, kept_elsewhere, take_back
from tracker.services.drafting.refusals import (
    DraftMoved,
    DraftNotFound,
    DraftSettled,
    KeptElsewhere,
)
from tracker.services.drafting.signing import Signed, approve, send_back
from tracker.services.drafting.submitting import submit

__all__ = [
    "DraftMoved",
    "DraftNotFound",
    "DraftSettled",
    "KeptElsewhere",
    "Signed",
    "Typed",
    "approve",
    "discard",
    "keep",
    "kept_elsewhere",
    "send_back",
    "signers_of",
    "submission_of",
    "submit",
    "take_back",
]
