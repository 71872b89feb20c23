"""The append-only log. Rows are written by `event_store` alone and changed by nobody.

Triggers refuse update, delete and truncate; see `append_only`. The log gains only nullable
columns, ever.
"""

from django.db import models


class Event(models.Model):
    """One fact about one recommendation.

    `position` runs 1, 2, 3 … without gaps in commit order; `version` does so per recommendation.
    People and roles are plain values, so that no later change of an account alters the record.
    `facts` is the canonical JSON of everything but the free text, which is in the payload.
    Hashes are lower-case hexadecimal SHA-256.
    """

    position = models.BigIntegerField(primary_key=True)
    event_id = models.UUIDField(unique=True)
    request_hash = models.CharField(max_length=64)
    recommendation = models.ForeignKey(
        "inspections.Recommendation",
        on_delete=models.PROTECT,
        related_name="events",
        db_index=False,
    )
    version = models.PositiveIntegerField()
    type = models.CharField(max_length=60)
    schema_version = models.PositiveSmallIntegerField()
    actor_id = models.BigIntegerField()
    actor_name = models.CharField(max_length=300)
    actor_role = models.CharField(max_length=30)
    channel = models.CharField(max_length=20)
    on_behalf_of_id = models.BigIntegerField(null=True)
    on_behalf_of_name = models.CharField(max_length=300, blank=True)
    prepared_by_id = models.BigIntegerField(null=True)
    prepared_by_name = models.CharField(max_length=300, blank=True)
    correlation_id = models.UUIDField()
    redacts = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()
    occurred_on = models.DateField()
    facts = models.TextField()
    payload_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    stream_previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "version"], name="event_version_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(position__gte=1), name="event_position_from_1"
            ),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="event_version_from_1"),
        ]
        indexes = [
            models.Index(fields=["correlation_id"], name="event_by_correlation"),
            models.Index(
                fields=["redacts"],
                name="event_by_redacted",
                condition=models.Q(redacts__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.position} {self.type}"


class EventPayload(models.Model):
    """The free text of one event: canonical JSON in `body`, hashed together with `salt`.

    Deleted by a redaction, and only then; never updated.
    """

    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, primary_key=True, related_name="payload"
    )
    salt = models.CharField(max_length=32)
    body = models.TextField()

    def __str__(self) -> str:
        return f"payload of #{self.event_id}"
