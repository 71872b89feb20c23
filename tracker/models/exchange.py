"""Files that people bring in and ask for: what each is, how far it has come, what became of it.

A row is the queue: it waits, is claimed under a lease, and is settled. The files lie outside the
database and outside the web root, each for as long as it is needed; the row stays, with its hash.
"""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q


class ExchangeJobQuerySet(models.QuerySet["ExchangeJob"]):
    def waiting(self, now: datetime) -> "ExchangeJobQuerySet":
        """Jobs to be done: nobody's, or claimed by a worker that did not finish in time."""
        is_free = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
        return self.filter(is_free, state__in=ExchangeJob.TO_BE_DONE)

    def pending(self) -> "ExchangeJobQuerySet":
        """Jobs of which something may still come."""
        return self.filter(settled_at__isnull=True)


class ExchangeJob(models.Model):
    """One file that a person brings in to be imported, or asks for as an export.

    `kind` names what it is about (`tracker.exchange.kinds`), `parameters` what of it: ids and
    choices, no words of the record. An import waits to be read, is previewed, and once confirmed is
    carried out; an export waits to be made. `stored_as` is the file's random name, "" where there
    is none; `file_gone_because` says why a file that there was is not to be had any more.
    """

    class Direction(models.TextChoices):
        IMPORT = "import", "Import"
        EXPORT = "export", "Export"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        PREVIEWED = "previewed", "To be confirmed"
        CONFIRMED = "confirmed", "Being carried out"
        DONE = "done", "Done"
        REFUSED = "refused", "Refused"
        DISCARDED = "discarded", "Discarded"
        LAPSED = "lapsed", "Lapsed"
        DELETED = "deleted", "Deleted"
        FAILED = "failed", "Failed"

    TO_BE_DONE = (State.WAITING, State.CONFIRMED)
    UNSETTLED = (*TO_BE_DONE, State.PREVIEWED)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    direction = models.CharField(max_length=6, choices=Direction)
    kind = models.CharField(max_length=40)
    parameters = models.JSONField(default=dict)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exchange_jobs"
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    reason = models.CharField(
        max_length=500, blank=True, help_text="Why it was refused, deleted or given up."
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    rows_in_all = models.PositiveIntegerField(default=0)
    rows_behind = models.PositiveIntegerField(default=0)
    """How many rows the present step has done, of how many: for whoever waits."""
    file_name = models.CharField(max_length=200, blank=True)
    file_format = models.CharField(max_length=10)
    stored_as = models.CharField(max_length=80, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    file_gone_because = models.CharField(max_length=200, blank=True)

    objects = ExchangeJobQuerySet.as_manager()

    class Meta:
        verbose_name = "import or export"
        verbose_name_plural = "imports and exports"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=["waiting", "previewed", "confirmed"], settled_at__isnull=True
                )
                | Q(
                    state__in=["done", "refused", "discarded", "lapsed", "deleted", "failed"],
                    settled_at__isnull=False,
                ),
                name="exchange_settled_is_stamped",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by__isnull=True, lease_until__isnull=True)
                | Q(claimed_by__isnull=False, lease_until__isnull=False),
                name="exchange_claimed_has_lease",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["previewed", "confirmed"]) | Q(direction="import"),
                name="exchange_confirms_imports_alone",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-asked_at"], name="exchange_by_person"),
            models.Index(
                fields=["asked_at"],
                condition=Q(settled_at__isnull=True),
                name="exchange_unsettled",
            ),
            models.Index(
                fields=["settled_at"], condition=~Q(stored_as=""), name="exchange_with_file"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_direction_display()}, {self.kind}, {self.get_state_display().lower()}"


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def to_be_done(self) -> "ImportRowQuerySet":
        """Rows that are carried out once the import is confirmed, and have not been yet."""
        wanted = Q(verdict=ImportRow.Verdict.READY) | Q(
            verdict=ImportRow.Verdict.FLAGGED, is_included=True
        )
        return self.filter(wanted, outcome=ImportRow.Outcome.PENDING)

    def done(self) -> "ImportRowQuerySet":
        """Rows that were carried out."""
        return self.filter(outcome=ImportRow.Outcome.DONE)


class ImportRow(models.Model):
    """One row of an import: what the preview said of it, and what became of it.

    `number` is the row's in the person's own program, `place` its order here. What it `says`, its
    `deeds` and `warnings` repeat words of the file and go when the import is settled; `why` holds
    none and stays; once the row is done it says what was. `version` is the recommendation's as the
    preview saw it.
    """

    class Verdict(models.TextChoices):
        READY = "ready", "Will be done"
        FLAGGED = "flagged", "To be looked at first"
        CANNOT = "cannot", "Cannot be done"
        NOTHING = "nothing", "Nothing to do"

    class Outcome(models.TextChoices):
        PENDING = "", "Not done"
        DONE = "done", "Done"
        SKIPPED = "skipped", "Skipped"

    job = models.ForeignKey(ExchangeJob, on_delete=models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    verdict = models.CharField(max_length=8, choices=Verdict)
    recommendation = models.ForeignKey(
        "inspections.Recommendation",
        on_delete=models.PROTECT,
        null=True,
        related_name="import_rows",
    )
    version = models.PositiveIntegerField(default=0)
    acting_role = models.CharField(max_length=30, blank=True)
    says = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    deeds = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    warnings = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    why = models.TextField(blank=True)
    is_included = models.BooleanField(default=False)
    """Whether the person wants a flagged row all the same, having seen what changed."""
    outcome = models.CharField(max_length=7, choices=Outcome, default=Outcome.PENDING, blank=True)
    version_after = models.PositiveIntegerField(null=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "place"], name="import_row_unique_by_place"),
        ]
        indexes = [
            models.Index(fields=["job", "verdict", "place"], name="import_row_by_verdict"),
            models.Index(fields=["job", "recommendation"], name="import_row_by_stream"),
        ]

    def __str__(self) -> str:
        return f"row {self.number}, {self.get_verdict_display().lower()}"


class ExportedRecommendation(models.Model):
    """A recommendation that an export held, up to which version: who took what away, for ever."""

    job = models.ForeignKey(ExchangeJob, on_delete=models.CASCADE, related_name="held")
    recommendation = models.ForeignKey(
        "inspections.Recommendation", on_delete=models.PROTECT, related_name="exports"
    )
    version = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "recommendation"], name="exported_once"),
        ]

    def __str__(self) -> str:
        return f"recommendation {self.recommendation_id} at version {self.version}"
