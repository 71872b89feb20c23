from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0017_keep_evidence_files"),
    ]

    operations = [
        migrations.AlterField(
            model_name="importrow",
            name="verdict",
            field=models.CharField(
                choices=[
                    ("ready", "Will be done"),
                    ("flagged", "To be looked at first"),
                    ("cannot", "Cannot be done"),
                    ("nothing", "Nothing to do"),
                ],
                max_length=8,
            ),
        ),
    ]
