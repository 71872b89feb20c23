"""What a file is, by its content; whether its name says the same; why it may not be evidence. Pure.

Archives are judged by their table of contents and one small part of them: nothing is unpacked, so
a bomb stays what it is. Whether a file does harm is for the scanner.
"""

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import IO, Final

from tracker.evidence.names import extension_of


class FileRefused(Exception):  # noqa: N818 - a refusal with a sentence for the person
    """The file cannot be evidence; `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of file that may be evidence: its endings, its media type and how people call it."""

    name: str
    media_type: str
    extensions: tuple[str, ...]
    words: str


OFFICE: Final = "application/vnd.openxmlformats-officedocument"
OPEN: Final = "application/vnd.oasis.opendocument"
KINDS: Final = (
    Kind("pdf", "application/pdf", ("pdf",), "PDF document"),
    Kind("docx", f"{OFFICE}.wordprocessingml.document", ("docx",), "Word document"),
    Kind("xlsx", f"{OFFICE}.spreadsheetml.sheet", ("xlsx",), "Excel workbook"),
    Kind("pptx", f"{OFFICE}.presentationml.presentation", ("pptx",), "PowerPoint presentation"),
    Kind("odt", f"{OPEN}.text", ("odt",), "OpenDocument text"),
    Kind("ods", f"{OPEN}.spreadsheet", ("ods",), "OpenDocument spreadsheet"),
    Kind("odp", f"{OPEN}.presentation", ("odp",), "OpenDocument presentation"),
    Kind("png", "image/png", ("png",), "PNG picture"),
    Kind("jpeg", "image/jpeg", ("jpg", "jpeg"), "JPEG picture"),
    Kind("csv", "text/csv", ("csv",), "CSV table"),
    Kind("txt", "text/plain", ("txt",), "text file"),
)
BY_NAME: Final[Mapping[str, Kind]] = {kind.name: kind for kind in KINDS}
BY_EXTENSION: Final[Mapping[str, Kind]] = {
    extension: kind for kind in KINDS for extension in kind.extensions
}
BY_MEDIA_TYPE: Final[Mapping[str, Kind]] = {kind.media_type: kind for kind in KINDS}

