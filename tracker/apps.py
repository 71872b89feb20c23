"""Connects the tracker to the rest of the house: the log's protection, practice, publication.

A table remake of SQLite drops triggers silently, so they go before a migration and come back
after it; no web or worker process starts without them. A read model that a migration has just
made is filled from the log. A sign-in begins a visit.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from celery.signals import beat_init, worker_init
from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models.signals import post_migrate, pre_migrate
from django.utils import timezone

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
        from tracker import checks  # noqa: F401, PLC0415 - importing registers the checks

        pre_migrate.connect(_lift_before_a_table_remake, sender=self)
        post_migrate.connect(_protect_log, sender=self)
        post_migrate.connect(_load_practice, sender=self)
        post_migrate.connect(_fill_new_read_models, sender=self)
        worker_init.connect(_stop_unsafe_worker)
        beat_init.connect(_stop_unsafe_worker)
        inspection_published.connect(_open_streams)
        user_logged_in.connect(_begin_visit)


def refuse_unsafe_start() -> None:
    """Let no process of the web or the workers start on a log that is not protected.

    Raises:
        ImproperlyConfigured: the triggers do not stand, or the database may lose events.
    """
    from tracker.append_only import protection_is_standing  # noqa: PLC0415 - needs the models
    from tracker.checks import durability_faults  # noqa: PLC0415 - registers checks

    faults = [*protection_is_standing(), *durability_faults()]
    if not connection.in_atomic_block:
        connection.close()  # a server forks or starts threads after this
    if faults:
        raise ImproperlyConfigured(
            f"The log is not safe. {' '.join(faults)} Run manage.py migrate for triggers, set the "
            "database as config.settings.base does for settings, then start again."
        )


def _stop_unsafe_worker(**_: Any) -> None:
    try:
        refuse_unsafe_start()
    except ImproperlyConfigured as refusal:
        raise SystemExit(str(refusal)) from refusal  # Celery swallows a receiver's exceptions


def _lift_before_a_table_remake(*, using: str, plan: Sequence[Any] | None = None, **_: Any) -> None:
    from tracker.append_only import lift_protection  # noqa: PLC0415 - needs the models

    if plan and connections[using].vendor == "sqlite":
        lift_protection(using)


def _protect_log(*, using: str, **_: Any) -> None:
    from tracker.append_only import protect_log  # noqa: PLC0415 - needs the models

    protect_log(using)


def _load_practice(*, using: str, **_: Any) -> None:
    from tracker.models import Practice  # noqa: PLC0415 - models load after the app

    if Practice._meta.db_table in connections[using].introspection.table_names():
        Practice.objects.using(using).get_or_create(pk=1, defaults=PRACTICE)


def _fill_new_read_models(*, using: str, **_: Any) -> None:
    from tracker.projections import fill_empty_tables, tables_are_there  # noqa: PLC0415 - needs models

    if using == DEFAULT_DB_ALIAS and tables_are_there():
        fill_empty_tables()


def _begin_visit(*, user: Any, **_: Any) -> None:
    from tracker.services import begin_visit  # noqa: PLC0415 - services need the models

    begin_visit(user, now=timezone.now())


def _open_streams(*, inspection: Any, actor: Any, now: datetime, **_: Any) -> None:
    from inspections.publishing import RecordBusy, StreamRefused  # noqa: PLC0415 - needs the models
    from tracker.domain.rejection import CommandRejected  # noqa: PLC0415 - as the services below
    from tracker.event_store import LogBusy  # noqa: PLC0415 - needs the models
    from tracker.services import open_streams  # noqa: PLC0415 - services need the models

    try:
        open_streams(inspection=inspection, actor=actor, now=now)
    except CommandRejected as rejection:
        number = _first_without_stream(inspection)
        raise StreamRefused(number=number, sentence=rejection.sentence) from rejection
    except LogBusy as busy:
        raise RecordBusy from busy


def _first_without_stream(inspection: Any) -> int:
    """Return the number of the recommendation refused: streams open in the order of the keys."""
    waiting = inspection.recommendations.filter(progress__isnull=True).order_by("pk")
    number: int = waiting.values_list("number", flat=True)[0]
    return number
