"""Claims and sends, one person after the other. What is wrong with one stops no other.

At least once: a process that is killed between sending and marking leaves a lease that ends, and
the message goes out once more, with the same Message-ID.
"""

import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPHeloError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from typing import TypeAlias

from django.contrib.auth.models import User
from django.template.defaultfilters import pluralize

from tracker.domain.reminder_policy import Cancellation, reason_to_cancel
from tracker.models import Reminder
from tracker.reminders import claim as claiming
from tracker.reminders.candidates import open_candidates
from tracker.reminders.claim import Claim
from tracker.reminders.mail import compose
from tracker.reminders.mornings import day_in_london
from tracker.reminders.people import people_around
from tracker.reminders.schedule import standing_date_of

logger = logging.getLogger(__name__)
Clock: TypeAlias = Callable[[], datetime]
NO_ADDRESS = "no_mail_address"
PERMANENT_REFUSAL = 500
OF_THE_CONNECTION = (SMTPConnectError, SMTPHeloError, SMTPAuthenticationError)


@dataclass(slots=True)
class Outcome:
    """What became of the rows that were claimed, and how many messages were sent."""

    messages: int = 0
    sent: int = 0
    cancelled: int = 0
    suppressed: int = 0
    put_off: int = 0
    failed: int = 0

    @property
    def has_news(self) -> bool:
        return any(asdict(self).values())

    def __str__(self) -> str:
        return (
            f"{counted(self.messages, 'message')} with {counted(self.sent, 'reminder')} sent, "
            f"{self.cancelled} "
            f"cancelled, {self.suppressed} suppressed, {self.put_off} put off, {self.failed} failed"
        )


def counted(number: int, thing: str) -> str:
    """Return "1 message", "2 messages"."""
    return f"{number} {thing}{pluralize(number)}"


def claim_and_send(clock: Clock) -> Outcome:
    """Send each person who waits one message; `clock` is read anew for every one of them."""
    outcome = Outcome()
    for recipient_id in claiming.people_waiting(clock()):
        claim = claiming.claim(recipient_id, clock())
        if claim is not None:
            _serve(claim, clock, outcome)
    return outcome


def _serve(claim: Claim, clock: Clock, outcome: Outcome) -> None:
    try:
        _send_what_still_counts(claim, clock, outcome)
    # One bad row never stops the rest: whatever went wrong, the next person is served.
    except Exception as error:
        logger.exception("The reminders of account %s could not be sent.", claim.recipient_id)
        _put_off(claim, f"{type(error).__name__}: see the log of the worker", clock(), outcome)


def _send_what_still_counts(claim: Claim, clock: Clock, outcome: Outcome) -> None:
    now = clock()
    _cancel_what_lost_its_reason(claim, now, outcome)
    reminders = list(
        claim.held()
        .select_related("recommendation__progress__provider")
        .defer("recommendation__progress__state", "recommendation__text")
        .order_by("pk")
    )
    if not reminders:
        return
    recipient = User.objects.get(pk=claim.recipient_id)
    if not recipient.email:
        outcome.suppressed += claiming.suppress(claim, NO_ADDRESS, now)
        return
    _send(claim, recipient, reminders, clock, outcome)


def _send(
    claim: Claim, recipient: User, reminders: list[Reminder], clock: Clock, outcome: Outcome
) -> None:
    message = compose(recipient, reminders, day_in_london(clock()))
    try:
        message.send()
    except (SMTPException, OSError) as refusal:
        if _is_permanent(refusal):
            outcome.failed += claiming.give_up(claim, _said(refusal), clock())
        else:
            _put_off(claim, _said(refusal), clock(), outcome)
    except ValueError as malformed:  # an address or a header that no mail can carry
        outcome.failed += claiming.give_up(claim, _said(malformed), clock())
    else:
        outcome.messages += 1
        outcome.sent += claiming.mark_sent(claim, message.extra_headers["Message-ID"], clock())


def _cancel_what_lost_its_reason(claim: Claim, now: datetime, outcome: Outcome) -> None:
    reminders = list(claim.held())
    for why, ids in _lost_reasons(reminders, day_in_london(now)).items():
        outcome.cancelled += claiming.cancel(claim, ids, why, now)


def _lost_reasons(reminders: list[Reminder], today: date) -> dict[Cancellation, list[int]]:
    candidates = open_candidates({reminder.recommendation_id for reminder in reminders})
    people = people_around(candidates.values(), today)
    lost: dict[Cancellation, list[int]] = defaultdict(list)
    for reminder in reminders:
        standing = standing_date_of(reminder)
        candidate = candidates.get(reminder.recommendation_id)
        why = reason_to_cancel(standing, candidate.facts if candidate else None)
        if why is None and candidate is not None:
            is_theirs = reminder.recipient_id in people.to_remind(candidate, standing)
            why = None if is_theirs else Cancellation.HANDED_OVER
        if why is not None:
            lost[why].append(reminder.pk)
    return lost


def _put_off(claim: Claim, error: str, now: datetime, outcome: Outcome) -> None:
    held = claim.held().count()
    failed = claiming.put_off(claim, error, now)
    outcome.failed += failed
    outcome.put_off += held - failed


def _is_permanent(refusal: Exception) -> bool:
    """Say whether the server will never take it; trouble with the connection may pass."""
    if isinstance(refusal, OF_THE_CONNECTION):
        return False
    if isinstance(refusal, SMTPRecipientsRefused):
        codes = [code for code, _ in refusal.recipients.values()]
    elif isinstance(refusal, SMTPResponseException):
        codes = [refusal.smtp_code]
    else:
        return False
    return min(codes) >= PERMANENT_REFUSAL


def _said(refusal: Exception) -> str:
    if isinstance(refusal, SMTPRecipientsRefused):
        return "; ".join(_text(*answer) for answer in refusal.recipients.values())
    if isinstance(refusal, SMTPResponseException):
        return _text(refusal.smtp_code, refusal.smtp_error)
    return f"{type(refusal).__name__}: {refusal}"


def _text(code: int, said: bytes | str) -> str:
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return f"{code} {words}"
