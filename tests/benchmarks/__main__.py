"""Measures the desk and the list with 2,000 and with 20,000 recommendations, turn by turn.

A shared machine is now fast, now slow: so both sizes take turns, and the ratio of their medians is
the result. Exits with 1 when ten times the data take twice the time, or a page asks too much.
"""

import os
import statistics
import subprocess
import sys
from collections.abc import Iterable
from typing import NamedTuple

SIZES = (2_000, 20_000)
ROUNDS = int(os.environ.get("ROUNDS", "15"))
MOST_QUERIES = 12
MOST_TIMES = 2.0
LIST = "/admin/tracker/recommendationprogress/"
PAGES = {
    "desk": "/admin/",
    "list": LIST,
    "list, overdue": f"{LIST}?desk=overdue",
    "list, search": f"{LIST}?q=enforcement",
}
PEOPLE = ("PDU lead", "regional lead", "co-ordinator", "inspector")


class Row(NamedTuple):
    """One page of one person: medians in milliseconds by size, their ratio, the most queries."""

    person: str
    page: str
    small: float
    large: float
    queries: int

    @property
    def ratio(self) -> float:
        return self.large / self.small

    @property
    def is_good(self) -> bool:
        return self.ratio < MOST_TIMES and self.queries <= MOST_QUERIES


def main() -> int:
    """Measure, print a table, and return 1 when a limit is passed."""
    servers = [_started(size) for size in SIZES]
    try:
        rows = [_measured(servers, person, page) for person in PEOPLE for page in PAGES]
    finally:
        for server in servers:
            server.stdin.close()  # type: ignore[union-attr]
        for server in servers:
            server.wait()
    _print(rows)
    return 0 if all(row.is_good for row in rows) else 1


def _started(size: int) -> "subprocess.Popen[str]":
    environment = {**os.environ}
    if "DATABASE_URL" in environment:
        environment["DATABASE_URL"] += f"_bench_{size}"
    command = [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.serving", str(size)]
    server = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    )
    assert _line(server) == "ready"
    return server


def _measured(servers: Iterable["subprocess.Popen[str]"], person: str, page: str) -> Row:
    times: list[list[float]] = [[] for _ in SIZES]
    queries = 0
    for turn in range(ROUNDS + 2):
        for kept, server in zip(times, servers, strict=True):
            assert server.stdin is not None
            server.stdin.write(f"{person}\t{PAGES[page]}\n")
            server.stdin.flush()
            took, asked = _line(server).split("\t")
            queries = max(queries, int(asked))
            if turn >= 2:  # the first turns warm caches and prepared statements
                kept.append(float(took))
    small, large = (statistics.median(each) for each in times)
    return Row(person, page, small, large, queries)


def _line(server: "subprocess.Popen[str]") -> str:
    assert server.stdout is not None
    return str(server.stdout.readline()).rstrip("\n")


def _print(rows: Iterable[Row]) -> None:
    out = sys.stdout.write
    out(f"{'person':14} {'page':14} {'queries':>7} {'2,000':>9} {'20,000':>9} {'ratio':>6}\n")
    for row in rows:
        verdict = "" if row.is_good else "  over the limit"
        out(
            f"{row.person:14} {row.page:14} {row.queries:7} {row.small:6.1f} ms {row.large:6.1f} ms"
            f" {row.ratio:6.2f}{verdict}\n"
        )


if __name__ == "__main__":
    sys.exit(main())
