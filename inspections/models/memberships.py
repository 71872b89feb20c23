"""Who acts in which role where, and from when to when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from inspections.models.providers import Provider
from inspections.person_names import person_name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, today: date) -> "MembershipQuerySet":
        """Memberships that hold on `today`; the last day counts.

        A delegate stands in for somebody: when that person leads no more, neither does the
        delegate.
        """
        leads = Membership.objects.dated(today).filter(
            role__in=Membership.LEADING,
            user_id=OuterRef("on_behalf_of_id"),
            provider_id=OuterRef("provider_id"),
            user__is_active=True,
        )
        return self.dated(today).filter(~Q(role=Membership.Role.DELEGATE) | Exists(leads))

    def dated(self, today: date) -> "MembershipQuerySet":
        """Memberships whose days include `today`, whether or not they give any power."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), starts_on__lte=today)

    def ever_held(self) -> "MembershipQuerySet":
        """Leave out those that were ended before they began."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")))


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
    AT_HMIP = (Role.INSPECTOR, Role.LEAD_INSPECTOR, Role.HMIP_ADMINISTRATOR)
    LEADING = (Role.PDU_LEAD, Role.REGIONAL_LEAD)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    provider = models.ForeignKey(
        Provider,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        limit_choices_to={"is_proposed": False},
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
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    given_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    ending_reason = models.CharField(
        max_length=500, blank=True, help_text="Why it ended with work or a unit left open."
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                # One that was ended before it began shows who did so and when.
                condition=Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on"))
                | Q(ended_at__isnull=False),
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
            models.CheckConstraint(
                condition=Q(role="delegate", on_behalf_of__isnull=False)
                | Q(~Q(role="delegate"), on_behalf_of__isnull=True),
                name="membership_delegate_has_a_lead",
            ),
            models.CheckConstraint(
                condition=Q(on_behalf_of__isnull=True) | ~Q(on_behalf_of=F("user")),
                name="membership_delegate_is_another",
            ),
            # Two constraints, for SQLite cannot treat nulls as equal in one. What was ended before
            # it began stands in the way of nothing.
            models.UniqueConstraint(
                fields=["user", "provider", "role", "starts_on"],
                condition=Q(provider__isnull=False)
                & (Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))),
                name="membership_unique_at_provider",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "starts_on"],
                condition=Q(provider__isnull=True)
                & (Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))),
                name="membership_unique_nationally",
            ),
        ]
        indexes = [models.Index(fields=["user", "ends_on"], name="membership_by_user")]

    def __str__(self) -> str:
        place = self.provider or "national"
        return f"{person_name(self.user)}, {self.get_role_display()}, {place}"
