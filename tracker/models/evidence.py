"""Files brought as evidence: where the content lies, and what the virus scanner said of it.

A row is made when a file is brought, before anything is said of it; which evidence a file belongs
to is for the log. Settled rows stay when their content goes: the hash says what it was.
"""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q


class EvidenceFileQuerySet(models.QuerySet["EvidenceFile"]):
    def to_scan(self, now: datetime) -> "EvidenceFileQuerySet":
        """Files to be looked at: not seen yet, tried in vain, or taken by a scan that broke off."""
        State = EvidenceFile.State  # noqa: N806 - the class itself
        return self.filter(
            Q(state__in=[State.WAITING, State.FAILED], next_attempt_at__lte=now)
            | Q(state=State.CLAIMED, lease_until__lte=now),
            gone_at=None,
        )


class EvidenceFile(models.Model):
    """One file as it was brought; `stored_as` is its random name in the storage "evidence".

    `name` is as its owner called it, made fit to be shown. `finding` is what the scanner found, or
    why it could not look. Gone files keep their hash, `gone_because` says why they went.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Not checked for viruses yet"
        CLAIMED = "claimed", "Being checked for viruses"
        CLEAN = "clean", "Checked for viruses"
        INFECTED = "infected", "A virus was found"
        FAILED = "failed", "Could not be checked for viruses"

    class Gone(models.TextChoices):
        INFECTED = "infected", "a virus was found in it"
        REDACTED = "redacted", "it was redacted"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    recommendation = models.ForeignKey(
        "inspections.Recommendation", on_delete=models.PROTECT, related_name="evidence_files"
    )
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="evidence_files"
    )
    brought_at = models.DateTimeField()
    name = models.CharField(max_length=120, blank=True)
    stored_as = models.CharField(max_length=100, blank=True)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    next_attempt_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=200, blank=True)
    gone_at = models.DateTimeField(null=True)
    gone_because = models.CharField(max_length=10, choices=Gone, blank=True)

    objects = EvidenceFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(gone_at=None, gone_because="") & ~Q(stored_as="")
                | Q(gone_at__isnull=False, stored_as="") & ~Q(gone_because=""),
                name="evidence_file_is_there_or_gone",
            ),
            models.CheckConstraint(
                condition=~Q(state="claimed")
                | Q(claimed_by__isnull=False, lease_until__isnull=False),
                name="evidence_file_claimed_has_lease",
            ),
            models.CheckConstraint(
                condition=~Q(state="infected") | Q(gone_at__isnull=False),
                name="evidence_file_infected_is_gone",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="evidence_file_to_scan",
                condition=Q(state__in=["waiting", "failed", "claimed"]),
            ),
            models.Index(fields=["brought_at"], name="evidence_file_by_day"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Say whether the file may be served, to those who may have it."""
        return self.state == self.State.CLEAN and self.gone_at is None
