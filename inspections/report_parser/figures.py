"""The figures in a passage of a report: "13 of the 54 relevant cases", "24 per cent".

What lives here: which words are a figure that could be measured again, with the sentence they stand
in. What must not: what a figure counts or which way is better, for that is a person's to say. What
is ambiguous is left out: a range, a share with its parts turned round, "around", "over", "nearly".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from inspections.report_parser.notation import COUNT, FIGURE, read_count

LONGEST_SENTENCE = 2_000


@dataclass(frozen=True, slots=True)
class Figure:
    """`n` of `m`, or a percentage alone as decimal text; `words` are the report's own."""

    words: str
    sentence: str
    n: int | None = None
    m: int | None = None
    percent: str | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    figure: Figure


_COUNTED = (
    r"(?:cases|staff|practitioners|people|respondents|assessments|plans|reviews|reports|responses"
    r"|visits|interviews)"
)
_BEGINS = r"(?<![0-9A-Za-z.,/£$€%-])"
_ENDS = r"(?![0-9A-Za-z%/]|[.,][0-9])"
_OUT_OF = rf"{_BEGINS}({COUNT}) out of (?:the |these |those )?({COUNT}){_ENDS}"
_OF_COUNTED = (
    rf"{_BEGINS}({COUNT}) of (?:the |these |those )?({COUNT})"
    rf"(?= (?:[A-Za-z-]{{1,30}} ){{0,3}}{_COUNTED}\b)"
)
_SHARES = (re.compile(_OUT_OF, re.IGNORECASE), re.compile(_OF_COUNTED, re.IGNORECASE))
_PERCENTAGE = re.compile(
    rf"{_BEGINS}((?:{FIGURE})(?:\.[0-9]{{1,2}})?|{COUNT}) ?(?:%|per ?cent\b)(?! ?points?\b)",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"\b(?:about|above|almost|approximately|around|at least|at most|below|between|circa|fewer than"
    r"|from|less than|more than|nearly|over|roughly|some|under|up to)(?: the| just)? $",
    re.IGNORECASE,
)
_SECOND_OF_A_RANGE = re.compile(
    rf"(?:{COUNT}|%|per ?cent) ?(?:to|and|or|[-–—]) ?(?:only |just )?$", re.IGNORECASE
)
_FIRST_OF_A_RANGE = re.compile(rf" ?(?:to|or|[-–—]) ?{COUNT}\b", re.IGNORECASE)
_SAID_TWICE = re.compile(r"(?: [A-Za-z-]{1,30}){0,5} \($")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])[0-9]{0,2}[’”)]? +(?=[A-Z‘“(])")
_SEEN_BEFORE = 60


def read_figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a passage in their order; none that is hedged, a range or doubtful."""
    plain = " ".join(text.split())
    found = sorted(_found(plain), key=lambda each: each.start)
    return tuple(each.figure for each in _without_doubles(plain, found))


def _found(text: str) -> Iterator[_Found]:
    for start, sentence in _sentences(text):
        if len(sentence) <= LONGEST_SENTENCE:
            for match, figure in _figures_of(sentence):
                yield _Found(start + match.start(), start + match.end(), figure)


def _figures_of(sentence: str) -> Iterator[tuple[re.Match[str], Figure]]:
    for match in chain.from_iterable(pattern.finditer(sentence) for pattern in _SHARES):
        share = _share(match, sentence)
        if share is not None:
            yield match, share
    for match in _PERCENTAGE.finditer(sentence):
        if _is_plain(match, sentence):
            yield match, Figure(match[0], sentence, percent=_percent(match[1]))


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in _SENTENCE_ENDS.finditer(text):
        yield start, text[start : end.end()].strip()
        start = end.end()
    yield start, text[start:]


def _share(match: re.Match[str], sentence: str) -> Figure | None:
    n, m = read_count(match[1]), read_count(match[2])
    if not _is_plain(match, sentence) or m == 0 or n > m:
        return None
    return Figure(match[0], sentence, n=n, m=m)


def _is_plain(match: re.Match[str], sentence: str) -> bool:
    """Say whether the figure stands for itself: neither hedged nor one end of a range."""
    before = sentence[max(0, match.start() - _SEEN_BEFORE) : match.start()]
    return not (
        _HEDGED.search(before)
        or _SECOND_OF_A_RANGE.search(before)
        or _FIRST_OF_A_RANGE.match(sentence, match.end())
    )


def _percent(text: str) -> str:
    whole, point, part = text.partition(".")
    return f"{read_count(whole)}{point}{part}"


def _without_doubles(text: str, found: list[_Found]) -> Iterator[_Found]:
    """Leave out what says the figure before it again; where the two disagree, leave out both."""
    kept: list[_Found] = []
    for each in found:
        before = kept[-1] if kept else None
        if before is None or not _SAID_TWICE.fullmatch(text[before.end : each.start]):
            kept.append(each)
            continue
        share, percent = sorted((before, each), key=lambda one: one.figure.m is None)
        if share.figure.m is None or percent.figure.percent is None:
            kept.append(each)
            continue
        kept.pop()
        if _agree(share.figure, percent.figure):
            kept.append(share)
    yield from kept


def _agree(share: Figure, percent: Figure) -> bool:
    assert share.n is not None and share.m and percent.percent  # noqa: S101, PT018
    return abs(100 * share.n / share.m - float(percent.percent)) < 1
