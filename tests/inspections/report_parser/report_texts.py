"""Where the tests get their reports from, and what they compare.

The two real reports are the Inspectorate's (Open Government Licence) and are not part of this
repository: they are read from a folder beside it. The invented sample report always is there.
"""

import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from inspections.report_parser import ParsedReport, as_json_object, parse_report

PROJECT = Path(__file__).resolve().parents[3]
REAL_REPORTS = PROJECT.parent / "shared" / "reports"
SAMPLE_REPORT = PROJECT / "inspections" / "sample_report" / "example_valleys_pdu.txt"

GWENT, NORTH_WALES, SAMPLE = "Gwent PDU", "North Wales PDU", "Example Valleys PDU"
REAL = (GWENT, NORTH_WALES)
EVERY = (*REAL, SAMPLE)


@cache
def _texts() -> dict[str, str]:
    texts = {SAMPLE: SAMPLE_REPORT.read_text(encoding="utf-8")}
    for path in sorted(REAL_REPORTS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        texts |= {name: text for name in REAL if f"in {name}" in " ".join(text[:1500].split())}
    return texts


def text_of(name: str) -> str:
    """Give a report's text; skip where the real ones are not at hand, but fail in CI."""
    texts = _texts()
    if name not in texts:
        reason = f"the published report on {name} is not in {REAL_REPORTS}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return texts[name]


def parse(text: str) -> ParsedReport:
    return parse_report(text.encode("utf-8"))


def content_of(report: ParsedReport) -> dict[str, Any]:
    """Give all that a report says, without its source and without line numbers."""
    said: dict[str, Any] = as_json_object(report)
    del said["source"]
    said["issues"] = [(each.field, each.severity.value) for each in report.issues]
    sections = [*report.standards, report.diversity_and_inclusion]
    said["texts"] = [
        (finding.kind.value, finding.text)
        for section in sections
        if section is not None
        for finding in section.findings
    ]
    return said


def doctored(name: str, *changes: tuple[str, str]) -> str:
    """Give a report's text with pieces replaced; each piece must be there."""
    text = text_of(name)
    for old, new in changes:
        assert old in text, f"{old!r} does not stand in the report on {name}"
        text = text.replace(old, new)
    return text


def issues_of(text: str) -> list[tuple[str, str]]:
    """Give field and severity of each issue but the missing publication date."""
    return [
        (each.field, each.severity.value)
        for each in parse(text).issues
        if each.field != "published_on"
    ]


def line_with(text: str, piece: str) -> int:
    """Give the number of the first line that holds a piece, counted from 1."""
    return next(n for n, line in enumerate(text.split("\n"), start=1) if piece in line)
