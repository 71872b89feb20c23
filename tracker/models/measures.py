"""The read model of figures: every figure that was ever recorded, each with whose it is."""

from django.db import models


class MeasureFigure(models.Model):
    """One figure of a measure, as JSON of `MeasureValue`; the event that recorded it is its key.

    The source is a part of the figure: figures of different sources are never added up, compared
    without their names, or shown as one row of figures.
    """

    event_id = models.UUIDField(primary_key=True)
    recommendation = models.ForeignKey(
        "inspections.Recommendation", on_delete=models.PROTECT, related_name="figures"
    )
    measure = models.ForeignKey(
        "tracker.MeasureProgress",
        on_delete=models.DO_NOTHING,
        related_name="figures",
        db_constraint=False,
        db_index=False,
    )
    """Rows of read models come and go in any order: only the events hold them together."""
    recorded_version = models.PositiveIntegerField()
    value = models.JSONField()
    period_from = models.DateField()
    period_to = models.DateField()
    source = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=300)

    class Meta:
        indexes = [models.Index(fields=["measure", "period_to"], name="figure_by_measure")]

    def __str__(self) -> str:
        return f"{self.source}, to {self.period_to}"
