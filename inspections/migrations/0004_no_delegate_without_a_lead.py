from django.db import migrations, models


class Migration(migrations.Migration):
    """Apart from the step before: PostgreSQL does not alter a table whose rows just changed."""

    dependencies = [
        ("inspections", "0003_who_gave_and_ended_memberships"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("on_behalf_of__isnull", False), ("role", "delegate")),
                    models.Q(
                        models.Q(("role", "delegate"), _negated=True),
                        ("on_behalf_of__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="membership_delegate_has_a_lead",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("on_behalf_of__isnull", True),
                    models.Q(("on_behalf_of", models.F("user")), _negated=True),
                    _connector="OR",
                ),
                name="membership_delegate_is_another",
            ),
        ),
    ]
