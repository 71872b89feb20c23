"""Files may be evidence: a row for each that is brought, and which of them a piece of it is."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0009_give_anew_what_never_began"),
        ("tracker", "0016_leave_open_after_a_later_inspection"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="evidenceprogress",
            name="file_id",
            field=models.UUIDField(db_index=True, null=True),
        ),
        migrations.CreateModel(
            name="EvidenceFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("brought_at", models.DateTimeField()),
                ("name", models.CharField(blank=True, max_length=120)),
                ("stored_as", models.CharField(blank=True, max_length=100)),
                ("size", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("media_type", models.CharField(max_length=100)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Not checked for viruses yet"),
                            ("claimed", "Being checked for viruses"),
                            ("clean", "Checked for viruses"),
                            ("infected", "A virus was found"),
                            ("failed", "Could not be checked for viruses"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("next_attempt_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("claimed_by", models.UUIDField(null=True)),
                ("lease_until", models.DateTimeField(null=True)),
                ("checked_at", models.DateTimeField(null=True)),
                ("finding", models.CharField(blank=True, max_length=200)),
                ("gone_at", models.DateTimeField(null=True)),
                (
                    "gone_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("infected", "a virus was found in it"),
                            ("redacted", "it was redacted"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "brought_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence_files",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence_files",
                        to="inspections.recommendation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "failed", "claimed"])),
                        fields=["next_attempt_at"],
                        name="evidence_file_to_scan",
                    ),
                    models.Index(fields=["brought_at"], name="evidence_file_by_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("gone_at", None),
                                ("gone_because", ""),
                                models.Q(("stored_as", ""), _negated=True),
                            ),
                            models.Q(
                                ("gone_at__isnull", False),
                                ("stored_as", ""),
                                models.Q(("gone_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="evidence_file_is_there_or_gone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "claimed"), _negated=True),
                            models.Q(("claimed_by__isnull", False), ("lease_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="evidence_file_claimed_has_lease",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "infected"), _negated=True),
                            ("gone_at__isnull", False),
                            _connector="OR",
                        ),
                        name="evidence_file_infected_is_gone",
                    ),
                ],
            },
        ),
    ]
