"""Who acts in which role where, and from when to when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from inspections.models.providers import Provider


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, today: date) -> "MembershipQuerySet":
        """Memberships that hold on `today`; the last day counts."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), starts_on__lte=today)


class Membership(models.Model):
    """A person's role at a provider, or nationally where the role has no provider."""

    class Role(models.TextChoices):
        PDU_LEAD = "pdu_lead", "PDU lead"
        DELEGATE = "delegate", "Delegate"
        ACTION_OWNER = "action_owner", "Action owner"
        REGIONAL_LEAD = "regional_lead", "Regional lead"
        HMPPS_COORDINATOR = "hmpps_coordinator", "HMPPS co-ordinator"
        INSPECTOR = "inspector", "Inspector"
        LEAD_INSPECTOR = "lead_inspector", "Lead inspector"
        HMIP_ADMINISTRATOR = "hmip_administrator", "HMIP administrator"

    AT_A_PROVIDER = (Role.PDU_LEAD, Role.DELEGATE, Role.ACTION_OWNER, Role.REGIONAL_LEAD)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(max_length=30, choices=Role)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="delegations",
        help_text="For a delegate: the lead they stand in for.",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(
                    role__in=["pdu_lead", "delegate", "action_owner", "regional_lead"],
                    provider__isnull=False,
                )
                | Q(
                    role__in=[
                        "hmpps_coordinator",
                        "inspector",
                        "lead_inspector",
                        "hmip_administrator",
                    ],
                    provider__isnull=True,
                ),
                name="membership_provider_fits_role",
            ),
            # Two constraints, for SQLite cannot treat nulls as equal in one.
            models.UniqueConstraint(
                fields=["user", "provider", "role", "starts_on"],
                condition=Q(provider__isnull=False),
                name="membership_unique_at_provider",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "starts_on"],
                condition=Q(provider__isnull=True),
                name="membership_unique_nationally",
            ),
        ]
        indexes = [models.Index(fields=["user", "ends_on"], name="membership_by_user")]

    def __str__(self) -> str:
        place = self.provider or "national"
        return f"{self.user}, {self.get_role_display()}, {place}"
