"""The figures in the running text of a report: fieldwork, sample, population, caseload, last time.

What lives here: the sentences that give them, in the shapes seen so far. What must not: a figure
from a sentence that only resembles one of those; then the figure is absent, and the person who
confirms the import supplies it. Gaps in a pattern are bounded and never cross a full stop.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from inspections.report_parser.lines import Found, Passage
from inspections.report_parser.notation import (
    COUNT,
    DATE,
    FIGURE,
    GROUPED_FIGURE,
    MONTH,
    RATING,
    WEEKDAY,
    read_count,
    read_date,
    read_rating,
)
from inspections.report_parser.parsed import CaseloadBreakdown, PreviousInspection

_STARTS_ON = re.compile(
    r"[Ff]ieldwork [^.]{0,150}?\b(?:beginning|starting|commencing|began|started|from|between)"
    rf" (?:on )?(?:the )?(?:week (?:of|commencing|beginning) )?(?:{WEEKDAY},? )?({DATE})"
)
_WEEKS = re.compile(
    rf"[Ff]ieldwork [^.]{{0,100}}?\b(?:over|for|lasting|during) (?:(?:the|a) period of )?({COUNT})"
    r"[ -]weeks?\b",
)

_SAMPLE_SENTENCE = re.compile(r"\b(?:inspected|examined|reviewed|sample|interview)", re.IGNORECASE)
_COMMUNITY_ORDERS = re.compile(
    rf"\b({COUNT}) community (?:orders|sentences|cases)\b", re.IGNORECASE
)
_LICENCE_RELEASES = re.compile(
    rf"\b({COUNT}) (?:(?:releases|people released|cases released) on licence"
    r"|licence (?:releases|cases))\b",
    re.IGNORECASE,
)
_INTERVIEWS = re.compile(rf"\b({COUNT}) interviews\b|\binterviewed ({COUNT}) [a-z]", re.IGNORECASE)

# A grouped figure with one or two digits too many ends in a footnote mark: "601,6861".
_POPULATION = re.compile(
    rf"\bpopulation(?:[0-9]{{1,2}})?\b[^.;]{{0,120}}?(?<![0-9,.])"
    rf"(?P<figure>{GROUPED_FIGURE})(?P<mark>[0-9]{{1,2}})?(?![0-9]|,[0-9])",
    re.IGNORECASE,
)
_CASELOAD = re.compile(
    r"\bcaseload(?:[0-9]{1,2})?\b[^.;]{0,80}?\b(?:of|was|were|is|at|to|totalled|totalling) "
    r"(?:(?:about|around|approximately|just over|just under|some) )?"
    rf"(?P<figure>{GROUPED_FIGURE}|[0-9]{{2,4}})(?P<mark>(?<=,[0-9]{{3}})[0-9]{{1,2}})?"
    rf"(?![0-9%]|[,.][0-9]| per cent| {MONTH}| months| years| out of)",
    re.IGNORECASE,
)
_NOT_THE_WHOLE = re.compile(r"(?:average|mean|individual|typical)[a-z ]{0,20}$", re.IGNORECASE)
_PER_PART = rf"\b({FIGURE})(?! ?%| per cent)[^.,;0-9]{{0,60}}?\b"
_COMMUNITY = re.compile(rf"{_PER_PART}community\b", re.IGNORECASE)
_LICENCE = re.compile(rf"{_PER_PART}licences?\b", re.IGNORECASE)
_CUSTODY = re.compile(rf"{_PER_PART}(?:custody|prison)\b", re.IGNORECASE)
_WORDS_BEFORE = 40
_FEWEST_PARTS = 2

_LAST_INSPECTED = re.compile(
    rf"\b(?:last|previously) inspected\b[^.]{{0,120}}?\bin (?:{MONTH} )?((?:19|20)[0-9]{{2}})\b"
    rf"|\b(?:last|previous) inspection\b[^.]{{0,60}}?\bin (?:{MONTH} )?((?:19|20)[0-9]{{2}})\b",
    re.IGNORECASE,
)
_RATED = re.compile(rf"\brat(?:ed|ing)\b[^.]{{0,40}}?\b({RATING})\b")
_RATED_WITHIN = 200

_LED_BY = re.compile(
    r"\binspection was led by (?:(?:HM|His Majesty.s|Her Majesty.s) )?(?:Lead )?(?:Inspector )?"
    r"([A-Z][^,;:()0-9]{1,80}?)"
    r"(?:,|;| \(|\.$|(?<!\b[A-Z])\. | supported\b| assisted\b| with\b| and (?:a|the)\b| and was\b)"
)


@dataclass(frozen=True, slots=True)
class Background:
    starts_on: Found[date] | None
    weeks: Found[int] | None
    community_orders: Found[int] | None
    licence_releases: Found[int] | None
    interviews: Found[int] | None
    population: Found[int] | None
    caseload: Found[int] | None
    caseload_breakdown: Found[CaseloadBreakdown] | None
    previous_inspection: Found[PreviousInspection] | None


def read_background(passage: Passage, footnotes: Collection[int]) -> Background:
    """Read the figures that the background gives, each absent where its sentence is."""
    caseload = _read_caseload(passage, footnotes)
    return Background(
        starts_on=_read_starts_on(passage),
        weeks=_read_count(passage, _WEEKS),
        community_orders=_read_sample_part(passage, _COMMUNITY_ORDERS),
        licence_releases=_read_sample_part(passage, _LICENCE_RELEASES),
        interviews=_read_sample_part(passage, _INTERVIEWS),
        population=_read_population(passage, footnotes),
        caseload=caseload,
        caseload_breakdown=_read_caseload_breakdown(passage),
        previous_inspection=_read_previous_inspection(passage),
    )


def read_lead_inspector(passage: Passage) -> Found[str] | None:
    """Read the name in "This inspection was led by HM Inspector …, supported by"."""
    match = _LED_BY.search(passage.text)
    return Found(match[1].strip(), passage.lines_of(*match.span(1))) if match else None


def _read_starts_on(passage: Passage) -> Found[date] | None:
    match = _STARTS_ON.search(passage.text)
    starts_on = read_date(match[1]) if match else None
    return Found(starts_on, passage.lines_of(*match.span(1))) if match and starts_on else None


def _read_count(passage: Passage, pattern: re.Pattern[str]) -> Found[int] | None:
    match = pattern.search(passage.text)
    return Found(read_count(match[1]), passage.lines_of(*match.span(1))) if match else None


def _sentences(passage: Passage) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in re.finditer(r"\. ", passage.text):
        yield start, stop.start()
        start = stop.end()
    yield start, len(passage.text)


def _read_sample_part(passage: Passage, pattern: re.Pattern[str]) -> Found[int] | None:
    for start, end in _sentences(passage):
        if _SAMPLE_SENTENCE.search(passage.text, start, end):
            match = pattern.search(passage.text, start, end)
            if match:
                count = next(group for group in match.groups() if group)
                return Found(read_count(count), passage.lines_of_match(match))
    return None


def _read_population(passage: Passage, footnotes: Collection[int]) -> Found[int] | None:
    match = _POPULATION.search(passage.text)
    return _read_figure(passage, match, footnotes) if match else None


def _read_caseload(passage: Passage, footnotes: Collection[int]) -> Found[int] | None:
    for match in _CASELOAD.finditer(passage.text):
        before = passage.text[max(0, match.start() - _WORDS_BEFORE) : match.start()]
        if not _NOT_THE_WHOLE.search(before):
            return _read_figure(passage, match, footnotes)
    return None


def _read_figure(
    passage: Passage, match: re.Match[str], footnotes: Collection[int]
) -> Found[int] | None:
    if match["mark"] and int(match["mark"]) not in footnotes:
        return None
    return Found(read_count(match["figure"]), passage.lines_of(*match.span("figure")))


def _read_caseload_breakdown(passage: Passage) -> Found[CaseloadBreakdown] | None:
    """Read the sentence that parts the caseload, told from the sample's by what it speaks of."""
    for start, end in _sentences(passage):
        if _SAMPLE_SENTENCE.search(passage.text, start, end):
            continue
        parts = [
            pattern.search(passage.text, start, end) for pattern in (_COMMUNITY, _LICENCE, _CUSTODY)
        ]
        if sum(part is not None for part in parts) >= _FEWEST_PARTS:
            counts = [read_count(part[1]) if part else None for part in parts]
            return Found(CaseloadBreakdown(*counts), passage.lines_of(start, end))
    return None


def _read_previous_inspection(passage: Passage) -> Found[PreviousInspection] | None:
    """Read the year of the last inspection, and its rating from that sentence or just after."""
    match = _LAST_INSPECTED.search(passage.text)
    if match is None:
        return None
    sentence = passage.text.rfind(". ", 0, match.start()) + 1
    rated = _RATED.search(passage.text, sentence, match.end() + _RATED_WITHIN)
    previous = PreviousInspection(
        year=int(match[1] or match[2]),
        overall_rating=read_rating(rated[1]) if rated else None,
    )
    end = max(match.end(), rated.end() if rated else 0)
    return Found(previous, passage.lines_of(match.start(), end))
