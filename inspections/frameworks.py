"""What may change of a methodology, and what may not: pure rules on what an administrator typed.

What a published inspection uses keeps its codes and its steps: past records name them. Names may
be corrected, and new steps, standards and questions added.
"""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence

from inspections.models import Framework, Inspection
from inspections.ratings import Rating

Scale = list[list[str]]
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST_LABEL = 100
MOST_STEPS = 10
NOT_A_JUDGEMENT = "not_judged"
"""What the record says where nothing is judged yet: no step may be called so."""

NO_STEPS = "Write at least two steps, one a line, the lowest first."
TOO_MANY_STEPS = f"A scale has {MOST_STEPS} steps at most."
START_AT_NOUGHT = "The lowest band starts at 0; every percentage must lie in a band."
NOT_ASCENDING = "A better rating starts at a higher percentage; correct the order of the bands."
TWICE = "Each rating has one band; remove one of the two."


class FrameworkRefused(Exception):  # noqa: N818 - named as what the person meets
    """Carries a sentence for the person who keeps the framework."""


def is_used(framework: Framework | None) -> bool:
    """Say whether an inspection that is published, or about to be, rests on the framework."""
    if framework is None or framework.pk is None:
        return False
    return framework.inspections.exclude(state=Inspection.State.DRAFT).exists()


def read_scale(text: str) -> Scale:
    """Return the steps of a scale from lines of "code: label", in the order they are written.

    Raises: FrameworkRefused.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    steps = [_read_step(line) for line in lines]
    if len(steps) < 2:  # noqa: PLR2004 - one step is no scale
        raise FrameworkRefused(NO_STEPS)
    if len(steps) > MOST_STEPS:
        raise FrameworkRefused(TOO_MANY_STEPS)
    codes = [code for code, _ in steps]
    doubled = next((code for code in codes if codes.count(code) > 1), None)
    if doubled:
        raise FrameworkRefused(f"The code {doubled} stands twice; give each step its own.")
    return steps


def write_scale(scale: Iterable[Sequence[str]]) -> str:
    """Return the scale as it is typed, a line for each step."""
    return "\n".join(f"{code}: {label}" for code, label in scale)


def check_steps_are_kept(before: Iterable[Sequence[str]], after: Iterable[Sequence[str]]) -> None:
    """Refuse to lose or reorder a step by which progress may have been judged.

    Raises: FrameworkRefused.
    """
    earlier, later = [code for code, _ in before], [code for code, _ in after]
    lost = [code for code in earlier if code not in later]
    if lost:
        raise FrameworkRefused(
            f"Published inspections are judged by this scale, so {', '.join(lost)} must stay. "
            "Its words may be corrected."
        )
    if [code for code in later if code in earlier] != earlier:
        raise FrameworkRefused(
            "Published inspections are judged by this scale, so its steps keep their order."
        )


def check_bands(bands: Sequence[tuple[str, int]]) -> None:
    """Let bands through that leave no gap: from 0 upwards, better ratings starting higher.

    `bands` pairs a rating with the percentage from which it starts; none at all is no fault, for
    some inspections carry no rating. Raises: FrameworkRefused.
    """
    if not bands:
        return
    starts: Mapping[str, int] = dict(bands)
    if len(starts) < len(bands):
        raise FrameworkRefused(TWICE)
    ordered = [starts[rating] for rating in Rating if rating in starts]
    if any(higher <= lower for lower, higher in itertools.pairwise(ordered)):
        raise FrameworkRefused(NOT_ASCENDING)
    if ordered[0] != 0:
        raise FrameworkRefused(START_AT_NOUGHT)


def _read_step(line: str) -> list[str]:
    code, colon, label = (part.strip() for part in line.partition(":"))
    if not colon or not label or not CODE.fullmatch(code):
        raise FrameworkRefused(
            f"“{line[:60]}” is no step. Write a code in small letters, a colon and the words, "
            "for example: some_progress: Some progress"
        )
    if code == NOT_A_JUDGEMENT:
        raise FrameworkRefused(f"{code} means that nothing is judged; choose another code.")
    if len(label) > LONGEST_LABEL:
        raise FrameworkRefused(f"The words of {code} are too long; shorten them.")
    return [code, label]
