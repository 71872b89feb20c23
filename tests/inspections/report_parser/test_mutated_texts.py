"""Other forms of the same text say the same."""

import re
import textwrap
from collections.abc import Callable
from datetime import date

import pytest

from inspections.report_parser import parse_report
from tests.inspections.report_parser.report_texts import (
    EVERY,
    SAMPLE,
    content_of,
    doctored,
    parse,
    text_of,
)

Mutation = Callable[[str], str]


def without_blank_lines(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip())


def with_blank_lines_doubled(text: str) -> str:
    return text.replace("\n", "\n\n")


def without_dots_after_codes(text: str) -> str:
    return re.sub(r"^(P \d\.\d)\.", r"\1", text, flags=re.MULTILINE)


def with_dots_after_codes(text: str) -> str:
    return re.sub(r"^(P \d\.\d)\.? ", r"\1. ", text, flags=re.MULTILINE)


def with_glued_codes(text: str) -> str:
    return re.sub(r"^P (\d\.\d)\.? ", r"P\1 ", text, flags=re.MULTILINE)


def with_dots_after_spaces(text: str) -> str:
    return re.sub(r"^P (\d\.\d)\.? ", "P\u00a0\\1 . ", text, flags=re.MULTILINE)


def with_glued_numbers(text: str) -> str:
    return re.sub(r"^( *\d)\. ", r"\1.", text, flags=re.MULTILINE)


def with_parted_numbers(text: str) -> str:
    return re.sub(r"^( *\d)\. ?", r"\1. ", text, flags=re.MULTILINE)


def with_bracketed_numbers(text: str) -> str:
    return re.sub(r"^( *\d)\. ?", r"\1) ", text, flags=re.MULTILINE)


def with_plain_spaces(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def with_no_break_spaces(text: str) -> str:
    return text.replace(" ", "\u00a0")


def with_tabs(text: str) -> str:
    return text.replace("  ", "\t")


def with_straight_quotes(text: str) -> str:
    return text.translate({0x2018: "'", 0x2019: "'"})


def with_double_quotes(text: str) -> str:
    return text.replace("‘", "“").replace("’ ", "” ")


def without_footnotes_title(text: str) -> str:
    return text.replace("\nFootnotes\n", "\n")


def without_footnotes(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if "↩" not in line)


def without_back_to_top(text: str) -> str:
    return text.replace(" (Back to top)", "")


def with_back_to_top_on_its_line(text: str) -> str:
    return text.replace(" (Back to top)", "\n(Back to top)")


def with_glued_back_to_top(text: str) -> str:
    return text.replace(" (Back to top)", "(Back to top)")


def with_hyphen_bullets(text: str) -> str:
    return text.replace("•", "-")


def with_star_bullets_at_the_margin(text: str) -> str:
    return text.replace("  • ", "* ")


def with_glued_bullets(text: str) -> str:
    return text.replace("• ", "•")


def with_marks_on_lines_of_their_own(text: str) -> str:
    return re.sub(r"^  (•|\d\.) ", r"  \1\n", text, flags=re.MULTILINE)


def with_columns_on_lines_of_their_own(text: str) -> str:
    text = re.sub(r"(Score|(?<=[a-z])Rating$)", r"\n\1", text, flags=re.MULTILINE)
    text = re.sub(
        r"(?<=[a-z.])(Requires improvement|Inadequate|Good|Outstanding)$", r"\n\1", text,
        flags=re.MULTILINE,
    )  # fmt: skip
    return re.sub(r"\?(\d+%)$", r"?\n\1", text.replace("Percentage", "\nPercentage"), flags=re.M)


def with_columns_parted_by_tabs(text: str) -> str:
    return re.sub(
        r"\n(?=Score|Rating$|Percentage|\d+%$)", "\t", with_columns_on_lines_of_their_own(text)
    )


def with_codes_on_lines_of_their_own(text: str) -> str:
    return re.sub(r"^(P \d\.\d\.?) ", r"\1\n", text, flags=re.MULTILINE)


def wrapped(text: str) -> str:
    """Wrap as a mail program would, items hanging."""
    return "\n".join(
        wrapped_line
        for line in text.split("\n")
        for wrapped_line in textwrap.wrap(
            line, 72, subsequent_indent="    ", break_on_hyphens=False
        )
        or [""]
    )


def with_a_table_of_contents(text: str) -> str:
    titles = re.findall(r"^(.*) \(Back to top\)$", text, flags=re.MULTILINE)
    return text.replace("Foreword (", "Contents\n\n" + "\n".join(titles) + "\n\nForeword (", 1)


def with_a_detailed_table_of_contents(text: str) -> str:
    titles = re.findall(r"^(.*) \(Back to top\)$|^(P \d\.\d\.? .*)Rating$", text, flags=re.M)
    lines = [title or standard for title, standard in titles]
    return text.replace("Foreword (", "\n".join(lines) + "\n\nForeword (", 1)


def with_a_bulleted_table_of_contents(text: str) -> str:
    titles = re.findall(r"^(.*) \(Back to top\)$", text, flags=re.MULTILINE)
    listed = "\n".join(f"  • {title}" for title in titles)
    return text.replace("Skip to content", f"Skip to content\n{listed}\n", 1)


def with_a_cookie_banner(text: str) -> str:
    return "We use cookies to make this site better.\n  • Accept\n  • Reject\n" + text


def with_invisible_characters(text: str) -> str:
    return text.replace("improve", "im\u200bprove").replace("risk", "\u202erisk\u202c\x00")


def with_line_separators_within(text: str) -> str:
    return text.replace(", and ", ",\u2028and\x0c ")


def with_full_width_titles(text: str) -> str:
    return re.sub(r"^(.*) \(Back to top\)$", lambda m: m[0].upper(), text, flags=re.MULTILINE)


MUTATIONS: list[Mutation] = [
    value
    for name, value in list(globals().items())
    if callable(value) and name.startswith(("with_", "without_", "wrapped"))
]


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda mutate: mutate.__name__)
@pytest.mark.parametrize("name", EVERY)
def test_another_form_says_the_same(name: str, mutate: Mutation) -> None:
    text = text_of(name)
    said, expected = content_of(parse(mutate(text))), content_of(parse(text))
    if mutate in {with_straight_quotes, with_double_quotes}:
        assert in_one_quote(said) == in_one_quote(expected)
    else:
        assert said == expected


