"""Which recommendation another went on as, or recurs as: asked from both ends."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0010_put_older_inspections_on_record"),
        ("tracker", "0019_ask_no_response_of_older_inspections"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecommendationLink",
            fields=[
                ("link_id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("carried_forward", "Carried forward"),
                            ("recurrence", "Recurrence"),
                        ],
                        max_length=20,
                    ),
                ),
                ("said_version", models.PositiveIntegerField()),
                (
                    "other",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="links_heard",
                        to="inspections.recommendation",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links_said",
                        to="inspections.recommendation",
                    ),
                ),
            ],
        ),
    ]
