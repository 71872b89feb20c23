"""Finds in a text what looks like a number of a person: a case reference, a National Insurance one.

It warns and forbids nothing: whoever typed it knows better. Each shape is narrow, for a warning
that cries wolf is pressed away unread; a name alone is not looked for. Nothing is remembered.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class SensitiveKind(StrEnum):
    """What a passage looks like; the value is how a warning names it."""

    NATIONAL_INSURANCE_NUMBER = "a National Insurance number"
    CASE_REFERENCE = "a case reference number (CRN)"
    PRISON_NUMBER = "a prison number"
    PNC_NUMBER = "a Police National Computer (PNC) number"
    CRO_NUMBER = "a Criminal Records Office (CRO) number"
    COURT_CASE = "the number of a court case"
    NHS_NUMBER = "an NHS number"
    DATE_OF_BIRTH = "a date of birth"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A part of a text as it was typed, with what it looks like."""

    kind: SensitiveKind
    text: str

    @property
    def in_words(self) -> str:
        """Return the sentence by which every warning begins."""
        return f"“{self.text}” looks like {self.kind.value}."


def sensitive_passages(text: str) -> tuple[Passage, ...]:
    """Return what in the text looks like a number of a person, in order; each passage once."""
    plain = _plain(text)
    found = sorted(_matches(plain), key=lambda match: (match[1].start(), -match[1].end()))
    passages: dict[str, Passage] = {}
    end = 0
    for kind, match in found:
        if match.start() >= end:  # what lies within a passage is no passage of its own
            passage = Passage(kind=kind, text=text[match.start() : match.end()])
            passages.setdefault(_compact(passage.text), passage)
            end = match.end()
    return tuple(passages.values())


_START, _END = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
_DATE = (
    r"(?:[0-9]{1,2} ?[./-] ?[0-9]{1,2} ?[./-] ?[0-9]{2,4}"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|[0-9]{1,2}(?:st|nd|rd|th)? (?:of )?(?-i:[A-Z][a-z]{2,8}|[A-Z]{3,9}|[a-z]{3,9}),? [0-9]{2,4})"
)
_NAMED_CASE = (
    r"case (?:ref(?:erence)?|number|no|id)\b\.? ?(?:number|no\.?)? ?[:#]? ?"
    r"(?=[A-Z/-]{0,6}[0-9])[A-Z0-9/-]{5,20}"
)
# A single letter that is a word too is not taken for the first of a number, unless it is joined.
_APART = r"(?:(?-i:(?![AI])[A-Z]) ?|[A-Z])"
_SHAPES: tuple[tuple[SensitiveKind, str], ...] = (
    (
        SensitiveKind.NATIONAL_INSURANCE_NUMBER,
        r"[A-Z]{2} {0,2}[0-9]{2} {0,2}[0-9]{2} {0,2}[0-9]{2} {0,2}[A-D]",
    ),
    (
        SensitiveKind.NATIONAL_INSURANCE_NUMBER,  # typed without its last letter
        r"(?-i:[ABCEGHJ-PR-TW-Z][ABCEGHJ-NPR-TW-Z]) [0-9]{2} [0-9]{2} [0-9]{2}",
    ),
    (SensitiveKind.CASE_REFERENCE, _APART + r"[0-9]{3} ?[0-9]{3}"),
    (SensitiveKind.CASE_REFERENCE, r"CRN ?(?:number|no\.?)? ?[:#]? ?[A-Z]? ?[0-9]{5,7}"),
    (
        SensitiveKind.CASE_REFERENCE,
        _NAMED_CASE,
    ),
    (SensitiveKind.PRISON_NUMBER, _APART + r"(?!(?:19|20)[0-9]{2} )[0-9]{4} ?[A-Z]{2}"),
    (SensitiveKind.PNC_NUMBER, r"(?:19|20)[0-9]{2} ?[/-] ?[0-9]{5,7} ?[A-Z]"),
    (SensitiveKind.PNC_NUMBER, r"[0-9]{2} ?/ ?[0-9]{5,7} ?[A-Z]"),
    (SensitiveKind.CRO_NUMBER, r"[0-9]{4,6} ?/ ?[0-9]{2}[A-Z]"),
    (SensitiveKind.CRO_NUMBER, r"SF ?[0-9]{2} ?/ ?[0-9]{3,6} ?[A-Z]"),
    (SensitiveKind.COURT_CASE, r"(?-i:[TSAU])20[0-9]{6}"),
    (SensitiveKind.COURT_CASE, r"[0-9]{2} ?(?-i:[A-Z]{2}) ?[0-9]{7}"),
    (SensitiveKind.NHS_NUMBER, r"[4679][0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{4}"),
    (
        SensitiveKind.DATE_OF_BIRTH,
        r"(?:d\.?o\.?b\.?|date of birth|birth ?date|born(?: on)?)(?: was| is)?[ :,(-]{0,3}" + _DATE,
    ),
)
_COMPILED = tuple(
    (kind, re.compile(_START + shape + _END, re.IGNORECASE | re.ASCII)) for kind, shape in _SHAPES
)


def _matches(plain: str) -> Iterator[tuple[SensitiveKind, re.Match[str]]]:
    for kind, shape in _COMPILED:
        for match in shape.finditer(plain):
            if kind is not SensitiveKind.NHS_NUMBER or _is_nhs_number(match.group()):
                yield kind, match


def _is_nhs_number(digits: str) -> bool:
    """Say whether the last digit is the check digit of the others (modulus 11)."""
    *body, check = (int(each) for each in digits if each.isdigit())
    weighted = sum(weight * digit for weight, digit in zip(range(10, 1, -1), body, strict=True))
    return (11 - weighted % 11) % 11 == check


def _plain(text: str) -> str:
    """Return the text letter for letter in ASCII where it can be: same length, same places."""
    plain = text if text.isascii() else "".join(_plain_letter(each) for each in text)
    return plain.replace("\t", " ")


@lru_cache(maxsize=4096)
def _plain_letter(letter: str) -> str:
    if letter.isascii():
        return letter
    if letter.isspace() or unicodedata.category(letter) == "Cf":  # also those without width
        return " "
    if unicodedata.category(letter) == "Pd":
        return "-"
    if (digit := unicodedata.decimal(letter, None)) is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", letter)
    return plain if len(plain) == 1 and plain.isascii() else letter


def _compact(passage: str) -> str:
    return "".join(each for each in _plain(passage) if each.isalnum()).casefold()
