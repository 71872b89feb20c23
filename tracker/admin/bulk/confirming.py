"""The page before anything is done: every row, whether it can be done, and one form for all.

Nothing typed is lost: whatever is refused as a whole shows the page again with its text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from inspections.admin_doors import roles_held
from inspections.whole_numbers import OF_A_VERSION, whole_number
from tracker.admin.bulk.lists import MOST_ROWS, BulkList
from tracker.admin.bulk.results import outcome_of, outcomes_of_the_missing
from tracker.admin.page import page_address
from tracker.domain.vocabulary import Channel
from tracker.forms.bulk_form import BulkForm
from tracker.queries.bulk import BulkRow, changed_by, find_result
from tracker.services import KeyReused, execute_each, keep_result

TICK_FIRST = "Tick the rows on the list first, then choose what to do with them."


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A row on the page: why it will be skipped, "" if not; who changed it meanwhile, if any."""

    row: BulkRow
    address: str
    reason: str
    changed_by: Sequence[str]


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(
    request: HttpRequest, slug: str, *, bulk: BulkList, context: Mapping[str, Any]
) -> HttpResponse:
    """Carry out what was sent for the rows, and lead to the page that tells what became of them."""
    form_class = bulk.forms.get(slug)
    if form_class is None:
        raise Http404
    if not form_class.is_for() & roles_held(request):
        raise PermissionDenied
    seen = _seen(request.POST)
    if not 0 < len(seen) <= MOST_ROWS:
        messages.info(request, TICK_FIRST)
        return HttpResponseRedirect(bulk.address)
    now = timezone.now()
    today = timezone.localdate(now)
    rows = bulk.find_rows(request.user, list(seen), today)
    form = form_class(request.POST, rows=rows, today=today)
    if form.is_valid() and _is_settled(request, form, seen, now):
        return HttpResponseRedirect(bulk.result_address(form.cleaned_data["key"]))
    return show(request, form, bulk, context, seen=seen)


def show(
    request: HttpRequest,
    form: BulkForm,
    bulk: BulkList,
    context: Mapping[str, Any],
    *,
    seen: Mapping[str, int] | None = None,
) -> HttpResponse:
    """Show the rows and the form; `seen` are the versions that were before the person already."""
    shown = [_shown(row, form, seen or {}) for row in form.rows]
    if form.is_bound:
        _set(form, "row", [f"{row.id}:{row.version}" for row in form.rows])
    details = {
        "title": form.heading,
        "form": form,
        "form_address": bulk.form_address(type(form)),
        "bulk": bulk,
        "rows": shown,
        "ready": sum(not each.reason for each in shown),
    }
    return TemplateResponse(request, "admin/tracker/bulk.html", {**context, **details})


def _is_settled(
    request: HttpRequest, form: BulkForm, seen: Mapping[str, int], now: datetime
) -> bool:
    """Carry the rows out, unless that was done before; say on the form what is wrong with it."""
    key = form.cleaned_data["key"]
    earlier = find_result(request.user, key)
    if earlier is not None and earlier.request_hash == form.request_hash():
        return True
    if earlier is not None:
        form.add_error(None, str(KeyReused()))
        _set(form, "key", [str(uuid4())])
        return False
    if form.is_at_fault():
        return False
    _carry_out(request, form, seen, now)
    return True


def _carry_out(
    request: HttpRequest, form: BulkForm, seen: Mapping[str, int], now: datetime
) -> None:
    key = form.cleaned_data["key"]
    outcomes = execute_each(
        form.requests(seen),
        actor=request.user,
        channel=Channel.ADMIN,
        now=now,
        idempotency_key=str(key),
    )
    told = [outcome_of(each) for each in outcomes]
    keep_result(
        [*told, *outcomes_of_the_missing(seen, told)],
        person=request.user,
        key=key,
        deed=form.slug(),
        request_hash=form.request_hash(),
        now=now,
    )


def _shown(row: BulkRow, form: BulkForm, seen: Mapping[str, int]) -> Shown:
    version = seen.get(row.id, row.version)
    is_changed = version < row.version
    return Shown(
        row=row,
        address=page_address(row.recommendation_id),
        reason=form.reason_against(row),
        changed_by=changed_by(row.recommendation_id, after=version) if is_changed else (),
    )


def _seen(sent: QueryDict) -> dict[str, int]:
    """Return the rows that were sent with the version seen of each; what is no row is dropped."""
    pairs = (each.rpartition(":") for each in sent.getlist("row"))
    read = ((key, whole_number(version, digits=OF_A_VERSION)) for key, _, version in pairs)
    return {key: version for key, version in read if key and version is not None}


def _set(form: BulkForm, name: str, values: list[str]) -> None:
    assert isinstance(form.data, QueryDict)  # noqa: S101 - the form was sent
    data = form.data.copy()
    data.setlist(name, values)
    form.data = data
