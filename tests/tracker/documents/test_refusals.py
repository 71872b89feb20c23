"""Every hostile or mistaken file is refused with one sentence that says what to do."""

import io
import re
import struct
import zipfile
from dataclasses import replace

import pytest

from tests.tracker.documents.files import excel_by_openpyxl, repacked, word_by_docx
from tracker.documents import LIMITS, DocumentRefused, read_tables
from tracker.documents.pieces import PIECE, InPieces

EXCEL = excel_by_openpyxl([["No", "Action"], [1, "Train"]])
WORD = word_by_docx([["No", "Action"], ["1", "Train"]])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (c, b"&%c;" % (c - 1) * 10) for c in b"bcdefghij")
    + b"]><x>&j;</x>"
)
FILE_ENTITY = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
OUTSIDE = (
    b"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
    b"<Relationship Id='r1' TargetMode='External' Target='http://example.org/a'"
    b" Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s'/>"
    b"</Relationships>"
)
DDE = b"<w:r><w:instrText> DDEAUTO c:\\\\cmd.exe</w:instrText></w:r><w:tbl>"


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/"), part)
    return out.getvalue()


def encrypted(content: bytes) -> bytes:
    """Set the bit that says so in every local and central header."""
    content = re.sub(rb"(PK\x03\x04..)\x00", b"\\1\x01", content, flags=re.DOTALL)
    return re.sub(rb"(PK\x01\x02....)\x00", b"\\1\x01", content, flags=re.DOTALL)


