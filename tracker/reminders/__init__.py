"""Reminders that are never lost, never doubled, never spam: rows written, claimed and sent.

`schedule` writes what falls due, `claim` takes one person's rows under a lease, `send` looks
again and sends them as one message that `mail` words. `sweep` is the whole of a tick. Which
reminders fall due is the domain's to say; see `tracker.domain.reminder_policy`.
"""

from tracker.reminders.schedule import schedule
from tracker.reminders.send import Outcome, claim_and_send, counted
from tracker.reminders.sweep import Digest, is_time_to_send, preview, sweep

__all__ = [
    "Digest",
    "Outcome",
    "claim_and_send",
    "counted",
    "is_time_to_send",
    "preview",
    "schedule",
    "sweep",
]
