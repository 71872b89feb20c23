"""Whatever the bytes are, a file is read or refused; nothing else is ever raised."""

import io
import zipfile
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracker.documents.files import (
    excel_by_openpyxl,
    excel_by_xlsxwriter,
    repacked,
    word_by_docx,
)
from tracker.documents import DocumentRefused, read_tables

ROWS = [["No", "Action", "Due"], ["1", "Train\neverybody", "31 March 2026"]]
FILES = {
    "a.xlsx": [excel_by_openpyxl(ROWS), excel_by_xlsxwriter(ROWS)],
    "a.docx": [word_by_docx(ROWS)],
    "a.csv": ['No;Action\n1;"Train\neverybody"\n'.encode(code) for code in ("utf-8", "utf-16")],
}
NAMES = st.sampled_from([*FILES, "a.xls", "a"])
STARTS = st.sampled_from(
    [b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"sep=;\n", b"\xd0\xcf"]
)
WORDS = st.sampled_from(
    [
        b"",
        b"0",
        b"-1",
        b"1e400",
        b"nan",
        b"A0",
        b"ZZZZ1",
        b"9" * 30,
        b"<a>",
        b"<!DOCTYPE a>",
        b"\xff",
    ]
)


def read_or_refuse(name: str, content: bytes) -> None:
    with suppress(DocumentRefused):
        read_tables(name, content)


@settings(deadline=None)
@given(name=NAMES, start=STARTS, rest=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(name: str, start: bytes, rest: bytes) -> None:
    read_or_refuse(name, start + rest)


@settings(deadline=None)
@given(data=st.data(), name=st.sampled_from(list(FILES)))
def test_a_file_with_bytes_changed_is_read_or_refused(data: st.DataObject, name: str) -> None:
    content = bytearray(data.draw(st.sampled_from(FILES[name])))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    read_or_refuse(name, bytes(content[: data.draw(st.integers(0, len(content)))] or content))
    read_or_refuse(name, bytes(content))


@settings(max_examples=150, deadline=None)
@given(data=st.data(), name=st.sampled_from(["a.xlsx", "a.docx"]))
def test_a_file_with_parts_changed_is_read_or_refused(data: st.DataObject, name: str) -> None:
    """The packing is right, so the change reaches the readers of XML."""
    content = data.draw(st.sampled_from(FILES[name]))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = data.draw(st.sampled_from(archive.namelist()))
        body = archive.read(part)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(body)))
        cut = data.draw(st.integers(0, 12))
        body = body[:at] + data.draw(WORDS | st.binary(max_size=6)) + body[at + cut :]
    read_or_refuse(name, repacked(content, changed={part: body}))


@settings(max_examples=150, deadline=None)
@given(data=st.data(), name=st.sampled_from(["a.xlsx", "a.docx"]))
def test_a_file_with_values_changed_is_read_or_refused(data: st.DataObject, name: str) -> None:
    """The XML is right, so the change reaches what makes cells of it."""
    old = data.draw(
        st.sampled_from([b'"0"', b'"1"', b'"A1"', b'"B2"', b'"s"', b'"n"', b">1<", b">0<"])
    )
    word = data.draw(
        st.sampled_from([b"", b"-1", b"nan", b"1e400", b"e", b"d", b"99999999999", b"x"])
    )
    new = old[:1] + word + old[-1:]
    content = data.draw(st.sampled_from(FILES[name]))
    read_or_refuse(name, repacked(content, replaced=[(old, new)]))
