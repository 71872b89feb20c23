"""What named readers say of a report before it is published: a line, a claim, and HMIP's answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from inspections.models.inspections import Inspection


class AccuracyNote(models.Model):
    """One claim of one reader; never edited. `quoted` is the line as it read when it was noted.

    `key` is of the form that sent it, so that a second click adds nothing. Accepting a note changes
    nothing in the report by itself. Words that had to go are removed, and it is said why.
    """

    class Verdict(models.TextChoices):
        OPEN = "", "Not answered"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, related_name="accuracy_notes"
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="accuracy_notes"
    )
    noted_at = models.DateTimeField()
    key = models.UUIDField()
    line = models.PositiveIntegerField(
        null=True, help_text="Of the source; none where it is about the report as a whole."
    )
    quoted = models.TextField(blank=True)
    claim = models.TextField()
    should_say = models.TextField(blank=True)
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True, default=Verdict.OPEN)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    removed_because = models.CharField(max_length=500, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["noted_by", "key"], name="accuracy_noted_once_by_form"),
            models.CheckConstraint(
                condition=Q(verdict="", answered_by__isnull=True, answered_at__isnull=True)
                | Q(
                    verdict__in=["accepted", "declined"],
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                ),
                name="accuracy_answer_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(removed_because="", removed_by__isnull=True, removed_at__isnull=True)
                | (
                    ~Q(removed_because="")
                    & Q(removed_by__isnull=False, removed_at__isnull=False)
                    & Q(quoted="", should_say="")
                ),
                name="accuracy_removal_is_signed",
            ),
        ]
        indexes = [models.Index(fields=["inspection", "id"], name="accuracy_by_inspection")]

    def __str__(self) -> str:
        return f"note {self.pk} on {self.inspection_id}"
