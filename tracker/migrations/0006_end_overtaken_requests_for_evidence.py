"""A request for further evidence that a judgement or the closing has overtaken is shown no more."""

from django.db import migrations
from django.db.models import Max, Q

ASKED = "further_evidence_requested"


def end_overtaken_requests(apps, schema_editor):
    progress = apps.get_model("tracker", "RecommendationProgress").objects.using(
        schema_editor.connection.alias
    )
    progress.filter(is_open=False).exclude(review="none").update(review="none")
    judged_since = (
        progress.filter(review=ASKED)
        .annotate(
            asked=Max("recommendation__events__version", filter=_of_type(ASKED)),
            judged=Max("recommendation__events__version", filter=_of_type("progress_judged")),
        )
        .filter(judged__isnull=False)
    )
    overtaken = [each.pk for each in judged_since if each.judged > each.asked]
    progress.filter(pk__in=overtaken).update(review="none")


def _of_type(type_):
    return Q(recommendation__events__type=type_)


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0005_call_an_action_by_its_name"),
    ]

    operations = [
        migrations.RunPython(end_overtaken_requests, migrations.RunPython.noop),
    ]
