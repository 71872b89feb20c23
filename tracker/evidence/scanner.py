"""Asks a virus scanner about a file. Which one is for the setting EVIDENCE_SCANNER.

A scanner is a function that takes an open file and returns what it found, "" for nothing. Only a
plain answer counts: silence, an error and an answer of another form are no clean file.
"""

import socket
import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeAlias
from urllib.parse import urlsplit

from clamav_client.clamd import (
    BufferTooLongError,
    ClamdError,
    ClamdNetworkSocket,
    ClamdUnixSocket,
    CommunicationError,
    ResponseError,
)
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

Scanner: TypeAlias = Callable[[BinaryIO], str]
NONE = "none"
USUAL_SOCKETS = ("/run/clamav/clamd.ctl", "/run/clamd.scan/clamd.sock")
"""Where Debian and Fedora put it."""
NO_ANSWER = "The virus scanner gave no answer."
TOO_LARGE = "The virus scanner takes only smaller files."
BROKEN_OFF = "The virus scanner broke off; it may take only smaller files."


class ScannerAway(Exception):  # noqa: N818 - what the page says of it is "try again"
    """The scanner could not be asked, or did not answer; trying again may help."""


class FileNotScanned(Exception):  # noqa: N818 - same
    """The scanner answered that it cannot look at this file."""


def find_scanner() -> Scanner | None:
    """Return the scanner that is set, or the ClamAV of this machine; None where there is none.

    Raises: ImproperlyConfigured.
    """
    address = settings.EVIDENCE_SCANNER
    if address == NONE:
        return None
    if not address:
        found = next(filter(_is_safe_socket, USUAL_SOCKETS), None)
        return _clamd(_UnixSocket(found, timeout=settings.EVIDENCE_SCAN_TIMEOUT)) if found else None
    parts = urlsplit(address)
    if parts.scheme == "unix":
        return _clamd(_UnixSocket(parts.path, timeout=settings.EVIDENCE_SCAN_TIMEOUT))
    if parts.scheme == "tcp" and parts.hostname:
        place = parts.hostname, parts.port or 3310
        return _clamd(ClamdNetworkSocket(*place, timeout=settings.EVIDENCE_SCAN_TIMEOUT))
    try:
        scanner: Scanner = import_string(address)
    except ImportError as error:
        raise ImproperlyConfigured(
            f"EVIDENCE_SCANNER is “{address}”; set it to unix:///path, tcp://host:port, the path "
            "of a function, or none."
        ) from error
    return scanner


class _UnixSocket(ClamdUnixSocket):
    """The library waits for ever to be let in where the daemon is busy; this waits no longer than
    for any other answer."""

    def _init_socket(self) -> None:
        try:
            self.clamd_socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self.clamd_socket.settimeout(self.timeout)
            self.clamd_socket.connect(self.unix_socket)
        except OSError as error:
            raise CommunicationError(self._error_message(error)) from error


def _is_safe_socket(place: str) -> bool:
    """Say whether a daemon's socket lies there, where not just anybody could have put it."""
    path = Path(place)
    try:
        is_socket = stat.S_ISSOCK(path.stat().st_mode)
        is_open_to_all = path.parent.stat().st_mode & stat.S_IWOTH
    except OSError:
        return False
    return is_socket and not is_open_to_all


def _clamd(daemon: ClamdNetworkSocket) -> Scanner:
    def scan(content: BinaryIO) -> str:
        try:
            answers = daemon.instream(content)
        except BufferTooLongError as error:
            raise FileNotScanned(TOO_LARGE) from error
        except (BrokenPipeError, ConnectionResetError) as error:
            raise ScannerAway(BROKEN_OFF) from error
        except ResponseError as error:
            raise FileNotScanned(NO_ANSWER) from error
        except (ClamdError, OSError) as error:
            raise ScannerAway(f"The virus scanner cannot be reached: {error}") from error
        return _read(list(answers.values()))

    return scan


def _read(answers: list[tuple[str, str | None]]) -> str:
    """Return what was found, "" for nothing."""
    match answers:
        case [("OK", _)]:
            return ""
        case [("FOUND", virus)]:
            return virus or "unnamed"
        case [("ERROR", reason)]:
            raise FileNotScanned(f"The virus scanner could not look at it: {reason}")
        case _:
            raise ScannerAway(NO_ANSWER)
