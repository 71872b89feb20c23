"""The world, built once; what a test changes in it is rolled back."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction

from tests.permissions.world import World, build
from tests.tracker.story import NOW
from tracker.projections import rebuild


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The transaction stays open for the folder; each test has a savepoint within it."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(NOW, tick=False),
        transaction.atomic(),
    ):
        found = build()
        assert found.clients
        assert found.clients_held_to_csrf
        yield found
        assert [each for _, faults in rebuild(check_only=True) for each in faults] == []
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _read_models_follow_the_log() -> None:
    """Asked once, of the world: that the tests here write nothing, they show themselves."""


@pytest.fixture(autouse=True)
def _nobody_slowed_down() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()
