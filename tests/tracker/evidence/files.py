"""Files as the programs' own libraries write them, and as somebody with other plans does."""

import io
import zipfile
from collections.abc import Mapping

import docx
import openpyxl

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)
JPEG = b"\xff\xd8\xff\xe0" + bytes(32)
TEXT = "Nine of twenty plans were read. Naw o ugain – ŵ.\n".encode()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
PROGRAM = b"MZ\x90\x00" + bytes(512)
ODF = "application/vnd.oasis.opendocument"


def word() -> bytes:
    document = docx.Document()
    document.add_paragraph("Nine of twenty plans were read.")
    return _saved(document)


def excel() -> bytes:
    book = openpyxl.Workbook()
    book.create_sheet("Dip sample").append(["Plans read", 9, 20])
    return _saved(book)


def open_document(kind: str = "text") -> bytes:
    return archive({"mimetype": f"{ODF}.{kind}".encode(), "content.xml": b"<office/>"})


def archive(parts: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive of the parts, the first of them stored as it is."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for nth, (name, part) in enumerate(parts.items()):
            packed.writestr(name, part, zipfile.ZIP_DEFLATED if nth else zipfile.ZIP_STORED)
    return content.getvalue()


def with_part(document: bytes, name: str, part: bytes = b"x") -> bytes:
    """Return the archive with one part more."""
    content = io.BytesIO(document)
    with zipfile.ZipFile(content, "a") as packed:
        packed.writestr(name, part)
    return content.getvalue()


def _saved(document: object) -> bytes:
    content = io.BytesIO()
    document.save(content)  # type: ignore[attr-defined]
    return content.getvalue()
