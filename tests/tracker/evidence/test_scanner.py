"""Only a plain "nothing found" is clean: not silence, not an error, not another form of answer."""

import io
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured

from tests.virus_scanner import FOUND, VIRUS, clam_daemon, daemon_that_answers
from tracker.evidence import scanner as scanning
from tracker.evidence.scanner import FileNotScanned, ScannerAway, find_scanner


@pytest.fixture(scope="module")
def daemon() -> Iterator[str]:
    with clam_daemon() as address:
        yield address


def ask(settings: LazySettings, address: str, content: bytes = b"a plan") -> str:
    settings.EVIDENCE_SCANNER = address
    scan = find_scanner()
    assert scan is not None
    return scan(io.BytesIO(content))


def test_clamav_finds_what_it_knows_and_passes_the_rest(
    settings: LazySettings, daemon: str
) -> None:
    assert ask(settings, daemon) == ""
    assert ask(settings, daemon, b"before " + VIRUS + b" after") == FOUND


def test_a_file_larger_than_clamav_takes_is_not_clean(settings: LazySettings, daemon: str) -> None:
    with pytest.raises((ScannerAway, FileNotScanned), match="only smaller files"):
        ask(settings, daemon, bytes(3 * 1024 * 1024))


def test_a_daemon_that_is_not_there_may_come_back(settings: LazySettings, tmp_path: Path) -> None:
    with pytest.raises(ScannerAway, match="cannot be reached"):
        ask(settings, f"unix://{tmp_path}/nothing")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        with pytest.raises(ScannerAway, match="cannot be reached"):
            ask(settings, f"tcp://127.0.0.1:{port}")


def test_a_daemon_that_does_not_answer_in_time_is_away(settings: LazySettings) -> None:
    settings.EVIDENCE_SCAN_TIMEOUT = 0.1
    with daemon_that_answers(None) as address, pytest.raises(ScannerAway):
        ask(settings, address)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"", ScannerAway),
        (b"\n", ScannerAway),
        (b"stream: out of memory ERROR\n", FileNotScanned),
        (b"INSTREAM size limit exceeded. ERROR\n", FileNotScanned),
        (b"UNKNOWN COMMAND\n", FileNotScanned),
        (b"OK\n", FileNotScanned),
    ],
)
def test_an_answer_of_another_form_is_not_clean(
    settings: LazySettings, answer: bytes, error: type[Exception]
) -> None:
    with daemon_that_answers(answer) as address, pytest.raises(error):
        ask(settings, address)


def scan_for_the_test(content: IO[bytes]) -> str:
    return content.read().decode()


def test_a_function_of_ones_own_may_be_the_scanner(settings: LazySettings) -> None:
    own = f"{__name__}.scan_for_the_test"
    assert ask(settings, own, b"what it says") == "what it says"


@pytest.mark.parametrize("address", ["clamav", "ftp://127.0.0.1", "no.such.module", "tcp://"])
def test_an_address_that_leads_nowhere_is_named(settings: LazySettings, address: str) -> None:
    settings.EVIDENCE_SCANNER = address
    with pytest.raises(ImproperlyConfigured, match="EVIDENCE_SCANNER"):
        find_scanner()


def test_nothing_scans_where_none_is_set(settings: LazySettings) -> None:
    settings.EVIDENCE_SCANNER = "none"
    assert find_scanner() is None


def test_the_clamav_of_this_machine_is_used_where_not_anybody_could_have_put_it(
    settings: LazySettings, daemon: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Path(daemon.removeprefix("unix://"))
    monkeypatch.setattr(scanning, "USUAL_SOCKETS", ("/no/such/socket", str(place)))
    assert ask(settings, "", VIRUS) == FOUND
    place.parent.chmod(0o777)
    assert find_scanner() is None
    place.parent.chmod(0o700)
    monkeypatch.setattr(scanning, "USUAL_SOCKETS", (str(place.with_name("clamd.conf")),))
    assert find_scanner() is None, "a file is no socket"
