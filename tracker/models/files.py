"""Files that are to go: rows written where their last use ended, worked off after the commit."""

from django.db import models

EVIDENCE, EXCHANGE = "evidence", "exchange"
"""The storages of files that are not for everybody, as the setting STORAGES calls them."""


class FileToDelete(models.Model):
    """A file in one of the storages, by its name there; the row goes when the file has gone.

    `storage` is an alias of the setting STORAGES.
    """

    storage = models.CharField(max_length=60)
    name = models.CharField(max_length=500)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["storage", "name"], name="file_to_delete_once")
        ]

    def __str__(self) -> str:
        return f"a file of {self.storage}"
