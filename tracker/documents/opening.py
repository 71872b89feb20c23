"""The one door for files from outside: a name and bytes in, tables or a refusal out."""

from pathlib import PurePath

from tracker.documents.delimited import read_delimited
from tracker.documents.excel import read_excel
from tracker.documents.packages import CONTENT_TYPES, MACROS, PROTECTED, Package
from tracker.documents.refusal import LIMITS, DocumentRefused, Limits
from tracker.documents.tables import Table
from tracker.documents.word import read_word

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
READ = {".docx": "a Word document", ".xlsx": "an Excel workbook", ".csv": "a CSV file"}
READERS = {".docx": read_word, ".xlsx": read_excel}
MAIN_TYPES = {
    "wordprocessingml.document.main": ".docx",
    "spreadsheetml.sheet.main": ".xlsx",
}
MACRO_NAMES = {".docm", ".xlsm", ".dotm", ".xltm", ".xlam"}
ACCEPTED = "a Word document (.docx), an Excel workbook (.xlsx) or a CSV file (.csv)"
OLD = (
    "The file is in the format of old versions of Word or Excel; save it as .docx or .xlsx, then"
    " upload that."
)


def read_tables(name: str, content: bytes, limits: Limits = LIMITS) -> tuple[Table, ...]:
    """Return the tables of a file that have anything in them: possibly none.

    Raises: DocumentRefused, and nothing else, whatever the bytes are.
    """
    ending = PurePath(name.strip()).suffix.lower()
    if ending in MACRO_NAMES:
        raise DocumentRefused(MACROS)
    if ending not in READ:
        raise DocumentRefused(f"This kind of file cannot be read; upload {ACCEPTED}.")
    if not content:
        raise DocumentRefused(
            "The file is empty; choose the file that holds the table, then upload it."
        )
    if len(content) > limits.content_bytes:
        megabytes = limits.content_bytes // (1024 * 1024)
        raise DocumentRefused(
            f"The file is larger than {megabytes} MB; remove its pictures or split it, then upload"
            " it again."
        )
    _refuse_other_formats(content)
    package = Package(content, limits) if content.startswith(ZIP) else None
    found = _kind(package) if package else None
    if found != (None if ending == ".csv" else ending):
        raise DocumentRefused(_misnamed(ending, found))
    if package is None:
        return read_delimited(content, limits)
    package.refuse_active_content()
    return READERS[ending](package, limits)


def _refuse_other_formats(content: bytes) -> None:
    start = content[:1024].lstrip().lower()
    if content.startswith(OLE):
        raise DocumentRefused(PROTECTED if ENCRYPTED_PACKAGE in content else OLD)
    if start.startswith(b"%pdf"):
        raise DocumentRefused(
            f"The file is a PDF, from which no table can be read safely; upload {ACCEPTED}."
        )
    if start.startswith((b"{\\rtf", b"<!doctype", b"<html", b"<?xml", b"<table")):
        raise DocumentRefused(f"The file is not what its name says; upload {ACCEPTED}.")


def _kind(package: Package) -> str:
    """Return the ending that fits a packed document. Raises: DocumentRefused."""
    if CONTENT_TYPES not in package:
        raise DocumentRefused(
            f"The file is an archive or a document of another program; upload {ACCEPTED}."
        )
    main = package.content_types().get(package.main_part().lower(), "")
    if "macroenabled" in main.lower():
        raise DocumentRefused(MACROS)
    for words, ending in MAIN_TYPES.items():
        if words in main:
            return ending
    raise DocumentRefused(f"The file is not a document with a table; upload {ACCEPTED}.")


def _misnamed(ending: str, found: str | None) -> str:
    truth = f"it is {READ[found]}" if found else "it is not one"
    return (
        f"The name says that the file is {READ[ending]}, but {truth}; save it in the format that"
        " its name says, then upload it again."
    )