HEAD = 4096
MOST_PARTS = 10_000
LARGEST_CONTENTS = 4 * 1024 * 1024
"""Bytes of an archive's table of contents; a long workbook with pictures has some 100 kB."""
LARGEST_PART = 1024 * 1024
END_OF_CONTENTS = struct.Struct("<4s4H2LH")
LOCATOR = 20
LONGEST_COMMENT = 65_535
MACRO_PARTS = re.compile(
    r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml|macrosheets/|Basic/|Scripts/)", re.I
)
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What `zipfile` raises at archives that somebody broke or made up."""
CONTROLS = bytes({*range(32)} - set(b"\t\n\f\r"))
DAMAGED = "The file is damaged or not what its name says; save it again and attach the new copy."
WITH_MACROS = "The file holds macros; save a copy without macros and attach that."
LOCKED = (
    "The file is locked with a password or in an old Office format; save it as .docx, .xlsx, .pptx "
    "or PDF without a password and attach that."
)
ARCHIVE = "The file is an archive, so nobody can look into it; attach the documents one by one."


def kind_of(content: IO[bytes], name: str, *, allowed: Collection[str]) -> Kind:
    """Return what the file is. `allowed` names the kinds that are taken, as in `KINDS`.

    Raises: FileRefused.
    """
    claimed = BY_EXTENSION.get(extension_of(name).lower())
    if claimed is None or claimed.name not in allowed:
        raise FileRefused(f"Files of this type are not taken; attach {in_words(allowed)}.")
    content.seek(0)
    head = content.read(HEAD)
    found = _found(head, content, claimed)
    if found is not claimed:
        raise FileRefused(
            f"The name says {_a(claimed)} but the file is {_a(found)}; "
            "give it its right ending, or attach the file you meant."
        )
    return found


def in_words(allowed: Collection[str]) -> str:
    """Return "PDF, DOCX or PNG", in the lasting order of the kinds."""
    endings = [each.extensions[0].upper() for each in KINDS if each.name in allowed]
    return " or ".join([", ".join(endings[:-1]), endings[-1]] if len(endings) > 1 else endings)


def _a(kind: Kind) -> str:
    return f"{'an' if kind.words[0] in 'EO' else 'a'} {kind.words}"


def _found(head: bytes, content: IO[bytes], claimed: Kind) -> Kind:
    for signature, recognise in SIGNATURES.items():
        if head.startswith(signature):
            return recognise(content)
    if claimed.media_type.startswith("text/") and _is_text(content):
        return claimed
    raise FileRefused(DAMAGED)


def _archive(content: IO[bytes]) -> Kind:
    _require_small_contents(content)
    try:
        with zipfile.ZipFile(content) as archive:
            return _document_in(archive)
    except UNREADABLE as error:
        raise FileRefused(DAMAGED) from error


def _require_small_contents(content: IO[bytes]) -> None:
    """Refuse before the table of contents is read: it could fill the memory by itself."""
    size = content.seek(0, 2)
    content.seek(max(0, size - LONGEST_COMMENT - END_OF_CONTENTS.size - LOCATOR))
    tail = content.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < END_OF_CONTENTS.size:
        raise FileRefused(DAMAGED)
    *_, parts, length, _, _ = END_OF_CONTENTS.unpack_from(tail, place)
    # Before it may stand where to find a larger table, whose own figures count instead of these.
    has_larger = tail[max(0, place - LOCATOR) :].startswith(b"PK\x06\x07")
    if has_larger or parts > MOST_PARTS or length > LARGEST_CONTENTS:
        raise FileRefused(DAMAGED)


def _document_in(archive: zipfile.ZipFile) -> Kind:
    parts = {part.filename: part for part in archive.infolist()}
    if any(part.flag_bits & 1 for part in parts.values()):
        raise FileRefused(LOCKED)
    if any(MACRO_PARTS.search(name) for name in parts):
        raise FileRefused(WITH_MACROS)
    if "[Content_Types].xml" in parts:
        return _office_document(_read(archive, parts["[Content_Types].xml"]))
    if "mimetype" in parts:
        return _open_document(archive, parts)
    raise FileRefused(ARCHIVE)


def _office_document(types: bytes) -> Kind:
    if b"macroenabled" in types.lower():
        raise FileRefused(WITH_MACROS)
    for name in ("docx", "xlsx", "pptx"):
        if f"{BY_NAME[name].media_type}.main+xml".encode() in types:
            return BY_NAME[name]
    raise FileRefused(DAMAGED)


def _open_document(archive: zipfile.ZipFile, parts: Mapping[str, zipfile.ZipInfo]) -> Kind:
    manifest = parts.get("META-INF/manifest.xml")
    if manifest and b"encryption-data" in _read(archive, manifest):
        raise FileRefused(LOCKED)
    media_type = _read(archive, parts["mimetype"]).decode("ascii", "replace").strip()
    found = BY_MEDIA_TYPE.get(media_type)
    if found is None or not media_type.startswith(OPEN):
        raise FileRefused(ARCHIVE)
    return found


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Return one part, of which no more than `LARGEST_PART` is ever unpacked."""
    with archive.open(part) as file:
        found = file.read(LARGEST_PART + 1)
    if len(found) > LARGEST_PART:
        raise FileRefused(DAMAGED)
    return found


def _is_text(content: IO[bytes]) -> bool:
    """Say whether it is text throughout: UTF-8, UTF-16 with its mark, or Windows-1252."""
    content.seek(0)
    text = content.read()
    if text.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _reads_as(text, "utf-16")
    is_plain = len(text.translate(None, CONTROLS)) == len(text)
    return is_plain and (_reads_as(text, "utf-8") or _reads_as(text, "cp1252"))


def _reads_as(text: bytes, encoding: str) -> bool:
    try:
        text.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _refused(sentence: str) -> Callable[[IO[bytes]], Kind]:
    def refuse(_: IO[bytes]) -> Kind:
        raise FileRefused(sentence)

    return refuse


SIGNATURES: Final[Mapping[bytes, Callable[[IO[bytes]], Kind]]] = {
    b"%PDF-": lambda _: BY_NAME["pdf"],
    b"\x89PNG\r\n\x1a\n": lambda _: BY_NAME["png"],
    b"\xff\xd8\xff": lambda _: BY_NAME["jpeg"],
    b"PK\x03\x04": _archive,
    b"PK\x05\x06": _refused(ARCHIVE),
    b"\xd0\xcf\x11\xe0": _refused(LOCKED),
    b"MZ": _refused(DAMAGED),
}
