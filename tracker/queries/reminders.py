"""The ledger of reminders: what was sent, cancelled, suppressed or failed, to whom and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from inspections.models import Membership
from inspections.person_names import person_name
from tracker.domain.reminder_policy import Cancellation, Rule
from tracker.models import Reminder
from tracker.queries.labels import role_label, spaced

INSPECTING = (Membership.Role.INSPECTOR, Membership.Role.LEAD_INSPECTOR)
TITLES: Mapping[str, str] = {
    Rule.REINSPECTION_AHEAD: "Re-inspection ahead",
    Rule.READINESS_CHECK: "Readiness check",
    Rule.RESPONSE_AHEAD: "Response due",
    Rule.RESPONSE_OVERDUE: "Response overdue",
    Rule.RESPONSE_OVERDUE_IN_REGION: "Response overdue, list for the region",
    Rule.ACTION_AHEAD: "Action due",
    Rule.ACTION_OVERDUE: "Action overdue",
    Rule.ACTION_OVERDUE_IN_REGION: "Action overdue, list for the region",
    Rule.TARGET_DATE_MOVED: "Target date moved, told to the region",
    Rule.SILENT: "Not reviewed lately",
}
REASONS: Mapping[str, str] = {
    Cancellation.CLOSED: "the recommendation was closed or withdrawn",
    Cancellation.DONE: "it was done",
    Cancellation.DATE_MOVED: "the date was moved",
    Cancellation.DATE_KNOWN: "a date of the re-inspection is known now",
    Cancellation.PAUSED: "re-inspections are paused",
    Cancellation.HANDED_OVER: "the work was handed over",
    "no_mail_address": "the person has no email address",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One reminder as it stands. `at` is when it was settled, or will be tried next.

    `role` is what the recipient was at the time, "" where that is not known any more. `error` is
    what the mail server said: for administrators, since it may name addresses.
    """

    at: datetime
    due_on: date
    title: str
    for_date: date
    recipient: str
    role: str
    state: str
    state_label: str
    reason: str
    attempts: int
    error: str
    message_id: str


def reminder_ledger(recommendation_id: int, *, shows_errors: bool = False) -> Sequence[LedgerEntry]:
    """Return the reminders of one recommendation, the latest first, in one query."""
    rows = Reminder.objects.filter(recommendation=recommendation_id).select_related("recipient")
    with_roles = rows.annotate(role=Subquery(_role_at_the_time().values("role")[:1]))
    entries = [_entry(row, shows_errors=shows_errors) for row in with_roles.order_by("-pk")]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _role_at_the_time() -> QuerySet[Membership]:
    """Find what the recipient was to the unit, its region or the Inspectorate when it fell due.

    Of somebody who was more than one thing, the membership that was given first.
    """
    provider = "recommendation__progress__provider"
    at_home = Q(provider=OuterRef(provider)) | Q(provider=OuterRef(f"{provider}__region"))
    return Membership.objects.filter(
        at_home | Q(role__in=INSPECTING),
        Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("due_on")),
        user=OuterRef("recipient"),
        starts_on__lte=OuterRef("due_on"),
    ).order_by("pk")


def _entry(row: Reminder, *, shows_errors: bool) -> LedgerEntry:
    role: str | None = getattr(row, "role", None)
    return LedgerEntry(
        at=row.settled_at or row.next_attempt_at,
        due_on=row.due_on,
        title=TITLES.get(row.rule) or spaced(row.rule),
        for_date=row.for_date,
        recipient=person_name(row.recipient),
        role=role_label(role) if role else "",
        state=row.state,
        state_label=row.get_state_display(),
        reason=REASONS.get(row.reason, row.reason),
        attempts=row.attempts,
        error=row.last_error if shows_errors else "",
        message_id=row.message_id,
    )
