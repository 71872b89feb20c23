"""What is not an English inspection report is refused with one sentence: what it is, what to do."""

import gzip
import io
import zipfile

import pytest

from inspections.report_parser import (
    NotAnInspectionReport,
    ReportRefused,
    SourceTooLarge,
    parse_report,
)
from inspections.report_parser.source import MAX_SOURCE_BYTES
from tests.inspections.report_parser.report_texts import REAL, SAMPLE, text_of

LANDING_PAGE = """<!DOCTYPE html><html><body><main>
<h1>An inspection of probation services in Gwent PDU</h1>
<p>Published: 12 February 2026</p>
<p>We have published our report on Gwent PDU. Overall ratingRequires improvement.</p>
<p><a href="/uploads/gwent-pdu.pdf?v=2#page=1">Read the report</a></p></main></body></html>"""
LANDING_TEXT = """An inspection of probation services in Gwent PDU
Published: 12 February 2026
Download the report (PDF, 1.2 MB)"""
WELSH_TEXT = """Arolygiad o wasanaethau prawf yn UDP Gwent

Rhagair (Yn ôl i'r brig)

Geiriau.

Graddau

Sgôr gyffredinolAngen gwella

Gwent PDU should:
  1. improve
"""
WELSH_PAGE = f"<html lang=cy><body><p>{WELSH_TEXT.replace(chr(10), '</p><p>')}</p></body></html>"
OTHER_PAGE = "<html><body><h1>Ten soups for winter</h1><ol><li>Leek</li></ol></body></html>"
INSPECTION_WITHOUT_CONTENT = "An inspection of probation services in Gwent PDU\n\nForeword\n\nA."


def word_file() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        # Dated, for a test is known by its bytes: two workers must make the same ones.
        archive.writestr(zipfile.ZipInfo("word/document.xml"), "<w:document/>")
    return held.getvalue()


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (b"", "The file is empty"),
        (b" \r\n\t\n", "The file is empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "This is a PDF file"),
        (word_file(), "This is a Word, spreadsheet or zip file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is an old Word or Excel file"),
        (b"{\\rtf1 An inspection}", "This is a rich text file"),
        (gzip.compress(b"text", mtime=0), "This is a compressed file"),
        (b"\x89PNG\r\n\x1a\n", "This is a picture"),
        (
            b"From: <A browser>\nContent-Type: multipart/related;\n",
            "This is a web archive",
        ),
        (b"bplist00\xd1\x01", "This is a web archive"),
        (b"\x7fELF\x00\x00\x00\x01\x00\x02\x00", "This is a binary file"),
        (LANDING_PAGE.encode(), "This page only announces a report and links to its PDF"),
        (LANDING_TEXT.encode(), "This page only announces a report and links to its PDF"),
        (WELSH_TEXT.encode(), "This page is in Welsh"),
        (WELSH_PAGE.encode(), "This page is in Welsh"),
        (INSPECTION_WITHOUT_CONTENT.encode(), "This page names an inspection but holds neither"),
        (OTHER_PAGE.encode(), "This is not an inspection report"),
        (b"Dear Sir or Madam,", "This is not an inspection report"),
        (b"\xff\xfe\x00", "This is not an inspection report"),
        (b'{"title": "An inspection"}', "This is not an inspection report"),
        (b"<html><body></body></html>", "This is not an inspection report"),
        (b"<!-- only a comment", "This is not an inspection report"),
        (b"\n" * 20_001 + b"x", "The file's text is many times longer"),
        (b"word " * 110_000, "The file's text is many times longer"),
        (b"<p>word</p>" * 60_000, "The page's tags are more, or nested deeper"),
    ],
    ids=lambda value: value[:30],
)
def test_a_refusal_says_what_it_is_and_what_to_do(source: bytes, says: str) -> None:
    with pytest.raises(NotAnInspectionReport) as refusal:
        parse_report(source)
    sentence = str(refusal.value)
    assert sentence.startswith(says)
    assert sentence.count(". ") == 0
    assert ": " in sentence  # what to do follows
    assert sentence.endswith(".")


def test_a_source_above_two_megabytes_is_not_read_at_all() -> None:
    with pytest.raises(SourceTooLarge, match="larger than 2 MB"):
        parse_report(text_of(SAMPLE).encode() + b" " * MAX_SOURCE_BYTES)


def test_a_source_of_two_megabytes_is_read() -> None:
    text = text_of(SAMPLE).encode()
    assert parse_report(text + b" " * (MAX_SOURCE_BYTES - len(text))).score == 8


def test_both_refusals_are_one_kind_to_the_caller() -> None:
    assert issubclass(NotAnInspectionReport, ReportRefused)
    assert issubclass(SourceTooLarge, ReportRefused)


@pytest.mark.parametrize("name", [*REAL, SAMPLE])
def test_a_report_that_links_to_its_pdf_and_quotes_welsh_is_a_report(name: str) -> None:
    text = text_of(name)
    ending = "\nDownload this report (PDF): https://example.org/r.pdf\n‘Angen gwella’ in Welsh.\n"
    assert parse_report((text + ending).encode()).score is not None
