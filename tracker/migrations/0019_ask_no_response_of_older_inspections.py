"""No response is asked for where an older inspection is put on record afterwards."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0018_call_flagged_rows_what_they_are"),
    ]

    operations = [
        migrations.AlterField(
            model_name="recommendationprogress",
            name="response_due_on",
            field=models.DateField(null=True),
        ),
    ]
