"""Two read models; their rows come from the log after the migration (`tracker.projections`)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0002_succession_of_providers"),
        ("tracker", "0003_tell_the_region_of_moved_dates"),
    ]

    operations = [
        migrations.CreateModel(
            name="BlockerProgress",
            fields=[
                ("blocker_id", models.UUIDField(primary_key=True, serialize=False)),
                ("recorded_version", models.PositiveIntegerField()),
                ("action_id", models.UUIDField(null=True)),
                ("cause", models.TextField(blank=True)),
                ("controlled_by", models.CharField(blank=True, max_length=300)),
                ("risk_register_reference", models.CharField(blank=True, max_length=300)),
                ("recorded_on", models.DateField(help_text="Since when it blocks.")),
                ("original_forecast_on", models.DateField()),
                ("forecast_on", models.DateField()),
                ("revisions", models.PositiveSmallIntegerField(default=0)),
                ("is_cleared", models.BooleanField(default=False)),
                ("cleared_on", models.DateField(null=True)),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blockers",
                        to="inspections.recommendation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["is_cleared", "forecast_on"], name="blocker_by_forecast")
                ],
            },
        ),
        migrations.CreateModel(
            name="EscalationProgress",
            fields=[
                ("escalation_id", models.UUIDField(primary_key=True, serialize=False)),
                ("raised_version", models.PositiveIntegerField()),
                ("addressed_to", models.CharField(max_length=30)),
                ("asked", models.TextField(blank=True)),
                ("raised_on", models.DateField()),
                ("reply_by", models.DateField()),
                ("answer", models.TextField(blank=True)),
                ("is_answered", models.BooleanField(default=False)),
                ("answered_on", models.DateField(null=True)),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="escalations",
                        to="inspections.recommendation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["is_answered", "addressed_to", "reply_by"],
                        name="escalation_by_reply",
                    )
                ],
            },
        ),
    ]
