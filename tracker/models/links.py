"""Which recommendation another went on as, or recurs as: a read model, to be asked from both ends.

Written by `projections` alone; each row is one recommendation that an event names.
"""

from django.db import models


class RecommendationLink(models.Model):
    """`recommendation` is the one of whose stream it was said, `other` the one that was named.

    What was carried forward and reopened since keeps its row: it was said.
    """

    class Kind(models.TextChoices):
        CARRIED_FORWARD = "carried_forward", "Carried forward"
        RECURRENCE = "recurrence", "Recurrence"

    link_id = models.UUIDField(primary_key=True)
    recommendation = models.ForeignKey(
        "inspections.Recommendation", on_delete=models.PROTECT, related_name="links_said"
    )
    other = models.ForeignKey(
        "inspections.Recommendation",
        on_delete=models.DO_NOTHING,
        db_constraint=False,  # the log may name what a restored copy does not hold
        related_name="links_heard",
    )
    kind = models.CharField(max_length=20, choices=Kind)
    said_version = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.recommendation_id} to {self.other_id}"
