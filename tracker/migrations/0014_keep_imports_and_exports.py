import uuid

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0009_give_anew_what_never_began"),
        ("tracker", "0013_keep_every_figure"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExchangeJob",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("import", "Import"), ("export", "Export")], max_length=6
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("parameters", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("previewed", "To be confirmed"),
                            ("confirmed", "Being carried out"),
                            ("done", "Done"),
                            ("refused", "Refused"),
                            ("discarded", "Discarded"),
                            ("lapsed", "Lapsed"),
                            ("deleted", "Deleted"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        help_text="Why it was refused, deleted or given up.",
                        max_length=500,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("claimed_by", models.UUIDField(null=True)),
                ("lease_until", models.DateTimeField(null=True)),
                ("rows_in_all", models.PositiveIntegerField(default=0)),
                ("rows_behind", models.PositiveIntegerField(default=0)),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("file_format", models.CharField(max_length=10)),
                ("stored_as", models.CharField(blank=True, max_length=80)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("file_gone_because", models.CharField(blank=True, max_length=200)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exchange_jobs",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "import or export",
                "verbose_name_plural": "imports and exports",
            },
        ),
        migrations.CreateModel(
            name="ExportedRecommendation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="held",
                        to="tracker.exchangejob",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exports",
                        to="inspections.recommendation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveIntegerField()),
                ("number", models.PositiveIntegerField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("ready", "Will be done"),
                            ("flagged", "Changed since the export"),
                            ("cannot", "Cannot be done"),
                            ("nothing", "Nothing to do"),
                        ],
                        max_length=8,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                ("acting_role", models.CharField(blank=True, max_length=30)),
                (
                    "says",
                    models.JSONField(
                        default=list, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "deeds",
                    models.JSONField(
                        default=list, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "warnings",
                    models.JSONField(
                        default=list, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                ("why", models.TextField(blank=True)),
                ("is_included", models.BooleanField(default=False)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("", "Not done"), ("done", "Done"), ("skipped", "Skipped")],
                        default="",
                        max_length=7,
                    ),
                ),
                ("version_after", models.PositiveIntegerField(null=True)),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="tracker.exchangejob",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_rows",
                        to="inspections.recommendation",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="exchangejob",
            index=models.Index(fields=["person", "-asked_at"], name="exchange_by_person"),
        ),
        migrations.AddIndex(
            model_name="exchangejob",
            index=models.Index(
                condition=models.Q(("settled_at__isnull", True)),
                fields=["asked_at"],
                name="exchange_unsettled",
            ),
        ),
        migrations.AddIndex(
            model_name="exchangejob",
            index=models.Index(
                condition=models.Q(("stored_as", ""), _negated=True),
                fields=["settled_at"],
                name="exchange_with_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangejob",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("settled_at__isnull", True),
                        ("state__in", ["waiting", "previewed", "confirmed"]),
                    ),
                    models.Q(
                        ("settled_at__isnull", False),
                        (
                            "state__in",
                            ["done", "refused", "discarded", "lapsed", "deleted", "failed"],
                        ),
                    ),
                    _connector="OR",
                ),
                name="exchange_settled_is_stamped",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangejob",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("claimed_by__isnull", True), ("lease_until__isnull", True)),
                    models.Q(("claimed_by__isnull", False), ("lease_until__isnull", False)),
                    _connector="OR",
                ),
                name="exchange_claimed_has_lease",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangejob",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["previewed", "confirmed"]), _negated=True),
                    ("direction", "import"),
                    _connector="OR",
                ),
                name="exchange_confirms_imports_alone",
            ),
        ),
        migrations.AddConstraint(
            model_name="exportedrecommendation",
            constraint=models.UniqueConstraint(
                fields=("job", "recommendation"), name="exported_once"
            ),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(fields=["job", "verdict", "place"], name="import_row_by_verdict"),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(fields=["job", "recommendation"], name="import_row_by_stream"),
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.UniqueConstraint(
                fields=("job", "place"), name="import_row_unique_by_place"
            ),
        ),
    ]