def lying(content: bytes) -> bytes:
    """Let the largest part say in its headers that it unpacks to ten bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        largest = max(archive.infolist(), key=lambda entry: entry.file_size)
    return content.replace(struct.pack("<L", largest.file_size), struct.pack("<L", 10))


def sheet(content: bytes) -> bytes:
    return repacked(EXCEL, changed={"xl/worksheets/sheet1.xml": content})


BOMB = sheet(b"<worksheet>" + b" " * (LIMITS.small_part_bytes + 1) + b"</worksheet>")
ZOO: dict[str, tuple[str, bytes, str]] = {
    "no ending": ("plan", EXCEL, "upload a Word document"),
    "another ending": ("plan.exe", EXCEL, "upload a Word document"),
    "macros by name": ("plan.xlsm", EXCEL, "macros"),
    "nothing": ("plan.csv", b"", "empty"),
    "Excel called Word": ("plan.docx", EXCEL, "it is an Excel workbook"),
    "Word called Excel": ("plan.xlsx", WORD, "it is a Word document"),
    "Excel called CSV": ("plan.csv", EXCEL, "it is an Excel workbook"),
    "CSV called Excel": ("plan.xlsx", b"a,b\n1,2\n", "it is not one"),
    "a PDF": ("plan.docx", b"%PDF-1.7 ...", "PDF"),
    "a web page": ("plan.csv", b"\n<!DOCTYPE html><table>", "not what its name says"),
    "a picture called CSV": ("plan.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not text"),
    "a password": ("plan.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "an old format": ("plan.xlsx", OLE + b"\x00" * 600, "old versions"),
    "an encrypted archive": ("plan.xlsx", encrypted(EXCEL), "password"),
    "any archive": ("plan.docx", zipped(**{"a.txt": b"a"}), "archive"),
    "OpenDocument": ("plan.xlsx", zipped(mimetype=b"application/vnd.oasis"), "another program"),
    "macros": ("plan.xlsx", repacked(EXCEL, changed={"xl/vbaProject.bin": b"1"}), "macros"),
    "macros by content type": (
        "plan.xlsx",
        repacked(EXCEL, replaced=[(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main")]),
        "macros",
    ),
    "ActiveX": ("plan.docx", repacked(WORD, changed={"word/activeX/a.xml": b"<a/>"}), "macros"),
    "a link to a workbook": (
        "plan.xlsx",
        repacked(EXCEL, changed={"xl/externalLinks/externalLink1.xml": b"<a/>"}),
        "links",
    ),
    "a data connection": (
        "plan.xlsx",
        repacked(EXCEL, changed={"xl/connections.xml": b""}),
        "links",
    ),
    "a linked picture": (
        "plan.docx",
        repacked(WORD, changed={"word/_rels/header9.xml.rels": OUTSIDE % b"image"}),
        "links",
    ),
    "DDE": ("plan.docx", repacked(WORD, replaced=[(b"<w:tbl>", DDE)]), "links"),
    "entities": ("plan.xlsx", sheet(ENTITIES), "definitions"),
    "a file by entity": ("plan.xlsx", sheet(FILE_ENTITY), "definitions"),
    "a bomb": ("plan.xlsx", BOMB, "unpack"),
    "a bomb that lies": ("plan.xlsx", lying(BOMB), "damaged"),
    "a thousand parts": ("plan.xlsx", zipped(**{f"{n}.xml": b"" for n in range(1_001)}), "unpack"),
    "deep nesting": ("plan.xlsx", sheet(b"<a>" * 500 + b"</a>" * 500), "unpack"),
    "a way out": ("plan.xlsx", repacked(EXCEL, changed={"../../etc/passwd": b""}), "damaged"),
    "two of one name": ("plan.xlsx", repacked(EXCEL, changed={"XL/Workbook.xml": b""}), "damaged"),
    "cut off": ("plan.xlsx", EXCEL[: len(EXCEL) // 2], "damaged"),
    "no XML": ("plan.xlsx", sheet(b"<worksheet><row>"), "damaged"),
    "no quotation mark": ("plan.csv", b'a,b\n"1,2\n', "line 2"),
    "a row too far": (
        "plan.xlsx",
        sheet(b"<w><row r='99999999'><c><v>1</v></c></row></w>"),
        "damaged",
    ),
    "a column too far": (
        "plan.xlsx",
        sheet(b"<w><row><c r='ZZZ1'><v>1</v></c></row></w>"),
        "columns",
    ),
    "too many rows": ("plan.csv", b"a,b\n" * (LIMITS.rows + 1), "rows"),
    "no number": ("plan.xlsx", sheet(b"<w><row><c><v>1e999</v></c></row></w>"), "damaged"),
    "an unknown text": ("plan.xlsx", sheet(b"<w><row><c t='s'><v>9</v></c></row></w>"), "damaged"),
}


@pytest.mark.parametrize("beast", ZOO)
def test_a_file_that_is_not_to_be_trusted_is_refused_in_one_sentence(beast: str) -> None:
    name, content, word = ZOO[beast]
    with pytest.raises(DocumentRefused, match=re.escape(word)) as refused:
        read_tables(name, content)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert ". " not in sentence.replace("(.", "(")


def test_a_file_larger_than_its_reader_allows_is_refused() -> None:
    with pytest.raises(DocumentRefused, match="larger than 1 MB"):
        read_tables("a.csv", b"a," * 700_000, replace(LIMITS, content_bytes=1024 * 1024))


def test_a_file_that_unpacks_to_more_than_its_reader_allows_is_refused() -> None:
    with pytest.raises(DocumentRefused, match="unpack"):
        read_tables("plan.docx", WORD, replace(LIMITS, unpacked_bytes=10_000))


@pytest.mark.parametrize("kind", [b"hyperlink", b"attachedTemplate"])
def test_links_that_nobody_follows_do_not_hinder(kind: bytes) -> None:
    rels = {"word/_rels/settings.xml.rels": OUTSIDE % kind}
    assert read_tables("plan.docx", repacked(WORD, changed=rels))


def test_merged_cells_without_end_are_a_bomb() -> None:
    rows = b"".join(b"<row r='%d'><c r='A%d'><v>1</v></c></row>" % (n, n) for n in range(1, 2_000))
    merged = b"<mergeCell ref='A1:A1048576'/>" * 1_000
    with pytest.raises(DocumentRefused, match="unpack"):
        read_tables("a.xlsx", sheet(b"<w><s>%s</s><m>%s</m></w>" % (rows, merged)))


def test_a_comment_without_end_is_a_bomb_however_small_it_is_packed() -> None:
    """expat looks at it again with every piece: 20 MB of it took 23 seconds."""
    limits = replace(LIMITS, token_bytes=2 * PIECE)
    for begin, end in ((b"<!--", b"-->"), (b'<x a="', b'"/>'), (b"<?x ", b"?>")):
        part = b"<worksheet>" + begin + b">" * 3 * PIECE + end + b"</worksheet>"
        assert read_tables("plan.xlsx", sheet(part)) == ()
        with pytest.raises(DocumentRefused, match="far more than a document holds"):
            read_tables("plan.xlsx", sheet(part), limits)


def test_attributes_without_end_are_a_bomb() -> None:
    many = b" ".join(b'a%d=""' % nth for nth in range(2_000))
    content = sheet(b"<worksheet><sheetData/><x %s/></worksheet>" % many)
    assert read_tables("plan.xlsx", content) == ()
    with pytest.raises(DocumentRefused, match="far more than a document holds"):
        read_tables("plan.xlsx", content, replace(LIMITS, attributes=1_900))


def test_one_sheet_named_over_and_over_is_a_bomb() -> None:
    with zipfile.ZipFile(io.BytesIO(EXCEL)) as archive:
        book = archive.read("xl/workbook.xml")
        size = sum(entry.file_size for entry in archive.infolist())
    found = re.search(rb"<sheet [^>]*/>", book)
    assert found is not None
    content = repacked(EXCEL, changed={"xl/workbook.xml": book.replace(found[0], found[0] * 300)})
    assert len(read_tables("plan.xlsx", content)) == 300
    with pytest.raises(DocumentRefused, match="far more than a document holds"):
        read_tables("plan.xlsx", content, replace(LIMITS, unpacked_bytes=5 * size))


def test_the_parser_is_given_large_pieces_of_a_part_and_all_of_it() -> None:
    part = b"<a>" + b"<b/>" * PIECE + b"</a>"
    pieces = InPieces(io.BytesIO(part), LIMITS)
    given = list(iter(lambda: pieces.read(16), b""))
    assert b"".join(given) == part
    assert {len(piece) for piece in given[:-1]} == {PIECE}
