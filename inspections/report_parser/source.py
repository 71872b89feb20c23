"""From bytes to plain text: the one place where an untrusted file is opened.

What lives here: the size limit, the files that are recognised by their first bytes and refused, the
decoding, and the removal of characters that nobody sees. What must not: what a report says.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Literal

from inspections.report_parser.lines import split_lines
from inspections.report_parser.parsed import Source
from inspections.report_parser.refusals import NotAnInspectionReport, SourceTooLarge
from inspections.report_parser.web_page import looks_like_html, read_web_page

MAX_SOURCE_BYTES = 2 * 1024 * 1024
MAX_LINES = 20_000  # the longest reports known have a few hundred
MAX_CHARACTERS = 500_000  # and forty thousand characters; a page's markup is not counted

_SAVE_THE_PAGE = "open the report's own web page and save it as HTML, or copy its text into a file"

_FIRST_BYTES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a Word, spreadsheet or zip file"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "a rich text file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"bplist00", "a web archive"),
)
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_PDF = re.compile(r"\bPDF\b|\.pdf\b", re.IGNORECASE)
_WEB_ARCHIVE = re.compile(rb"^content-type: *multipart/related", re.IGNORECASE | re.MULTILINE)

# Controls other than tab and line ends, bidirectional controls, and marks of no width: they are
# never part of the wording, and could make a line read differently from what is stored.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class OpenedSource:
    source: Source
    links_to_pdf: bool


def open_source(given: bytes) -> OpenedSource:
    """Read the bytes of a report's text or HTML into plain text.

    Raises: SourceTooLarge, NotAnInspectionReport.
    """
    _refuse_by_size(given)
    _refuse_by_first_bytes(given)
    decoded = _without_invisible(_decode(given))
    if looks_like_html(decoded):
        page = read_web_page(decoded)
        return _opened(given, "html", page.text, links_to_pdf=page.links_to_pdf)
    return _opened(given, "text", decoded, links_to_pdf=_PDF.search(decoded) is not None)


def _opened(
    given: bytes, form: Literal["text", "html"], text: str, *, links_to_pdf: bool
) -> OpenedSource:
    lines = split_lines(_without_invisible(text))
    if len(lines) > MAX_LINES or sum(len(line.strip()) for line in lines) > MAX_CHARACTERS:
        raise NotAnInspectionReport(
            f"The file's text is many times longer than any report's: {_SAVE_THE_PAGE}."
        )
    sha256 = hashlib.sha256(given).hexdigest()
    return OpenedSource(Source(sha256, form, "\n".join(lines)), links_to_pdf)


def _refuse_by_size(given: bytes) -> None:
    if len(given) > MAX_SOURCE_BYTES:
        raise SourceTooLarge(
            "The file is larger than 2 MB, which no report is: save the report's page on its own,"
            " without pictures, and try again."
        )
    if not given.strip():
        raise NotAnInspectionReport(
            "The file is empty: choose the saved text or HTML of a published report."
        )


def _refuse_by_first_bytes(given: bytes) -> None:
    for first_bytes, kind in _FIRST_BYTES:
        if given.startswith(first_bytes):
            raise NotAnInspectionReport(
                f"This is {kind}, not a report's text or web page: {_SAVE_THE_PAGE}."
            )
    if _WEB_ARCHIVE.search(given, 0, 2000):
        raise NotAnInspectionReport(
            f"This is a web archive, not a report's text or web page: {_SAVE_THE_PAGE}."
        )


def _decode(given: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if given.startswith(mark):
            return given[len(mark) :].decode(encoding, errors="replace")
    if given.count(0) > len(given) // 100:
        raise NotAnInspectionReport(
            f"This is a binary file, not a report's text or web page: {_SAVE_THE_PAGE}."
        )
    text = given.decode("utf-8", errors="replace")
    return text if _is_mostly_utf8(text) else given.decode("cp1252", errors="replace")


def _is_mostly_utf8(text: str) -> bool:
    """Tell a UTF-8 file, broken bytes or not, from one that was saved as Windows-1252."""
    unreadable = text.count("\ufffd")
    readable = sum(1 for character in text if character > "\x7f") - unreadable
    return unreadable <= readable


def _without_invisible(text: str) -> str:
    return _INVISIBLE.sub("", text)
