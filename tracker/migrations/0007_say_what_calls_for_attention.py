"""Columns that desks ask by, filled from the log, and the rows of visits."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

RETURNS = "further_evidence_requested"


def fill_due_days(apps, _):
    progress = apps.get_model("tracker", "RecommendationProgress").objects
    awaits = Q(response="awaiting")
    response_comes_first = awaits & (
        Q(next_target_on__isnull=True) | Q(response_due_on__lte=F("next_target_on"))
    )
    day = Case(When(response_comes_first, then=F("response_due_on")), default=F("next_target_on"))
    progress.filter(is_open=True).update(due_on=day)


def fill_news(apps, _):
    progress = apps.get_model("tracker", "RecommendationProgress").objects
    events = apps.get_model("tracker", "Event").objects
    last = events.filter(position=OuterRef("last_position"))
    progress.update(last_actor_id=Subquery(last.values("actor_id")[:1]))
    others = events.filter(recommendation=OuterRef("pk")).exclude(
        actor_id=OuterRef("last_actor_id")
    )
    latest = Subquery(others.order_by("-position").values("position")[:1])
    progress.update(others_position=Coalesce(latest, 0))


def fill_returns(apps, _):
    progress = apps.get_model("tracker", "RecommendationProgress").objects
    events = apps.get_model("tracker", "Event").objects
    returns = events.filter(recommendation=OuterRef("pk"), type=RETURNS).order_by("-version")
    progress.update(returned_on=Subquery(returns.values("occurred_on")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("tracker", "0006_end_overtaken_requests_for_evidence"),
    ]

    operations = [
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="visit",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("began_position", models.BigIntegerField()),
                ("seen_at", models.DateTimeField()),
                ("seen_position", models.BigIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name="recommendationprogress",
            name="due_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="recommendationprogress",
            name="returned_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="recommendationprogress",
            name="last_actor_id",
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="recommendationprogress",
            name="others_position",
            field=models.BigIntegerField(default=0),
        ),
        migrations.RunPython(fill_due_days, migrations.RunPython.noop),
        migrations.RunPython(fill_news, migrations.RunPython.noop),
        migrations.RunPython(fill_returns, migrations.RunPython.noop),
    ]