def in_one_quote(said: object) -> str:
    return re.sub(r"[‘’'\"“”]", "'", repr(said))


def with_bom(text: str) -> bytes:
    return b"\xef\xbb\xbf" + text.encode()


def with_windows_line_ends(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def with_old_mac_line_ends(text: str) -> bytes:
    return text.replace("\n", "\r").encode()


def as_windows_1252(text: str) -> bytes:
    return with_plain_spaces(text).replace("↩\ufe0e", "").encode("cp1252")


def as_utf_16(text: str) -> bytes:
    return text.encode("utf-16")


def with_a_broken_byte(text: str) -> bytes:
    return text.encode() + b"\n\xff"


@pytest.mark.parametrize(
    "encode",
    [
        with_bom,
        with_windows_line_ends,
        with_old_mac_line_ends,
        as_windows_1252,
        as_utf_16,
        with_a_broken_byte,
    ],
)
@pytest.mark.parametrize("name", EVERY)
def test_another_encoding_says_the_same(name: str, encode: Callable[[str], bytes]) -> None:
    report, expected = parse_report(encode(text_of(name))), parse(text_of(name))
    assert content_of(report) == content_of(expected)
    assert report.lines == expected.lines
    assert report.source.sha256 != expected.source.sha256


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("Published: 12 February 2026", "2026-02-12"),
        ("Published:\n12 February 2026", "2026-02-12"),
        ("Published on 1st March 2026", "2026-03-01"),
        ("Published\n\nThursday 12 February 2026", "2026-02-12"),
        ("First published: 2026-02-12", "2026-02-12"),
        ("Published: 03/02/2026", "2026-02-03"),
        ("Published: soon", None),
        ("Published: 31 February 2026", None),
        ("Published: February 2026", None),
        ("Published by the Inspectorate\n12 February 2026", None),
    ],
)
def test_a_publication_date_is_read_and_never_made_up(line: str, iso: str | None) -> None:
    report = parse(doctored(SAMPLE, ("Published:", line)))
    assert report.published_on == (date.fromisoformat(iso) if iso else None)
    assert bool(report.issues) is (iso is None)
