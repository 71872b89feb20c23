"""What happened to people's accounts: rows are added, none is changed."""

from django.conf import settings
from django.db import models


class AccountChange(models.Model):
    """What somebody did to a person's account, and when: let them in, shut them out, changed it."""

    class Kind(models.TextChoices):
        INVITED = "invited", "Invited"
        INVITED_AGAIN = "invited_again", "Invitation sent again"
        DEACTIVATED = "deactivated", "Deactivated"
        REACTIVATED = "reactivated", "Reactivated"
        ADDRESS_CHANGED = "address_changed", "Email address changed"
        MADE_OPERATOR = "made_operator", "Made an operator"
        OPERATOR_NO_MORE = "operator_no_more", "Operator no more"

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="account_changes"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="deactivated", reason=""),
                name="account_deactivated_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
