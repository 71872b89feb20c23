"""Figures that are practice and may change: one row, edited by an administrator.

The row is put there after every migration when it is missing; see `tracker.apps`.
"""

from django.db import models


class Practice(models.Model):
    """How the service is run at present; days are calendar days."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    response_due_after_days = models.PositiveSmallIntegerField(default=28)
    slips_decided_by_the_lead = models.PositiveSmallIntegerField(default=1)
    region_hears_of_slips = models.BooleanField(
        default=True, help_text="The regional lead is told when a target date moves."
    )
    review_rhythm_days = models.PositiveSmallIntegerField(default=31)
    due_soon_days = models.PositiveSmallIntegerField(default=30)
    region_hears_after_days_overdue = models.PositiveSmallIntegerField(default=14)
    reinspection_offsets = models.JSONField()
    target_date_offsets = models.JSONField()
    readiness_months = models.JSONField()
    send_from_hour = models.PositiveSmallIntegerField(
        default=7, help_text="Hour of the day in Europe/London from which mail is sent."
    )

    class Meta:
        verbose_name_plural = "practice"
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="practice_is_one_row"),
            models.CheckConstraint(
                condition=models.Q(send_from_hour__lte=23), name="practice_hour_of_day"
            ),
        ]

    def __str__(self) -> str:
        return "Practice"
