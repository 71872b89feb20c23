"""Read models: views of the log for lists and pages. Dropped and rebuilt at will.

Written by `projections` alone, inside the transaction that appends the events. What depends on
the day (overdue, due soon, silent) is computed when asked for and never stored.
"""

from django.conf import settings
from django.db import models

from inspections.recommendation_numbers import number_of_year


class RecommendationProgress(models.Model):
    """Where one recommendation stands. `state` is the folded state at `version`, as JSON.

    `review` is the review that holds: a request for further evidence that a judgement or the
    closing has overtaken is no longer shown; the axis as the rules read it is in `state`.
    """

    recommendation = models.OneToOneField(
        "inspections.Recommendation",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="progress",
    )
    provider = models.ForeignKey(
        "inspections.Provider", on_delete=models.PROTECT, related_name="progress"
    )
    version = models.PositiveIntegerField()
    last_position = models.BigIntegerField()
    last_actor_id = models.BigIntegerField()
    """Who recorded the last event; with `others_position` it says what is news to whom."""
    others_position = models.BigIntegerField(default=0)
    """The last position that somebody other than the last actor recorded; 0 for none."""
    state = models.TextField()
    wording = models.TextField(blank=True)
    wording_cy = models.TextField(blank=True)
    response = models.CharField(max_length=20)
    response_reason = models.TextField(blank=True)
    delivery = models.CharField(max_length=20)
    review = models.CharField(max_length=30)
    judgement = models.CharField(max_length=40)
    closure = models.CharField(max_length=30, blank=True)
    is_open = models.BooleanField()
    is_withdrawn = models.BooleanField()
    is_blocked = models.BooleanField()
    returned_on = models.DateField(null=True)
    """The last day on which further evidence was asked for, answered or not."""
    accountable = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="accountable_for",
    )
    published_on = models.DateField()
    response_due_on = models.DateField(null=True)
    """None where no response was asked for: an older inspection, put on record afterwards."""
    next_target_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    """The earliest day on which something is asked of the provider; whether it has passed depends
    on today."""
    last_said_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    left_open_at = models.ForeignKey(
        "inspections.Inspection", on_delete=models.PROTECT, null=True, related_name="+"
    )
    """The later inspection after which the Inspectorate left it open, if it did."""
    latest_update = models.TextField(blank=True)
    latest_update_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = "recommendation"
        indexes = [
            # A desk is counted, and narrowed, from this index alone: the rows are wide.
            models.Index(
                fields=[
                    "provider",
                    "due_on",
                    "is_blocked",
                    "response",
                    "delivery",
                    "review",
                    "judgement",
                    "returned_on",
                    "last_said_on",
                    "published_on",
                    "accountable",
                    "is_open",
                    "recommendation",
                ],
                condition=models.Q(is_open=True),
                name="progress_on_desks",
            ),
            models.Index(
                fields=["-published_on", "provider", "recommendation"], name="progress_in_order"
            ),
            models.Index(fields=["provider", "recommendation"], name="progress_by_provider"),
            models.Index(fields=["judgement", "recommendation"], name="progress_by_judgement"),
            models.Index(
                fields=[
                    "last_position",
                    "provider",
                    "last_actor_id",
                    "others_position",
                    "recommendation",
                ],
                name="progress_by_news",
            ),
            models.Index(fields=["is_open", "next_target_on"], name="progress_by_target"),
        ]

    def __str__(self) -> str:
        return str(self.recommendation)

    @property
    def number_of_year(self) -> str:
        """Return "4 of 2026"; needs the recommendation joined."""
        return number_of_year(self.recommendation.number, self.published_on)


class ActionProgress(models.Model):
    """One planned action as it stands."""

    action_id = models.UUIDField(primary_key=True)
    recommendation = models.ForeignKey(
        "inspections.Recommendation", on_delete=models.PROTECT, related_name="actions"
    )
    planned_version = models.PositiveIntegerField()
    description = models.TextField(blank=True)
    accountable = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="actions"
    )
    delivered_by = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=20)
    original_target_on = models.DateField()
    target_on = models.DateField()
    slips = models.PositiveSmallIntegerField(default=0)
    moved_on = models.DateField(null=True)
    tells_region = models.BooleanField(default=False)
    extension_asked_to = models.DateField(null=True)
    is_blocked = models.BooleanField(default=False)
    has_update = models.BooleanField(default=False)
    completed_on = models.DateField(null=True)

    class Meta:
        verbose_name = "action"
        indexes = [models.Index(fields=["status", "target_on"], name="action_by_target")]

    def __str__(self) -> str:
        return self.description[:80]


class EvidenceProgress(models.Model):
    """One piece of evidence; withdrawn evidence keeps its hash."""

    evidence_id = models.UUIDField(primary_key=True)
    recommendation = models.ForeignKey(
        "inspections.Recommendation", on_delete=models.PROTECT, related_name="evidence"
    )
    attached_version = models.PositiveIntegerField()
    action_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=10)
    file_id = models.UUIDField(null=True, db_index=True)
    title = models.TextField(blank=True)
    location = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64)
    effective_on = models.DateField()
    is_withdrawn = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.title[:80]


class MeasureProgress(models.Model):
    """One measure: its baseline, latest figure and target, as JSON of `MeasureValue`."""

    measure_id = models.UUIDField(primary_key=True)
    recommendation = models.ForeignKey(
        "inspections.Recommendation", on_delete=models.PROTECT, related_name="measures"
    )
    defined_version = models.PositiveIntegerField()
    wording = models.TextField(blank=True)
    better = models.CharField(max_length=10)
    unit = models.CharField(max_length=10)
    baseline = models.JSONField(null=True)
    baseline_lines = models.JSONField(null=True)
    """First and last line of the report's source that state the baseline; None where none do."""
    target = models.JSONField(null=True)
    target_on = models.DateField(null=True)
    latest = models.JSONField(null=True)
    latest_source = models.CharField(max_length=20, blank=True)
    latest_to = models.DateField(null=True)

    def __str__(self) -> str:
        return self.wording[:80]
