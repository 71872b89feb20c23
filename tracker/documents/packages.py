"""A Word or Excel file as what it is: a zip archive of XML parts, each looked at before it is read.

Everything hostile is refused here, before a reader sees it: bombs, macros, encrypted archives,
links to other files, and XML that defines entities. Nothing is ever unpacked onto the disk.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from tracker.documents.pieces import InPieces
from tracker.documents.refusal import BOMB, DAMAGED, DocumentRefused, Limits

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

CENTRAL_ENTRY = b"PK\x01\x02"
ENCRYPTED = 0x1
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
CONTENT_TYPES = "[Content_Types].xml"
MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
MACRO_FOLDERS = ("/activex/", "/macrosheets/", "/dialogsheets/")
LINK_FOLDERS = ("/externallinks/", "/querytables/")
LINK_PARTS = ("/connections.xml",)
FOLLOWED_BY_NOBODY = ("/hyperlink", "/attachedTemplate")
"""Outside addresses that documents hold for good reasons; nothing here ever goes to them."""

MACROS = (
    "The file contains macros, which are not accepted; save it as a plain Word document (.docx) or"
    " Excel workbook (.xlsx), then upload that."
)
LINKS = (
    "The file contains links to other files or data connections; break them, or copy the table into"
    " a new document, then upload that."
)
PROTECTED = "The file is protected by a password; remove the password, then upload it again."
ENTITIES = (
    "The file contains definitions that no Word or Excel document needs; copy its table into a new"
    " document, then upload that."
)
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What `zipfile` raises on archives that are not what they say."""

Step: TypeAlias = "tuple[str, Element]"


def local(tag: object) -> str:
    """Return the name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def unpacked_size(content: bytes) -> int:
    """Return how many bytes a packed file holds by its own account; of any other its length."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except BROKEN_ZIP:
        return len(content)


class Package:
    """The parts of one Word or Excel file, after everything hostile was refused."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        """Raises: DocumentRefused."""
        self._limits = limits
        self._elements = self._attributes = self._bytes = 0
        """How much was walked through: a part that a workbook names twice counts twice."""
        if content.count(CENTRAL_ENTRY) > limits.parts:
            raise DocumentRefused(BOMB)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except BROKEN_ZIP as error:
            raise DocumentRefused(DAMAGED) from error
        self._refuse_bombs()
        self.parts = {name.lower(): name for name in self._archive.namelist()}
        self._refuse_lies()

    def __contains__(self, part: str) -> bool:
        return part.lower() in self.parts

    def content_types(self) -> dict[str, str]:
        """Return what the parts say they are: content types by lower-case part name."""
        return {
            element.get("PartName", "").lstrip("/").lower(): element.get("ContentType", "")
            for element in self.ended(CONTENT_TYPES)
            if local(element.tag) in {"Override", "Default"}
        }

    def refuse_active_content(self) -> None:
        """Raises: DocumentRefused on macros and on links that lead out of the file."""
        for part in self.parts:
            path = f"/{part}"
            if part.endswith(MACRO_PARTS) or any(folder in path for folder in MACRO_FOLDERS):
                raise DocumentRefused(MACROS)
            if path.endswith(LINK_PARTS) or any(folder in path for folder in LINK_FOLDERS):
                raise DocumentRefused(LINKS)
        if any("macroenabled" in kind.lower() for kind in self.content_types().values()):
            raise DocumentRefused(MACROS)
        for part in self.parts:
            if part.endswith(".rels"):
                self._refuse_outside_links(part)

    def relationships(self, part: str) -> dict[str, tuple[str, str]]:
        """Return what a part refers to: the kind and the part's name by relationship id."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self:
            return {}
        return {
            element.get("Id", ""): (
                element.get("Type", "").rpartition("/")[2],
                _resolved(folder, element.get("Target", "")),
            )
            for element in self.ended(rels)
            if local(element.tag) == "Relationship" and element.get("TargetMode") != "External"
        }

    def main_part(self) -> str:
        """Return the part that is the document itself. Raises: DocumentRefused."""
        for kind, target in self.relationships("").values():
            if kind == "officeDocument" and target in self:
                return target
        raise DocumentRefused(DAMAGED)

    def ended(self, part: str) -> Iterator["Element"]:
        """Give every element of a part once it is complete. Raises: DocumentRefused."""
        return (element for event, element in self.walk(part) if event == "end")

    def walk(self, part: str) -> Iterator[Step]:
        """Give "start" and "end" of every element of a part; whoever took one may clear it.

        Raises: DocumentRefused on what is no XML, defines entities, or goes too deep or too far.
        """
        from defusedxml.common import DefusedXmlException  # noqa: PLC0415 -- where it is used
        from defusedxml.ElementTree import ParseError, iterparse  # noqa: PLC0415

        depth = 0
        try:
            entry = self._archive.getinfo(self.parts[part.lower()])
            self._count(size=entry.file_size)
            with self._archive.open(entry) as stream:
                pieces = InPieces(stream, self._limits)
                for event, element in iterparse(pieces, ("start", "end"), forbid_dtd=True):
                    depth += 1 if event == "start" else -1
                    if event == "start":
                        self._count(elements=1, attributes=len(element.keys()))
                    if depth > self._limits.depth:
                        raise DocumentRefused(BOMB)
                    yield event, element
        except DefusedXmlException as error:
            raise DocumentRefused(ENTITIES) from error
        except (ParseError, KeyError, LookupError, *BROKEN_ZIP) as error:
            raise DocumentRefused(DAMAGED) from error

    def _count(self, *, size: int = 0, elements: int = 0, attributes: int = 0) -> None:
        self._bytes += size
        self._elements += elements
        self._attributes += attributes
        limits = self._limits
        if (
            self._bytes > 2 * limits.unpacked_bytes
            or self._elements > limits.elements
            or self._attributes > limits.attributes
        ):
            raise DocumentRefused(BOMB)

    def _refuse_bombs(self) -> None:
        """`zipfile` never inflates a part beyond the size it declares, so the sum holds."""
        total = 0
        for entry in self._archive.infolist():
            if entry.flag_bits & ENCRYPTED:
                raise DocumentRefused(PROTECTED)
            total += entry.file_size
            is_small = entry.file_size <= self._limits.small_part_bytes
            ratio = entry.file_size / max(entry.compress_size, 1)
            if total > self._limits.unpacked_bytes or (not is_small and ratio > self._limits.ratio):
                raise DocumentRefused(BOMB)

    def _refuse_lies(self) -> None:
        """Two parts of one name, and names that lead out of the archive, are nobody's mistake."""
        entries = self._archive.infolist()
        names_lie = any(
            "\\" in entry.filename
            or entry.filename.startswith("/")
            or ".." in entry.filename.split("/")
            or entry.compress_type not in METHODS
            for entry in entries
        )
        if names_lie or len(self.parts) != len(entries):
            raise DocumentRefused(DAMAGED)

    def _refuse_outside_links(self, rels: str) -> None:
        for element in self.ended(rels):
            leads_out = element.get("TargetMode", "").lower() == "external"
            if leads_out and not element.get("Type", "").endswith(FOLLOWED_BY_NOBODY):
                raise DocumentRefused(LINKS)


def _resolved(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target))
