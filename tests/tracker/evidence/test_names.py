"""A name is shown and saved under as it stands, so nothing in it deceives or harms."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.evidence.names import LONGEST, LONGEST_IN_BYTES, extension_of, safe_name


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Dip sample June.pdf", "Dip sample June.pdf"),
        ("Cynllun gwaith ŵ.docx", "Cynllun gwaith ŵ.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\lena\\log.pdf", "log.pdf"),
        ("..\\..\\log.pdf", "log.pdf"),
        ("/", "evidence"),
        ("", "evidence"),
        ("...", "evidence"),
        (".pdf", "pdf"),
        ("log.pdf\x00.exe", "log.pdf.exe"),
        ("log\r\nSet-Cookie: a=b.pdf", "log Set-Cookie_ a=b.pdf"),
        ("annexe\u202efdp.exe", "annexefdp.exe"),
        ("zero\u200bwidth\ufeff.pdf", "zerowidth.pdf"),
        ('a"b<c>d|e?f*.pdf', "a_b_c_d_e_f_.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("lpt1.tar.pdf", "_lpt1.tar.pdf"),
        ("console.pdf", "console.pdf"),
        ("  log  of   work .pdf", "log of work.pdf"),
        ("log.pdf. . ", "log.pdf"),
        ("\ud800log.pdf", "log.pdf"),
        (f"{'a' * 300}.pdf", f"{'a' * 115}.pdf"),
        (f"{'ŵ' * 300}.docx", f"{'ŵ' * 97}.docx"),
    ],
)
def test_a_name_is_made_fit(raw: str, name: str) -> None:
    assert safe_name(raw) == name


def test_the_ending_is_what_stands_after_the_last_dot() -> None:
    assert extension_of("a.b.PDF") == "PDF"
    assert extension_of("a. no ending") == ""


ODD = st.sampled_from(["..", "/", "\\", "\x00", "\u202e", "\u2066", "CON", ".", " ", ".pdf", "ŵ"])


@given(st.lists(st.text(st.characters(), max_size=80) | ODD, max_size=8).map("".join))
def test_whatever_was_typed_the_name_is_harmless_and_stays_as_it_is(raw: str) -> None:
    name = safe_name(raw)
    assert name == safe_name(name)
    assert 0 < len(name) <= LONGEST
    assert len(name.encode()) <= LONGEST_IN_BYTES
    assert not set(name) & set('/\\<>:"|?*')
    assert not {unicodedata.category(each) for each in name} & {"Cc", "Cf", "Cs", "Co", "Cn"}
    assert name.strip(" .") == name
