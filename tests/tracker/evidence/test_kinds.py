"""A file is what its content says, or it is refused with one sentence."""

import io
import struct
import tracemalloc
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.evidence import files
from tracker.evidence.kinds import (
    BY_EXTENSION,
    BY_NAME,
    END_OF_CONTENTS,
    KINDS,
    FileRefused,
    Kind,
    in_words,
    kind_of,
)

ALL = frozenset(BY_NAME)
WORD, EXCEL = files.word(), files.excel()


def refusal(content: bytes, name: str, allowed: frozenset[str] = ALL) -> str:
    with pytest.raises(FileRefused) as refused:
        kind_of(io.BytesIO(content), name, allowed=allowed)
    return refused.value.sentence


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("log.pdf", files.PDF),
        ("LOG.PDF", files.PDF),
        ("audit.docx", WORD),
        ("audit.xlsx", EXCEL),
        ("audit.odt", files.open_document()),
        ("audit.ods", files.open_document("spreadsheet")),
        ("photo.png", files.PNG),
        ("photo.jpg", files.JPEG),
        ("photo.jpeg", files.JPEG),
        ("table.csv", files.TEXT),
        ("note.txt", files.TEXT),
        ("note.txt", files.TEXT.decode().encode("utf-16")),
        ("note.txt", "Caffi – naw".encode("cp1252")),
    ],
)
def test_a_file_that_is_what_its_name_says_is_taken(name: str, content: bytes) -> None:
    found = kind_of(io.BytesIO(content), name, allowed=ALL)
    assert found is BY_EXTENSION[name.rpartition(".")[2].lower()]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("log.exe", files.PROGRAM, "not taken"),
        ("page.html", b"<script>", "not taken"),
        ("picture.svg", b"<svg/>", "not taken"),
        ("sheet.xlsm", EXCEL, "not taken"),
        ("pdf", files.PDF, "not taken"),
        ("log.pdf", WORD, "says a PDF document but the file is a Word document"),
        ("log.docx", EXCEL, "says a Word document but the file is an Excel workbook"),
        ("log.txt", files.PDF, "says a text file but the file is a PDF document"),
        ("log.docx", files.OLE, "locked with a password"),
        ("log.pdf", files.PROGRAM, "damaged"),
        ("log.txt", files.PROGRAM, "damaged"),
        ("log.txt", b"\x01\x02", "damaged"),
        ("log.pdf", b"  %PDF-1.7", "damaged"),
        ("log.docx", files.archive({"a.txt": b"a"}), "archive"),
        ("log.docx", files.archive({}), "archive"),
        ("log.docx", files.with_part(WORD, "word/vbaProject.bin"), "macros"),
        ("log.xlsx", files.with_part(EXCEL, "xl/macrosheets/sheet1.xml"), "macros"),
        ("log.odt", files.with_part(files.open_document(), "Basic/Standard/x.xml"), "macros"),
        (
            "log.docx",
            files.archive({"[Content_Types].xml": b"application/x.macroEnabled.main+xml"}),
            "macros",
        ),
        ("log.docx", files.archive({"[Content_Types].xml": b"<Types/>"}), "damaged"),
        (
            "log.odt",
            files.with_part(files.open_document(), "META-INF/manifest.xml", b"encryption-data"),
            "password",
        ),
        ("log.docx", WORD[:-30], "damaged"),
        ("log.docx", b"PK\x03\x04" + bytes(100), "damaged"),
    ],
)
def test_what_is_not_is_refused_with_what_to_do(name: str, content: bytes, sentence: str) -> None:
    said = refusal(content, name)
    assert sentence in said
    assert said.endswith(".")
    assert "; " in said


def test_a_kind_that_is_not_allowed_here_is_refused_by_naming_those_that_are() -> None:
    said = refusal(WORD, "log.docx", frozenset({"pdf", "png", "txt"}))
    assert said == "Files of this type are not taken; attach PDF, PNG or TXT."
    assert in_words(frozenset({"pdf"})) == "PDF"


def test_an_encrypted_archive_is_refused() -> None:
    content = bytearray(WORD)
    start = content.rfind(b"PK\x01\x02")
    content[start + 8] |= 1
    assert "password" in refusal(bytes(content), "log.docx")


def test_a_bomb_is_not_unpacked() -> None:
    types = b"wordprocessingml.document.main+xml" + bytes(50_000_000)
    bomb = files.archive({"first": b"", "[Content_Types].xml": types})
    tracemalloc.start()
    try:
        assert "damaged" in refusal(bomb, "log.docx")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8_000_000


def test_a_table_of_contents_as_large_as_the_file_is_not_read() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for nth in range(10_001):
            packed.writestr(f"{nth}", b"")
    assert "damaged" in refusal(content.getvalue(), "log.docx")


def test_a_second_table_of_contents_is_not_read_in_place_of_the_small_one() -> None:
    """`zipfile` believes the figures of ZIP64 wherever they stand, whatever those after say."""
    place = WORD.rfind(b"PK\x05\x06")
    _, _, _, _, parts, length, start, _ = END_OF_CONTENTS.unpack_from(WORD, place)
    larger = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, parts, parts, length, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, place, 1)
    end = END_OF_CONTENTS.pack(b"PK\x05\x06", 0, 0, 1, 1, 100, 0, 0)
    content = WORD[:place] + larger + locator + end
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert len(archive.namelist()) == parts > 1
    assert "damaged" in refusal(content, "log.docx")


@given(content=st.binary(max_size=300), kind=st.sampled_from(KINDS))
def test_whatever_the_bytes_the_answer_is_the_kind_of_the_name_or_a_sentence(
    content: bytes, kind: Kind
) -> None:
    answer(content, kind)


@given(
    document=st.sampled_from([WORD, EXCEL, files.open_document()]),
    place=st.floats(0, 1, exclude_max=True),
    change=st.binary(min_size=1, max_size=40),
    kind=st.sampled_from(KINDS),
)
def test_a_mutated_document_is_taken_or_refused_and_nothing_else(
    document: bytes, place: float, change: bytes, kind: Kind
) -> None:
    at = int(place * len(document))
    answer(document[:at] + change + document[at + len(change) :], kind)


@given(
    start=st.sampled_from([b"PK\x03\x04", b"%PDF-", b"\xff\xfe", b"\xd0\xcf\x11\xe0", b""]),
    rest=st.binary(max_size=200),
    end=st.sampled_from([b"PK\x05\x06" + bytes(18), b"PK\x05\x06" + b"\xff" * 18, b""]),
    kind=st.sampled_from(KINDS),
)
def test_made_up_archives_break_nothing(start: bytes, rest: bytes, end: bytes, kind: Kind) -> None:
    answer(start + rest + end, kind)


def answer(content: bytes, kind: Kind) -> None:
    with suppress(FileRefused):
        assert kind_of(io.BytesIO(content), f"a.{kind.extensions[0]}", allowed=ALL) is kind
