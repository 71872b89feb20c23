"""The files themselves: put down under random names, outside the web root, and read again.

Their deletion is for `services.redacting`, which a redaction needs as well.
"""

from hashlib import sha256
from secrets import token_hex

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from tracker.models.files import EXCHANGE


class FileLost(Exception):  # noqa: N818 - it was there
    """The file is not where its row says; a disk was lost or tidied by hand."""


def new_name() -> str:
    """Return a name that nobody can guess, and that says nothing of what is in it."""
    return token_hex(32)


def put(name: str, content: bytes) -> None:
    """Put the file down, in place of one that an earlier attempt left."""
    storage = storages[EXCHANGE]
    storage.delete(name)
    storage.save(name, ContentFile(content))


def read(name: str) -> bytes:
    """Return what was put down. Raises: FileLost."""
    try:
        with storages[EXCHANGE].open(name) as file:
            content: bytes = file.read()
    except OSError as missing:
        raise FileLost from missing
    return content


def digest(content: bytes) -> str:
    """Return the SHA-256 by which the file is known for ever."""
    return sha256(content).hexdigest()
