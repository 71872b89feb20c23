"""One process with its own database of one size: it answers how long a page takes, again and again.

Started by `tests.benchmarks.__main__`; it reads "person<TAB>path" from its standard input and
answers "milliseconds<TAB>queries", the queries counted in a request of their own.
"""

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

import time_machine  # noqa: E402 - Django stands first
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import (  # noqa: E402
    CaptureQueriesContext,
    setup_test_environment,
    teardown_test_environment,
)

from tests.benchmarks.country import NOW, people, settle  # noqa: E402


def main(size: int) -> None:
    """Build the database, answer until the input ends, and drop it."""
    setup_test_environment(debug=False)
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with time_machine.travel(NOW, tick=True):
            _serve(size)
    finally:
        connection.creation.destroy_test_db("", verbosity=0)
        teardown_test_environment()


def _serve(size: int) -> None:
    settle(size)
    clients = {}
    for name, user in people(size).items():
        clients[name] = Client()
        clients[name].force_login(user)
    _tidy()
    _say("ready")
    for line in sys.stdin:
        person, path = line.rstrip("\n").split("\t")
        _say(f"{_milliseconds(clients[person], path):.3f}\t{_queries(clients[person], path)}")


def _milliseconds(client: Client, path: str) -> float:
    began = time.process_time() if os.environ.get("BENCH_CPU") else time.perf_counter()
    response = client.get(path)
    ended = time.process_time() if os.environ.get("BENCH_CPU") else time.perf_counter()
    assert response.status_code == 200, (path, response.status_code)
    return (ended - began) * 1000


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as context:
        client.get(path)
    return len(context)


def _tidy() -> None:
    """Let the database know what it holds, as a running one does by itself."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
