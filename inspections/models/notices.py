"""When the next inspection is expected: one row per announcement, never changed.

Changes are refused here and by the database; see `inspections.append_only`.
"""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from inspections.models.providers import Provider


class NoticeIsPermanent(TypeError):  # noqa: N818 - a refusal is an answer
    """A notice stays as it was given; the latest one rules."""

    def __init__(self) -> None:
        super().__init__("A re-inspection notice is never changed or deleted. Announce a new one.")


class ReinspectionNoticeQuerySet(models.QuerySet["ReinspectionNotice"]):
    def update(self, **_: Any) -> NoReturn:
        raise NoticeIsPermanent

    def delete(self) -> NoReturn:
        raise NoticeIsPermanent


class ReinspectionNotice(models.Model):
    """What was announced; the latest notice of a provider rules, earlier ones stay readable."""

    class Kind(models.TextChoices):
        EXPECTED = "expected", "Expected in a window"
        ANNOUNCED = "announced", "Announced for a date"
        PAUSED = "paused", "Paused"
        COMPLETED = "completed", "Completed"

    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, related_name="reinspection_notices"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    starts_on = models.DateField(
        null=True, blank=True, help_text="The date, or the first day of the window."
    )
    ends_on = models.DateField(null=True, blank=True, help_text="The last day of the window.")
    note = models.CharField(max_length=500, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reinspection_notices"
    )

    objects = ReinspectionNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "re-inspection notice"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["expected", "announced"], starts_on__isnull=False)
                | Q(kind__in=["paused", "completed"]),
                name="notice_ahead_has_date",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="notice_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["provider", "-id"], name="notice_latest_by_provider")]

    def __str__(self) -> str:
        return f"{self.provider}: {self.get_kind_display()}"

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        raise NoticeIsPermanent
