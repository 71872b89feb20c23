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


class ImportIssueQuerySet(models.QuerySet["ImportIssue"]):
    def of(self, inspection: models.Model) -> "ImportIssueQuerySet":
        """Issues of the inspection's source, or its own where it was typed in by hand."""
        return self.filter(Q(source__inspection=inspection) | Q(inspection=inspection))


class ImportIssue(models.Model):
    """Something missing or contradictory in a report; `supplied` is what a person put instead."""

    class Severity(models.TextChoices):
        WARNING = "warning", "Warning"
        ERROR = "error", "Error"

    source = models.ForeignKey(
        ReportSource, on_delete=models.CASCADE, null=True, blank=True, related_name="issues"
    )
    inspection = models.ForeignKey(
        "inspections.Inspection",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="own_issues",
        help_text="Where there is no source: the inspection was typed in by hand.",
    )
    field = models.CharField(max_length=200)
    severity = models.CharField(max_length=10, choices=Severity)
    line = models.PositiveIntegerField(null=True, blank=True)
    message = models.TextField()
    supplied = models.CharField(max_length=200, blank=True)

    objects = ImportIssueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(source__isnull=False, inspection__isnull=True)
                | Q(source__isnull=True, inspection__isnull=False),
                name="import_issue_is_of_source_or_inspection",
            ),
            models.CheckConstraint(condition=~Q(message=""), name="import_issue_says_something"),
        ]

    def __str__(self) -> str:
        return self.message
