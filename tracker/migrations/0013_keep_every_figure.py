"""A row for every figure, and the lines of a baseline.

The figures come from the log after the migration (`tracker.projections.filling`); the lines do so
here, for the table that they are added to is not empty.
"""

import json

import django.db.models.deletion
from django.db import migrations, models


def fill_baseline_lines(apps, _):
    events = apps.get_model("tracker", "Event").objects.filter(type="measure_defined")
    measures = apps.get_model("tracker", "MeasureProgress").objects
    for event in events.order_by("position").iterator():
        facts = json.loads(event.facts)
        if facts["baseline_lines"]:
            measures.filter(pk=facts["measure_id"]).update(baseline_lines=facts["baseline_lines"])


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0009_give_anew_what_never_began"),
        ("tracker", "0012_call_sign_off_a_setting"),
    ]

    operations = [
        migrations.AddField(
            model_name="measureprogress",
            name="baseline_lines",
            field=models.JSONField(null=True),
        ),
        migrations.CreateModel(
            name="MeasureFigure",
            fields=[
                ("event_id", models.UUIDField(primary_key=True, serialize=False)),
                ("recorded_version", models.PositiveIntegerField()),
                ("value", models.JSONField()),
                ("period_from", models.DateField()),
                ("period_to", models.DateField()),
                ("source", models.CharField(max_length=20)),
                ("note", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=300)),
                (
                    "measure",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="figures",
                        to="tracker.measureprogress",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="inspections.recommendation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["measure", "period_to"], name="figure_by_measure")
                ],
            },
        ),
        migrations.RunPython(fill_baseline_lines, migrations.RunPython.noop),
    ]
