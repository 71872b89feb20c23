"""Files made to hang, crash or mislead the parser do none of these."""

import importlib
import json
import pkgutil
import re
import subprocess
import sys

import pytest

import inspections.report_parser
from inspections.report_parser import NotAnInspectionReport, parse_report
from tests.inspections.report_parser.page_forms import pretty
from tests.inspections.report_parser.report_texts import (
    PROJECT,
    SAMPLE,
    content_of,
    doctored,
    parse,
    text_of,
)

# A file that hangs the parser must fail a test, not hang the suite: each list of files is read by
# a process of its own, which is stopped after so many seconds by the clock, on a busy machine too.
# What one file costs is counted in seconds of the processor, which a busy machine does not change.
SECONDS = 120
MOST_FOR_TOO_LARGE = 2.0
MOST_FOR_ONE_FILE = 10.0
FILL_AND_PARSE = """
import json, sys, time
from inspections.report_parser import ReportRefused, parse_report
for start, piece, end, size in json.load(sys.stdin):
    room = size - len(start) - len(end)
    if "%d" in piece:
        filling = "".join(piece % n for n in range(room // (len(piece) + 5)))
    else:
        filling = piece * (room // len(piece))
    source = (start + filling + end).encode()
    answer, begun = "ParsedReport", time.process_time()
    try:
        parse_report(source)
    except ReportRefused as refusal:
        answer = type(refusal).__name__
    print(json.dumps([answer, time.process_time() - begun]))
"""
File = tuple[str, str, str, int]


def answers_to(files: list[File], *, most: float = MOST_FOR_ONE_FILE) -> list[str]:
    """Read files made of a start, a piece repeated up to the size, and an end.

    None of them may take more than `most` seconds of the processor.
    """
    done = subprocess.run(
        [sys.executable, "-c", FILL_AND_PARSE], input=json.dumps(files),
        capture_output=True, check=True, cwd=PROJECT, text=True, timeout=SECONDS,
    )  # fmt: skip
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    too_slow = [
        (file, spent) for file, (_, spent) in zip(files, answers, strict=True) if spent > most
    ]
    assert too_slow == []
    return [answer for answer, _ in answers]


def test_ten_megabytes_are_refused_within_two_seconds() -> None:
    files = [("", piece, "", 10_000_000) for piece in ("<div>", "<!--", "a")]
    assert answers_to(files, most=MOST_FOR_TOO_LARGE) == ["SourceTooLarge"] * 3


def test_two_megabytes_of_tags_are_answered_in_time() -> None:
    shapes = [
        ("", "<div>", ""), ("", "<ul><li>", ""), ("", "<table><td>", ""), ("<p>", "<b></i>", ""),
        ("", "<!--", ""), ("<html>", "&", ""), ("<html>", "<", ""), ("<html>", "&#x", ""),
        ("<html>", "<p>", ""), ("<p>", "<br>", ""), ("<p ", "a%d ", ">"), ("<p ", 'a%d="" ', ">"),
        ("<p x='", "> x=", "'>"), ("<html><script>", "</scrip", ""), ("<ol>", "<li>1.", ""),
        ("<html>", "<![CDATA[", ""), ("<html>", "<?x ", ""),
    ]  # fmt: skip
    files = [(*shape, 2_000_000) for shape in shapes]
    assert answers_to(files) == ["NotAnInspectionReport"] * len(shapes)


def test_a_line_as_long_as_a_text_may_be_is_answered_in_time() -> None:
    start = "An inspection of probation services in Example Valleys PDU\n\n{}\n\n"
    end = "\n\nRecommendations\n\nGwent PDU should:\n1. improve"
    titles = "Ratings", "Recommendations", "Background", "P 1.1 Leadership"
    pieces = "P 1.1 Good ", "population caseload was ", "fieldwork from 1 community? 1% "
    files = [(start.format(title), piece, end, 499_000) for title in titles for piece in pieces]
    assert answers_to(files) == ["ParsedReport"] * len(files)


def patterns() -> list[re.Pattern[str]]:
    package = inspections.report_parser
    modules = [
        importlib.import_module(f"{package.__name__}.{each.name}")
        for each in pkgutil.iter_modules(package.__path__)
    ]
    found = {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str)
    }
    return sorted(found, key=lambda pattern: pattern.pattern)


RUN_PATTERNS = """
from tests.inspections.report_parser.test_hostile_sources import STRINGS, patterns
for pattern in patterns():
    for text in STRINGS:
        assert sum(1 for match in pattern.finditer(text)) <= len(text) + 1
print(len(patterns()))
"""
WORDS = [
    " ", "a", "1,000 ", "P 1.1 A", "population caseload of ", "Fieldwork over 1 May 2024",
    "inspection of ", " should", "rated last inspected in ", "inspection was led by A. ", "? 1% ",
    "1 licence ", "Back to top ", "Ab", "a1 Good",
]  # fmt: skip
STRINGS = [(word * (100_000 // len(word) + 1))[:100_000] for word in WORDS]


def test_every_pattern_of_the_package_stays_linear_on_long_strings() -> None:
    done = subprocess.run(
        [sys.executable, "-c", RUN_PATTERNS],
        capture_output=True, check=True, cwd=PROJECT, text=True, timeout=2 * SECONDS,
    )  # fmt: skip
    assert int(done.stdout) > 40


def test_no_pattern_has_an_open_quantifier_inside_a_repeated_group() -> None:
    repeated_group = re.compile(r"\([^()]*[*+][^()]*\)(?:[*+]|\{\d+,\})")
    assert [each.pattern for each in patterns() if repeated_group.search(each.pattern)] == []


def test_deep_nesting_is_refused_and_reasonable_nesting_is_read() -> None:
    text = text_of(SAMPLE)
    with pytest.raises(NotAnInspectionReport, match="nested deeper"):
        parse("<div>" * 300 + pretty(text))
    assert content_of(parse("<div>" * 100 + pretty(text))) == content_of(parse(text))


def test_characters_that_nobody_sees_are_dropped() -> None:
    hidden = "\u202e\u2066\u200b\ufeff\x00\x1b\x9b\u00ad"
    text = doctored(SAMPLE, ("ask the police", f"ask {hidden}the{hidden} police"))
    report = parse(text)
    assert report.recommendations[0].text.startswith("ask the police and")
    assert not set(hidden) & set(report.source.text)
    page = parse(pretty(text).replace("police", "&#8238;police&#0;&#xD800;"))
    assert not set(hidden) & set(page.source.text)


def test_lone_surrogates_and_broken_bytes_do_not_reach_the_text() -> None:
    source = text_of(SAMPLE).encode() + b"\xed\xa0\x80 \xc3\x28 \xff"
    assert parse_report(source).source.text.encode("utf-8")
    wide = b"\xff\xfe" + text_of(SAMPLE).encode("utf-16-le") + b"\x00\xd8"
    assert parse_report(wide).source.text.encode("utf-8")


def test_an_entity_that_would_read_a_file_reads_nothing() -> None:
    entity = '<!DOCTYPE html [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    page = pretty(text_of(SAMPLE)).replace("<!DOCTYPE html>", entity).replace("police", "&secret;")
    assert "root:" not in parse(page).source.text


def test_figures_too_large_for_the_form_are_not_read() -> None:
    many = f"{'9' * 5000} community"
    report = parse(doctored(SAMPLE, ("38 community", many), ("Score 8/21", "Score 8/2100")))
    assert (report.sample.community_orders, report.score) == (None, None)
