"""Deletes files after the transaction that ended their use, and again if that was cut short.

A file cannot be brought back by a rollback, so it goes only once the commit has happened. Which
file is to go stands in a row until it has gone: a sweep finds what a crash left behind.
"""

import logging
from datetime import datetime
from functools import partial

from django.core.files.storage import storages
from django.db import transaction

from tracker.models import FileToDelete

logger = logging.getLogger(__name__)


def delete_after_commit(*, storage: str, name: str, now: datetime) -> None:
    """Note that the file is to go, and delete it once the transaction is committed.

    `storage` is an alias of the setting STORAGES, `name` the file's name there.
    """
    row, _ = FileToDelete.objects.get_or_create(
        storage=storage, name=name, defaults={"asked_at": now}
    )
    transaction.on_commit(partial(_delete, row), robust=True)


def delete_forgotten_files() -> int:
    """Delete every file that is still to go; return how many went."""
    return sum(_delete(row) for row in FileToDelete.objects.order_by("pk"))


def _delete(row: FileToDelete) -> bool:
    """Delete one file; one that is not there has gone. What fails stays, for the next sweep."""
    try:
        storages[row.storage].delete(row.name)
    except OSError:
        logger.exception("File %s of the rows to delete could not be deleted.", row.pk)
        return False
    FileToDelete.objects.filter(pk=row.pk).delete()
    return True
