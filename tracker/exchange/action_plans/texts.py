"""How words of a file are compared and understood: wordings, numbers, answers. Pure.

Words are compared and never changed; what is not understood is told.
"""

import re
from dataclasses import dataclass

from tracker.documents import Unreadable, Value
from tracker.domain.vocabulary import Response

QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})
LOST = re.compile(r"[\ufffe\uffff]")
"""Characters that no XML can hold; a Word document has U+FFFD in their place."""
NUMBER = re.compile(r"(?:r(?:ec(?:ommendation)?)?\.? ?(?:no\.?|number)? ?)?([0-9]{1,3})[.):]?")
NUMBER_OF_YEAR = re.compile(r"([0-9]{1,3}) of (?:19|20)[0-9]{2}")
NUMBERED_WORDING = re.compile(r"\s*([0-9]{1,3})[.):]\s+(?=\S)")
ANSWERS = {
    "not agreed": Response.NOT_AGREED,
    "partly agreed": Response.PARTLY_AGREED,
    "partially agreed": Response.PARTLY_AGREED,
    "agreed in part": Response.PARTLY_AGREED,
    "agreed": Response.AGREED,
}
"""The longer ones first, as each is looked for at the start of a cell."""
ANSWER = re.compile(rf"({'|'.join(ANSWERS)})(?:\s*[-:;,.\n]\s*|\s*$)", re.IGNORECASE)


NO_ACTION = {"", "-", "n/a", "na", "none", "nil", "not applicable"}
"""What people write where there is no action, in small letters."""


class TextUnclear(Exception):  # noqa: N818 - an expected refusal
    """What a cell says is not understood; the sentence says what to type instead."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a cell answers, and the reason that it gives in the same breath."""

    response: Response
    reason: str


def alike(text: str) -> str:
    """Return what stays of a text when spacing, line breaks and shapes of quotes do not count."""
    return " ".join(LOST.sub("\N{REPLACEMENT CHARACTER}", text).translate(QUOTES).split())


def alike_wording(text: str) -> str:
    """Return what stays of a published wording: its first letter and last full stop do not count.

    A plan often makes a sentence of what the report has as part of one.
    """
    return alike(text).rstrip(".;").casefold()


def read_number(value: Value) -> int | None:
    """Return the number of a recommendation; None where the cell is empty. Raises: TextUnclear."""
    match value:
        case None:
            return None
        case Unreadable():
            raise TextUnclear(f"The cell of the number {value.why}.")
        case int():
            return value
        case float() if value.is_integer():
            return int(value)
        case str():
            written = " ".join(value.casefold().split())
            match = NUMBER.fullmatch(written) or NUMBER_OF_YEAR.fullmatch(written)
            if match is not None:
                return int(match[1])
    raise TextUnclear("The number of the recommendation is not understood; type the figure alone.")


def split_wording(text: str) -> tuple[int | None, str]:
    """Return the number that a wording begins with, if it does, and the wording without it."""
    match = NUMBERED_WORDING.match(text)
    return (int(match[1]), text[match.end() :]) if match else (None, text)


def read_answer(text: str) -> Answer | None:
    """Return what a cell answers; None where it is empty. Raises: TextUnclear.

    "Partly agreed: the first half" gives its reason; a form's own list of answers is no answer.
    """
    if not text.strip():
        return None
    match = ANSWER.match(text.strip().translate(QUOTES))
    if match is None:
        raise TextUnclear(
            "The response is not understood; write agreed, partly agreed or not agreed."
        )
    response = ANSWERS[match[1].casefold()]
    return Answer(response=response, reason=text.strip()[match.end() :].strip())
