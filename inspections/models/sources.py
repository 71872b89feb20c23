"""Where an inspection's record came from, and what the import could not be sure of."""

from django.db import models
from django.db.models import Q


class ReportSource(models.Model):
    """The text an inspection was imported from, kept as text with the hash of its bytes.

    `lines` maps a field's path to its first and last line in `text`, counted from 1, so that
    every imported value can be shown beside the words it came from.
    """

    class Format(models.TextChoices):
        TEXT = "text", "Text of the web page"
        HTML = "html", "HTML of the web page"

    sha256 = models.CharField(max_length=64, unique=True)
    format = models.CharField(max_length=10, choices=Format)
    text = models.TextField()
    lines = models.JSONField(default=dict)
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256[:12]


class ImportIssue(models.Model):
    """Something missing or contradictory in a source; `supplied` is what a person put instead."""

    class Severity(models.TextChoices):
        WARNING = "warning", "Warning"
        ERROR = "error", "Error"

    source = models.ForeignKey(ReportSource, on_delete=models.CASCADE, related_name="issues")
    field = models.CharField(max_length=200)
    severity = models.CharField(max_length=10, choices=Severity)
    line = models.PositiveIntegerField(null=True, blank=True)
    message = models.TextField()
    supplied = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(message=""), name="import_issue_says_something"),
        ]

    def __str__(self) -> str:
        return self.message
