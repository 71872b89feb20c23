"""Lets a role be given again for the day on which one was to begin that was ended before."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

WAS_HELD = Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0008_note_more_of_accounts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="membership",
            name="membership_unique_at_provider",
        ),
        migrations.RemoveConstraint(
            model_name="membership",
            name="membership_unique_nationally",
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=["user", "provider", "role", "starts_on"],
                condition=Q(provider__isnull=False) & WAS_HELD,
                name="membership_unique_at_provider",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=["user", "role", "starts_on"],
                condition=Q(provider__isnull=True) & WAS_HELD,
                name="membership_unique_nationally",
            ),
        ),
    ]
