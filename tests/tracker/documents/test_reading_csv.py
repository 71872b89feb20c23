"""CSV as the programs of the world write it."""

import csv
import io

import pytest

from tracker.documents import DocumentRefused, Row, read_tables

ROWS = [["No", "Gweithred"], ["1", "Dŵr, tân;\n“a” | b"], ["2", "£5 é"]]


def written(separator: str, encoding: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(ROWS)
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_separators_and_encodings_are_recognised(separator: str, encoding: str) -> None:
    (table,) = read_tables("plan.csv", written(separator, encoding))
    assert [list(row.cells) for row in table.rows] == ROWS


def test_what_is_no_unicode_is_windows() -> None:
    (table,) = read_tables("plan.csv", "No,Action\n1,£5 – café\n".encode("windows-1252"))
    assert table.rows[1].cells == ("1", "£5 – café")


def test_rows_are_numbered_as_excel_numbers_them() -> None:
    (table,) = read_tables("plan.csv", b'a,b\n\n,\n"1\n2",x\n3,y\n')
    assert table.rows == (Row(1, ("a", "b")), Row(4, ("1\n2", "x")), Row(5, ("3", "y")))


def test_a_first_line_may_name_the_separator() -> None:
    (table,) = read_tables("plan.csv", b"sep=;\r\na,b;c\r\n")
    assert table.rows == (Row(2, ("a,b", "c")),)


def test_a_blank_file_has_no_table() -> None:
    assert read_tables("plan.csv", b"\n\n , \n") == ()


@pytest.mark.parametrize(
    "content",
    ["\ud800,a".encode("utf-16-le", "surrogatepass") + b"\x00\x00", b"a\x01,b\n", b"\xff\xfe\x00"],
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentRefused, match="not text"):
        read_tables("plan.csv", content)
