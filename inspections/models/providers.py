"""Who is inspected: units, regions and other providers, under every name they have borne."""

from datetime import date

from django.db import models
from django.db.models import F, Q


class ProviderQuerySet(models.QuerySet["Provider"]):
    def on_record(self) -> "ProviderQuerySet":
        """Providers that may be shown to anybody; what only an unpublished report names is not."""
        return self.filter(is_proposed=False)


class Provider(models.Model):
    """One body with one identity, however often it is renamed."""

    class Kind(models.TextChoices):
        PDU = "pdu", "Probation delivery unit"
        REGION = "region", "Region"
        APPROVED_PREMISES = "approved_premises", "Approved premises"
        YOUTH_JUSTICE_SERVICE = "youth_justice_service", "Youth justice service"
        NATIONAL = "national", "HMPPS nationally"

    name = models.CharField(max_length=200, help_text="As published now, for example Gwent PDU.")
    kind = models.CharField(max_length=30, choices=Kind)
    region = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
        limit_choices_to={"kind": Kind.REGION},
    )
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        limit_choices_to={"is_proposed": False},
        help_text="Who took over after a merger or a renaming that made a new body.",
    )
    succeeded_on = models.DateField(null=True, blank=True)
    is_demonstration = models.BooleanField(
        default=False, help_text="Invented for the demo data; never a real body."
    )

    is_proposed = models.BooleanField(
        default=False,
        help_text="Added by an import and not published yet: HMIP administrators alone see it.",
    )

    objects = ProviderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "name"], name="provider_name_unique_by_kind"),
            models.CheckConstraint(
                condition=~Q(kind="region") | Q(region__isnull=True),
                name="provider_region_has_no_region",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True, succeeded_on__isnull=True)
                | Q(successor__isnull=False, succeeded_on__isnull=False),
                name="provider_succession_is_dated",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="provider_name_not_blank"),
        ]

    def __str__(self) -> str:
        return self.name


class ProviderAliasQuerySet(models.QuerySet["ProviderAlias"]):
    def borne_on(self, day: date) -> "ProviderAliasQuerySet":
        """Names that were in use on `day`; an open end is open."""
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=day),
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        )


class ProviderAlias(models.Model):
    """Another name of a provider, with the days it was in use where they are known."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    objects = ProviderAliasQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "provider aliases"
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "name"], name="provider_alias_unique_by_provider"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="provider_alias_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name
