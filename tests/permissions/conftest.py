"""The world, built once for each module; what a test changes in it is rolled back."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction

from tests.permissions.world import World, build
from tests.tracker.story import NOW


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The transaction stays open for the module; each test has a savepoint within it."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(NOW, tick=False),
        transaction.atomic(),
    ):
        found = build()
        assert found.clients
        assert found.clients_held_to_csrf
        yield found
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _nobody_slowed_down() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()
