"""Connects the tracker to the rest of the house: the log's protection, practice, publication."""

from datetime import datetime
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from inspections.signals import inspection_published

PRACTICE = {
    "reinspection_offsets": [180, 90, 60, 30, 14, 7, 1],
    "target_date_offsets": [30, 14, 7, 1],
    "readiness_months": [12, 18, 24, 30],
}


class TrackerConfig(AppConfig):
    name = "tracker"
    verbose_name = "Progress record"

    def ready(self) -> None:
        post_migrate.connect(_load_practice, sender=self)
        inspection_published.connect(_open_streams)


def _load_practice(*, using: str, **_: Any) -> None:
    from tracker.models import Practice  # noqa: PLC0415 - models load after the app

    if Practice._meta.db_table in connections[using].introspection.table_names():
        Practice.objects.using(using).get_or_create(pk=1, defaults=PRACTICE)


def _open_streams(*, inspection: Any, actor: Any, now: datetime, **_: Any) -> None:
    from tracker.services import open_streams  # noqa: PLC0415 - services need the models

    open_streams(inspection=inspection, actor=actor, now=now)
