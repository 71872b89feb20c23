"""Reminders: rows that a sweep writes, claims and sends. Apart from the log on purpose: a morning
run must not make every open form stale. Settled rows stay, as the ledger of what was sent.
"""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def waiting(self, now: datetime) -> "ReminderQuerySet":
        """Rows to be sent: due by now, or claimed by a sweep that did not finish in time."""
        return self.filter(
            Q(state=Reminder.State.DUE, next_attempt_at__lte=now)
            | Q(state=Reminder.State.CLAIMED, lease_until__lte=now)
        )


class Reminder(models.Model):
    """One person is reminded of one date of one recommendation, once.

    `for_date` is the version of the date: where it moves, other rows are written. `step` tells
    the occasions of one date apart: days before it, days after it, or months. `about` is the
    action's id, empty where the reminder is about the recommendation.
    """

    class State(models.TextChoices):
        DUE = "due", "Due"
        CLAIMED = "claimed", "Being sent"
        SENT = "sent", "Sent"
        CANCELLED = "cancelled", "Cancelled"
        SUPPRESSED = "suppressed", "Suppressed"
        FAILED = "failed", "Failed"

    recommendation = models.ForeignKey(
        "inspections.Recommendation", on_delete=models.PROTECT, related_name="reminders"
    )
    rule = models.CharField(max_length=40)
    about = models.CharField(max_length=36, blank=True)
    for_date = models.DateField()
    step = models.PositiveIntegerField()
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminders"
    )
    due_on = models.DateField(help_text="The working day on which it fell due.")
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    next_attempt_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was sent, cancelled, suppressed or given up."
    )
    reason = models.CharField(
        max_length=40, blank=True, help_text="Why it was cancelled or suppressed."
    )
    message_id = models.CharField(max_length=200, blank=True)
    last_error = models.CharField(max_length=500, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "rule", "about", "for_date", "step", "recipient"],
                name="reminder_unique_by_occasion",
            ),
            models.CheckConstraint(
                condition=~Q(state="claimed")
                | Q(claimed_by__isnull=False, lease_until__isnull=False),
                name="reminder_claimed_has_lease",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["due", "claimed"], settled_at__isnull=True)
                | Q(
                    state__in=["sent", "cancelled", "suppressed", "failed"],
                    settled_at__isnull=False,
                ),
                name="reminder_settled_is_stamped",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "recipient"],
                name="reminder_by_waiting",
                condition=Q(state__in=["due", "claimed"]),
            ),
            models.Index(fields=["recipient", "-settled_at"], name="reminder_by_person"),
            models.Index(fields=["state", "due_on"], name="reminder_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}, {self.for_date}, {self.get_state_display().lower()}"


class ReminderSweep(models.Model):
    """How far the sweep has come: one row, so that a tick knows what it need not look at again.

    `swept_on` is the day; `log_position` and `notice_id` are what there was to be seen then.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    swept_on = models.DateField()
    log_position = models.BigIntegerField(default=0)
    notice_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="reminder_sweep_is_one_row")]

    def __str__(self) -> str:
        return f"swept on {self.swept_on}"
