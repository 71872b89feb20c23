"""Drafts: commands being prepared, and the signatures under them. No part of the log.

What is not yet said is not in the log: a draft is an ordinary row, which its author changes and
discards. Written by `services.drafting` alone. How often a provider signs off is a row per change:
the latest rules, and earlier ones stay readable.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q

MOST_LEVELS = 2


class DraftQuerySet(models.QuerySet["Draft"]):
    def pending(self) -> "DraftQuerySet":
        """Drafts of which something may still come; given and discarded ones leave the lists."""
        return self.filter(settled_at__isnull=True)


class Draft(models.Model):
    """One form as it was typed, complete or not, on one recommendation.

    `values` maps the form's fields to the lists of texts that a browser sends, so that nothing
    typed can be refused. `submission` counts how often it was submitted for sign-off: signatures
    belong to one submission. `window` is the opened form that kept it last: another window, opened
    before that, does not silently write over it.
    """

    class State(models.TextChoices):
        PREPARING = "preparing", "Being prepared"
        SUBMITTED = "submitted", "Submitted for sign-off"
        RETURNED = "returned", "Returned to its author"
        GIVEN = "given", "Given"
        DISCARDED = "discarded", "Discarded"

    recommendation = models.ForeignKey(
        "inspections.Recommendation", on_delete=models.PROTECT, related_name="drafts"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="drafts"
    )
    form = models.CharField(max_length=60, help_text="The form's place in addresses.")
    command = models.CharField(max_length=60, help_text="The name of the type of command.")
    acting_role = models.CharField(max_length=30)
    values = models.JSONField()
    idempotency_key = models.CharField(max_length=36)
    expected_version = models.PositiveIntegerField()
    window = models.CharField(max_length=36, default="", db_default="")
    state = models.CharField(max_length=10, choices=State, default=State.PREPARING)
    submission = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True, help_text="When it was given or discarded.")

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            # The same form kept twice is one draft, and given once.
            models.UniqueConstraint(
                fields=["author", "recommendation", "idempotency_key"], name="draft_unique_by_form"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["preparing", "submitted", "returned"], settled_at=None)
                | Q(state__in=["given", "discarded"], settled_at__isnull=False),
                name="draft_settled_is_stamped",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "returned"])
                | Q(submitted_at__isnull=False, submission__gte=1),
                name="draft_submitted_is_stamped",
            ),
        ]
        indexes = [
            models.Index(
                fields=["recommendation", "state"],
                name="draft_pending",
                condition=Q(settled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form}, {self.get_state_display().lower()}"


class DraftSignature(models.Model):
    """What one person decided about one submission of a draft: approved, or returned, and why."""

    class Verdict(models.TextChoices):
        APPROVED = "approved", "Approved"
        RETURNED = "returned", "Returned"

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="signatures")
    submission = models.PositiveSmallIntegerField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="draft_signatures"
    )
    role = models.CharField(max_length=30)
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.TextField(blank=True)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "submission", "person"],
                condition=Q(verdict="approved"),
                name="draft_signed_once_by_each",
            ),
            models.UniqueConstraint(
                fields=["draft", "submission"],
                condition=Q(verdict="returned"),
                name="draft_returned_once",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="returned") | ~Q(reason=""), name="draft_return_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} by {self.person}"


class SignOffLevelQuerySet(models.QuerySet["SignOffLevel"]):
    def asked_by(self, provider_id: int) -> int:
        """Return how many signatures the provider asks for now."""
        return self.asked_by_each([provider_id]).get(provider_id, 0)

    def asked_by_each(self, provider_ids: Iterable[int]) -> dict[int, int]:
        """Map those of the providers that ever said so to how many they ask for now."""
        in_order = self.filter(provider__in=provider_ids).order_by("pk")
        return dict(in_order.values_list("provider", "levels"))


class SignOffLevel(models.Model):
    """How many signatures a provider asks for from a day on; none where there is no row."""

    provider = models.ForeignKey(
        "inspections.Provider", on_delete=models.PROTECT, related_name="sign_off_levels"
    )
    levels = models.PositiveSmallIntegerField(verbose_name="levels of sign-off")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sign_off_levels"
    )

    objects = SignOffLevelQuerySet.as_manager()

    class Meta:
        verbose_name = "sign-off setting"
        verbose_name_plural = "sign-off settings"
        constraints = [
            models.CheckConstraint(
                condition=Q(levels__lte=MOST_LEVELS), name="sign_off_has_two_levels_at_most"
            ),
        ]
        indexes = [models.Index(fields=["provider", "-id"], name="sign_off_latest_by_provider")]

    def __str__(self) -> str:
        return f"{self.provider}: {self.levels}"
