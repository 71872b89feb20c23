"""Two writers who wait for one another: PostgreSQL ends one, who hears that the record is busy."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from inspections.database_lock import DatabaseLocked, refusing_when_locked
from tracker.event_store import LogBusy, refusing_when_busy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("refusing", "refusal"), [(refusing_when_busy, LogBusy), (refusing_when_locked, DatabaseLocked)]
)
def test_one_of_the_two_is_refused_in_a_sentence(
    refusing: Callable[[], AbstractContextManager[None]], refusal: type[Exception]
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one lock: nobody waits for two")
    both_hold_one, heard = Barrier(2, timeout=20), []

    def take(*locks: int) -> None:
        try:
            with refusing(), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [locks[0]])
                both_hold_one.wait()
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [locks[1]])
        except refusal as refused:
            heard.append(str(refused))
        finally:
            connection.close()

    writers = [Thread(target=take, args=locks) for locks in ((1, 2), (2, 1))]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    (sentence,) = heard
    assert "busy" in sentence
