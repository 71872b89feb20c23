"""`make run` refuses in a sentence before it starts anything."""

import os
import socket
import subprocess
import sys

import pytest


def serve(port: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "machinery.serve"],
        env={**os.environ, "PORT": port},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_a_port_in_use_is_named_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = serve(port)

    assert done.returncode == 1
    assert done.stdout == (
        f"Port {port} is in use. Stop what uses it, or choose another: PORT=9000 make run\n"
    )
    assert done.stderr == ""


@pytest.mark.parametrize("port", ["", "http", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    done = serve(port)

    assert done.returncode == 1
    assert done.stdout == f"PORT must be a number from 1 to 65535, and it is {port!r}.\n"
