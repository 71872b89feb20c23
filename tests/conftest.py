"""What holds for every test: no outside connections, a log that can be flushed, marks.

Fixtures of one room live beside its tests; people and reports to act on are made by `world`.
"""

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

LONGEST_BYTES_IN_A_NAME = 40
TOUCHES_A_DATABASE = {"db", "transactional_db", "live_server", "django_db_reset_sequences"}


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database `service`, so that it runs again on PostgreSQL."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & TOUCHES_A_DATABASE or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.service)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a file's bytes by their argument: a packed file holds the second it was made in."""
    return argname if isinstance(val, bytes) and len(val) > LONGEST_BYTES_IN_A_NAME else None


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let no session that outlives its test keep PostgreSQL from dropping the test database.

    A process that a test killed, or a thread of a server, may hold one for a moment longer.
    """
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )


@pytest.fixture(autouse=True, scope="session")
def _flush_of_a_protected_log() -> Iterator[None]:
    """Lift the protection while a test that commits is cleaned up, and put it back.

    The flush ends with post_migrate, which brings the reference data back.
    """
    clean_up = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def clean_up_with_protection_lifted(case: TransactionTestCase) -> None:
        from tracker.append_only import lift_protection, protect_log

        aliases = list(connections)
        for alias in aliases:
            lift_protection(alias)
        try:
            clean_up(case)
        finally:
            for alias in aliases:
                protect_log(alias)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", clean_up_with_protection_lifted)
        yield


@pytest.fixture(autouse=True)
def _read_models_follow_the_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test whose commands wrote events, a rebuild would change nothing.

    Tests marked `raw_log` append below the services, where no read model follows.
    """
    for fixture in sorted(TOUCHES_A_DATABASE & set(request.fixturenames)):
        request.getfixturevalue(fixture)  # so that its database is still there at the end
    yield
    writes_raw_events = request.node.get_closest_marker("raw_log")
    # A test that provoked the database's refusal leaves a transaction that only rolls back.
    if (
        request.node.get_closest_marker("service")
        and not writes_raw_events
        and not connection.needs_rollback
    ):
        from tracker.projections import rebuild

        assert [each for _, found in rebuild(check_only=True) for each in found] == []


@pytest.fixture(autouse=True)
def _sockets_only_to_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def connect_to_loopback(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not _is_loopback(address[0]):
            pytest.fail(f"A test asked for a connection to {address[0]}; only loopback is allowed.")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_to_loopback)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
