"""Whether a figure meets a target, said no more surely than its number of cases allows. Pure."""

from decimal import Decimal
from enum import StrEnum
from typing import Any

from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import Better
from tracker.queries.figures import interval_of


class Verdict(StrEnum):
    """What can be said of a figure beside its target; the values are the words on screens."""

    MET = "Target met"
    REACHED_UNSURE = "Target reached in these cases; too few cases to be sure"
    MISSED_UNSURE = "Target not reached in these cases; too few cases to be sure"
    NOT_MET = "Target not met"


def verdict_on(value: MeasureValue, target: MeasureValue | None, better: Better) -> Verdict | None:
    """Return how the figure stands against the target; None where there is nothing to compare.

    A share of cases is compared by its whole interval: while the target lies within it, a few
    cases more could turn the answer.
    """
    if target is None:
        return None
    if value.m and target.m:
        return _on_share(*_as_more(value, better), *_as_more(target, better))
    found, wanted = _comparable(value), _comparable(target)
    if found is None or wanted is None or type(found) is not type(wanted):
        return None
    is_met = found >= wanted if better is Better.MORE else found <= wanted
    return Verdict.MET if is_met else Verdict.NOT_MET


def shortfall(value: MeasureValue, target: MeasureValue, better: Better) -> float:
    """Return how far the figure falls short of the target, 0 where it does not; days are not told.

    Of shares the difference, of numbers the difference in parts of the larger of the two.
    """
    if value.m and target.m:
        (n, m), (wanted, of) = _as_more(value, better), _as_more(target, better)
        return max(0.0, wanted / of - n / m)
    if value.number is None or target.number is None:
        return 0.0
    found, asked = float(value.number), float(target.number)
    gap = asked - found if better is Better.MORE else found - asked
    return max(0.0, gap) / (max(abs(found), abs(asked)) or 1.0)


def _as_more(share: MeasureValue, better: Better) -> tuple[int, int]:
    """Return n and m, counting the other cases where less is better."""
    n, m = share.n or 0, share.m or 0
    return (n if better is Better.MORE else m - n), m


def _on_share(n: int, m: int, target_n: int, target_m: int) -> Verdict:
    wanted = target_n / target_m
    low, high = interval_of(n, m)
    if low >= wanted:
        return Verdict.MET
    if high < wanted:
        return Verdict.NOT_MET
    return Verdict.REACHED_UNSURE if n / m >= wanted else Verdict.MISSED_UNSURE


def _comparable(value: MeasureValue) -> Any:
    return value.on if value.on is not None else value.number and Decimal(value.number)
