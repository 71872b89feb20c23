"""What falls due next on a recommendation, and whether the day has passed. Nothing is stored."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from tracker.domain.vocabulary import Response
from tracker.models import RecommendationProgress


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The next promise of an open recommendation: its response, or the first target date."""

    what: str
    on: date
    is_overdue: bool


def next_due(progress: RecommendationProgress, today: date) -> Due | None:
    """Return what is due next; None when nothing is, or the recommendation is closed."""
    if not progress.is_open:
        return None
    if progress.response == Response.AWAITING:
        what, on = "Response", progress.response_due_on
    elif progress.next_target_on is not None:
        what, on = "Target date", progress.next_target_on
    else:
        return None
    return Due(what=what, on=on, is_overdue=on < today)


def is_overdue(today: date) -> Q:
    """Select the recommendations whose next promise lies behind `today`."""
    return _open_response(lt=today) | _open_target(lt=today)


def is_due_soon(today: date, *, within_days: int) -> Q:
    """Select those whose next promise lies in the coming days, today included."""
    until = today + timedelta(days=within_days)
    return _open_response(gte=today, lte=until) | _open_target(gte=today, lte=until)


def _open_response(**bounds: date) -> Q:
    days = {f"response_due_on__{bound}": day for bound, day in bounds.items()}
    return Q(is_open=True, response=Response.AWAITING, **days)


def _open_target(**bounds: date) -> Q:
    days = {f"next_target_on__{bound}": day for bound, day in bounds.items()}
    return Q(is_open=True, **days) & ~Q(response=Response.AWAITING)
