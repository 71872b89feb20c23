"""What became of the rows that one person sent at once. The deeds themselves are in the log."""

from django.conf import settings
from django.db import models


class BulkResult(models.Model):
    """One page of rows, confirmed once: `key` is its form's, `deed` names what was asked for.

    `rows` holds ids and reasons and no words of the record, so that a redaction need not look here:
    per row its `id`, its `recommendation`, and why it was skipped, "" where it was done.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bulk_results"
    )
    key = models.UUIDField()
    deed = models.CharField(max_length=60)
    request_hash = models.CharField(max_length=64)
    given_at = models.DateTimeField()
    rows = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="bulk_result_once_per_form")
        ]

    def __str__(self) -> str:
        return f"{self.deed}, {self.given_at:%d %B %Y}"
