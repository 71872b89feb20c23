"""Older inspections typed in to be on record, of which only month or year may be known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0009_give_anew_what_never_began"),
    ]

    operations = [
        migrations.AddField(
            model_name="inspection",
            name="is_historical",
            field=models.BooleanField(
                default=False,
                db_default=False,
                help_text="Typed in to be on record: nothing is asked of anybody because of it.",
            ),
        ),
        migrations.AddField(
            model_name="inspection",
            name="published_known_to",
            field=models.CharField(
                choices=[("day", "To the day"), ("month", "To the month"), ("year", "To the year")],
                default="day",
                db_default="day",
                help_text="Where the day is not known, it is the last one of the month or the year.",
                max_length=5,
            ),
        ),
    ]
