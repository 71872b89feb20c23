"""Names the measures of a recommendation in one cell, and understands which of them is meant.

The only measure is named by its words. Of several, each has a letter in the order in which they
were defined; whoever fills the sheet in leaves the letter of the one meant.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from string import ascii_uppercase
from typing import TypeAlias

from tracker.exchange.monthly.sheet import plain
from tracker.models import MeasureProgress
from tracker.queries.labels import in_short

Measures: TypeAlias = Sequence[MeasureProgress]
LONGEST = 200
LETTER = re.compile(r"([A-Za-z])\s*[:.)]?")
NONE = "This recommendation has no measure, so no figure can be recorded; define one first."
WHICH = (
    "This recommendation has several measures; leave only the letter of the one that the figure "
    "belongs to under “Measure”."
)
OTHER = (
    "What stands under “Measure” is no measure of this recommendation; take the words from a "
    "fresh export."
)


class MeasureUnclear(Exception):  # noqa: N818 - said of one row, which stops no other
    """It cannot be told which measure is meant; says what to do, in one sentence."""


def measures_of_each(recommendation_ids: Collection[int]) -> Mapping[int, Measures]:
    """Map recommendations to their measures, in the order of their letters; one query."""
    found: dict[int, list[MeasureProgress]] = defaultdict(list)
    rows = MeasureProgress.objects.filter(recommendation__in=recommendation_ids)
    for each in rows.order_by("defined_version", "pk"):
        found[each.recommendation_id].append(each)
    return found


def named(measures: Measures) -> str | None:
    """Return what the cell says before anybody has filled the sheet in."""
    if len(measures) <= 1:
        return _words(measures[0]) if measures else None
    lettered = zip(ascii_uppercase, measures, strict=False)
    return "\n".join(f"{letter}: {_words(each)}" for letter, each in lettered)


def meant(measures: Measures, cell: str) -> MeasureProgress:
    """Return the measure that the cell of a row with a figure names. Raises: MeasureUnclear."""
    if not measures:
        raise MeasureUnclear(NONE)
    said = plain(cell)
    only = measures[0] if len(measures) == 1 else None
    if only and said in {"", plain(_words(only)), "a"}:
        return only
    if said in {"", plain(named(measures) or "")}:
        raise MeasureUnclear(WHICH)
    letter = LETTER.fullmatch(cell.strip())
    for known, each in zip(ascii_uppercase, measures, strict=False):
        is_named = said in {plain(_words(each)), plain(f"{known}: {_words(each)}")}
        if is_named or (letter and letter[1].upper() == known):
            return each
    raise MeasureUnclear(OTHER)


def _words(measure: MeasureProgress) -> str:
    return in_short(measure.wording or None, LONGEST)
