"""What a report says before its ratings: its title, whom it is about, when it was published.

What lives here: reading title, provider and publication date. What must not: a guess; a page
without a date is published on no date.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from inspections.report_parser.lines import Found, Line, Mark
from inspections.report_parser.notation import DATE, WEEKDAY, read_date
from inspections.report_parser.parsed import ProviderKind

_LONGEST_TITLE = 250
_TITLE = re.compile(r"\A(?:[^.]{0,120}[ :])?(?:re-?)?inspection of .*[^.]", re.IGNORECASE)
_TITLE_WITHOUT_OF = re.compile(
    r"\A(?:national|regional|dynamic) inspection\b(?:.*[^.])?", re.IGNORECASE
)
_UNFINISHED = re.compile(r"(?: (?:in|of|at|by|for|the|and|services)|[:,–-])$", re.IGNORECASE)
_ABOUT = re.compile(r"inspection of ", re.IGNORECASE)
_SERVICES = re.compile(
    r"\A(?:.*?\b(?:in|at|by|for)\b:? |the |approved premises: )(.+)", re.IGNORECASE
)
_SITE_NAME = re.compile(r"(?:, | [|–-] )(?:HM|His Majesty.s) Inspectorate of Probation.*")

_KIND_WORDS = (
    (ProviderKind.YOUTH_JUSTICE_SERVICE, ("youth justice", "youth offending")),
    (ProviderKind.APPROVED_PREMISES, ("approved premises",)),
    (ProviderKind.PDU, (" pdu", "probation delivery unit")),
    (ProviderKind.REGION, (" region",)),
    (ProviderKind.NATIONAL, ("national", "hmpps", "prison and probation service")),
)

_PUBLISHED = re.compile(
    r"\A(?:first |date )?(?:published|publication date)(?: on| date)? ?(:?) ?(.*)", re.IGNORECASE
)
_WHOLLY_A_DATE = re.compile(
    rf"(?:{WEEKDAY},? )?(?:{DATE}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}"
    r"|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4})\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Publication:
    """The line that says "Published", and its date if it gives one."""

    label_line: int | None
    published_on: Found[date] | None


def read_title(front: Sequence[Line]) -> Found[str] | None:
    """Read the title, "An inspection of … in …", also where it runs over two lines.

    Menus and related links look like titles too; the title is the last before "Published".
    """
    places = _title_places(front, _TITLE) or _title_places(front, _TITLE_WITHOUT_OF)
    if not places:
        return None
    label = next((place for place, line in enumerate(front) if _publication_label(line)), 0)
    return _read_title_at(
        front, max((place for place in places if place < label), default=places[0])
    )


def _title_places(front: Sequence[Line], pattern: re.Pattern[str]) -> list[int]:
    return [
        place
        for place, line in enumerate(front)
        if line.mark is Mark.NONE
        and len(line.text) <= _LONGEST_TITLE
        and pattern.fullmatch(line.text)
    ]


def _read_title_at(front: Sequence[Line], place: int) -> Found[str]:
    line, following = front[place], front[place + 1 : place + 2]
    if following and _UNFINISHED.search(line.text):
        text = f"{line.text} {following[0].text}"
        return Found(text, (line.number, following[0].number))
    return Found(line.text, (line.number, line.number))


def read_provider_name(title: str) -> str | None:
    """Read whom a title is about: "An inspection of … in Gwent PDU" gives "Gwent PDU"."""
    plain = _SITE_NAME.sub("", title)
    inspection_of = _ABOUT.search(plain)
    if inspection_of is None:
        return None
    about = plain[inspection_of.end() :]
    services = _SERVICES.match(about)
    name = services[1] if services else about
    return name.removeprefix("the ").strip(" :–-") or None


def read_provider_kind(
    title: str, name: str | None, addressees: Iterable[str], codes: Collection[str]
) -> ProviderKind | None:
    """Read the kind of provider from the title, or from how the report itself calls the provider.

    A title may lack "PDU"; then the name before "should:" has it, or the standards are a PDU's
    (P 1.1).
    """
    words = f" {title.casefold()} "
    for kind, telling in _KIND_WORDS:
        if any(word in words for word in telling):
            return kind
    called = {f"{name} pdu".casefold(), f"{name} probation delivery unit".casefold()}
    if any(addressee.casefold() in called for addressee in addressees):
        return ProviderKind.PDU
    return ProviderKind.PDU if codes and all(code.startswith("P ") for code in codes) else None


def read_publication(front: Sequence[Line]) -> Publication:
    """Read "Published: 12 February 2026", the date on its line or alone on the next."""
    label_line: int | None = None
    for place, line in enumerate(front):
        label = _publication_label(line)
        if label is None:
            continue
        label_line = label_line or line.number
        found = _read_date_of(line, label[2], front[place + 1 : place + 2])
        if found:
            return Publication(line.number, found)
    return Publication(label_line, None)


def _publication_label(line: Line) -> re.Match[str] | None:
    """Tell the label from a sentence that begins with "Published"."""
    label = _PUBLISHED.fullmatch(line.text) if line.mark is Mark.NONE else None
    if label is None:
        return None
    is_label = label[1] or not label[2] or _WHOLLY_A_DATE.fullmatch(label[2])
    return label if is_label else None


def _read_date_of(line: Line, rest: str, following: Sequence[Line]) -> Found[date] | None:
    if rest:
        published_on = read_date(rest)
        return Found(published_on, (line.number, line.number)) if published_on else None
    for after in following:
        published_on = read_date(after.text) if _WHOLLY_A_DATE.fullmatch(after.text) else None
        if published_on:
            return Found(published_on, (line.number, after.number))
    return None
