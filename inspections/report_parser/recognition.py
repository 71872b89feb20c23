"""Is this an English inspection report? If not, what is it?

What lives here: the evidence a page must show, and the sentence for each kind of page that does
not. What must not: faults of a report that is one; those are import issues.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from inspections.report_parser.lines import Line
from inspections.report_parser.outline import Outline, Section
from inspections.report_parser.refusals import NotAnInspectionReport

_WELSH_MARKS = (
    "rhagair", "argymhellion", "cefndir", "graddau", "sgoriau", "cryfderau",
    "meysydd i’w gwella", "meysydd i'w gwella", "angen gwella", "yn ôl i’r brig",
    "yn ôl i'r brig", "gwasanaethau prawf", "arolygiad",
)  # fmt: skip
_NAMES_AN_INSPECTION = re.compile(
    r"\binspection\b.{0,80}\bprobation|probation.{0,80}\binspection\b", re.IGNORECASE
)
_SECTIONS_OF_AN_ENGLISH_REPORT = (
    Section.FOREWORD,
    Section.RATINGS,
    Section.RECOMMENDATIONS,
    Section.BACKGROUND,
)
_ANNOUNCEMENT = (
    "This page only announces a report and links to its PDF: open the report's own web page and"
    " save that, or copy the report's text into a file."
)
_TITLE_ALONE = (
    "This page names an inspection but holds neither recommendations nor findings: save the whole"
    " page of the report and try again."
)
_SOMETHING_ELSE = (
    "This is not an inspection report of HM Inspectorate of Probation: choose the saved text or"
    " HTML of a published report."
)
_WELSH = (
    "This page is in Welsh: import the English page of the same report; the Welsh wording is added"
    " beside it as a translation."
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a page shows of a report."""

    has_title: bool
    has_findings: bool
    has_recommendations: bool
    links_to_pdf: bool

    def is_enough(self) -> bool:
        """Ask for a title and either recommendations or findings; without a title, for both."""
        if self.has_title:
            return self.has_recommendations or self.has_findings
        return self.has_recommendations and self.has_findings


def refuse_unless_report(
    lines: Sequence[Line], report_outline: Outline, evidence: Evidence
) -> None:
    """Let an English inspection report pass.

    Raises: NotAnInspectionReport, with what the page is and what to do.
    """
    _refuse_welsh(lines, report_outline)
    if evidence.is_enough():
        return
    names_one = evidence.has_title or any(_NAMES_AN_INSPECTION.search(line.text) for line in lines)
    if names_one and evidence.links_to_pdf:
        raise NotAnInspectionReport(_ANNOUNCEMENT)
    raise NotAnInspectionReport(_TITLE_ALONE if evidence.has_title else _SOMETHING_ELSE)


def _refuse_welsh(lines: Sequence[Line], report_outline: Outline) -> None:
    texts = [line.text.casefold() for line in lines]
    welsh = sum(any(mark in text for text in texts) for mark in _WELSH_MARKS)
    english = sum(report_outline.has(section) for section in _SECTIONS_OF_AN_ENGLISH_REPORT)
    if welsh > english:
        raise NotAnInspectionReport(_WELSH)
