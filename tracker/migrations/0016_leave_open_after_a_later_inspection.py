"""After which later inspection a recommendation was left open; the folded states learn of it."""

import json

import django.db.models.deletion
from django.db import migrations, models


def remember_in_the_states(apps, schema_editor):
    """Give each stored state the new word: a state is compared with the log to the letter."""
    rows = apps.get_model("tracker", "RecommendationProgress").objects.using(
        schema_editor.connection.alias
    )
    for row in rows.only("state").iterator():
        state = {"left_open_at": None, **json.loads(row.state)}
        rows.filter(pk=row.pk).update(state=json.dumps(state, sort_keys=True))


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0009_give_anew_what_never_began"),
        ("tracker", "0015_note_files_to_delete"),
    ]

    operations = [
        migrations.AddField(
            model_name="recommendationprogress",
            name="left_open_at",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="inspections.inspection",
            ),
        ),
        migrations.RunPython(remember_in_the_states, migrations.RunPython.noop),
    ]
