"""Read models of what stands in the way: blockers, and escalations to the region or HMPPS.

Written by `projections` alone, as those of `progress`. Whether a forecast has passed, or an answer
is late, depends on the day and is never stored.
"""

from django.db import models


class BlockerProgress(models.Model):
    """One blocker as it stands; without an action it blocks the recommendation as a whole."""

    blocker_id = models.UUIDField(primary_key=True)
    recommendation = models.ForeignKey(
        "inspections.Recommendation", on_delete=models.PROTECT, related_name="blockers"
    )
    recorded_version = models.PositiveIntegerField()
    action_id = models.UUIDField(null=True)
    cause = models.TextField(blank=True)
    controlled_by = models.CharField(max_length=300, blank=True)
    risk_register_reference = models.CharField(max_length=300, blank=True)
    recorded_on = models.DateField(help_text="Since when it blocks.")
    original_forecast_on = models.DateField()
    forecast_on = models.DateField()
    revisions = models.PositiveSmallIntegerField(default=0)
    is_cleared = models.BooleanField(default=False)
    cleared_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["is_cleared", "forecast_on"], name="blocker_by_forecast")]

    def __str__(self) -> str:
        return self.cause[:80]


class EscalationProgress(models.Model):
    """One escalation: what is asked, of which role, and the answer."""

    escalation_id = models.UUIDField(primary_key=True)
    recommendation = models.ForeignKey(
        "inspections.Recommendation", on_delete=models.PROTECT, related_name="escalations"
    )
    raised_version = models.PositiveIntegerField()
    addressed_to = models.CharField(max_length=30)
    asked = models.TextField(blank=True)
    raised_on = models.DateField()
    reply_by = models.DateField()
    answer = models.TextField(blank=True)
    is_answered = models.BooleanField(default=False)
    answered_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["is_answered", "addressed_to", "reply_by"], name="escalation_by_reply"
            )
        ]

    def __str__(self) -> str:
        return self.asked[:80]
