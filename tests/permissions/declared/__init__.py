"""The declaration: every address of the project, by its key, and what it answers to whom.

An address may have several doors, one for each value of an argument that names no thing.
"""

from collections.abc import Iterator, Mapping

from tests.permissions.declared.accounts import ACCOUNTS
from tests.permissions.declared.admin import ADMIN
from tests.permissions.declared.api import API
from tests.permissions.declared.pages import PAGES
from tests.permissions.door import Door

DOORS: Mapping[str, tuple[Door, ...]] = {**PAGES, **ADMIN, **ACCOUNTS, **API}


def every_door() -> Iterator[tuple[str, Door]]:
    """Yield each door with the key of its address."""
    for key, doors in DOORS.items():
        yield from ((key, door) for door in doors)
