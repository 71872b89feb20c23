"""Loads the reference data after every migration, so that a flush cannot lose it for good.

The notices are protected anew as well: SQLite drops triggers when it remakes a table.
"""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class InspectionsConfig(AppConfig):
    name = "inspections"
    verbose_name = "Inspections"

    def ready(self) -> None:
        post_migrate.connect(_load_reference_data, sender=self)
        post_migrate.connect(_protect_notices, sender=self)


def _load_reference_data(*, using: str, **_: Any) -> None:
    from inspections.reference_data import load_reference_data  # noqa: PLC0415 - needs the models

    load_reference_data(using=using)


def _protect_notices(*, using: str, **_: Any) -> None:
    from inspections.append_only import protect_notices  # noqa: PLC0415 - needs no tables yet

    protect_notices(using=using)
