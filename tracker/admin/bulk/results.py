"""The page after: which rows were done, and which were skipped for what reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, assert_never
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import get_text_list
from django.views.decorators.http import require_safe

from tracker.admin.bulk.lists import BulkList
from tracker.admin.page import page_address
from tracker.domain.rejection import CommandRejected
from tracker.event_store import LogBusy, StaleVersion
from tracker.forms.command_form import OPEN_AFRESH
from tracker.queries.bulk import BulkRow, changed_by, find_result
from tracker.services import Outcome, RecommendationNotFound

NOT_THERE = "There is no such row, or it is not one of yours."


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A row and what became of it; `row` is None where the person may not, or no more, read it."""

    row: BulkRow | None
    address: str
    reason: str


@require_safe
def show_result(
    request: HttpRequest, key: UUID, *, bulk: BulkList, context: Mapping[str, Any]
) -> HttpResponse:
    """Tell what became of the rows, to the person who sent them alone."""
    result = find_result(request.user, key)
    if result is None or result.deed not in bulk.forms:
        raise Http404
    form = bulk.forms[result.deed]
    ids = [each["id"] for each in result.rows]
    found = bulk.find_rows(request.user, ids, timezone.localdate())
    told = _told(result.rows, found)
    done = [each for each in told if not each.reason]
    details = {
        "title": f"{form.heading}: what was done",
        "bulk": bulk,
        "outcome": form.outcome,
        "all": len(told),
        "done": done,
        "skipped": [each for each in told if each.reason],
    }
    return TemplateResponse(request, "admin/tracker/bulk_result.html", {**context, **details})


def outcome_of(outcome: Outcome) -> Mapping[str, Any]:
    """Return what is kept of a row's outcome."""
    reason = "" if outcome.refusal is None else refusal_in_words(outcome)
    return {"id": outcome.row.key, "recommendation": outcome.row.recommendation_id, "why": reason}


def outcomes_of_the_missing(
    sent: Iterable[str], told: Iterable[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Return what is kept of rows that are not there for the person: the same for all of them."""
    known = {each["id"] for each in told}
    missing = [each for each in sent if each not in known]
    return [{"id": each, "recommendation": None, "why": NOT_THERE} for each in missing]


def refusal_in_words(outcome: Outcome) -> str:
    """Return why the row was refused, naming who was there before."""
    refusal = outcome.refusal
    assert refusal is not None  # noqa: S101 - asked of refused rows alone
    match refusal:
        case StaleVersion():
            return _who_changed_it(refusal)
        case CommandRejected():
            return refusal.sentence
        case RecommendationNotFound():
            return NOT_THERE
        case LogBusy():
            return str(refusal)
        case _:
            assert_never(refusal)


def _who_changed_it(stale: StaleVersion) -> str:
    names = changed_by(stale.recommendation_id, after=stale.expected_version)
    if not names:  # a version that never was
        return OPEN_AFRESH
    return f"Changed meanwhile by {get_text_list(list(names), 'and')}; look at it before you go on."


def _told(rows: Iterable[Mapping[str, Any]], found: Iterable[BulkRow]) -> list[Told]:
    known = {row.id: row for row in found}
    return [
        Told(
            row=known.get(each["id"]),
            address=page_address(each["recommendation"]) if each["id"] in known else "",
            reason=each["why"],
        )
        for each in rows
    ]
