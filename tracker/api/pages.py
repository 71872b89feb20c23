"""Long lists in pages by key: nothing is doubled or missed while rows are added.

A cursor names the last id that was seen, so that a page never depends on how many rows lie before
it. Clients take it as it is; its form may change.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from tracker.api.problems import BadParameters

USUAL_ROWS = 100
MOST_ROWS = 1000
FORM = re.compile(r"(after|before):([0-9]{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cursor:
    """Rows whose id lies after, or before, the one that was seen."""

    side: str
    id: int

    def __str__(self) -> str:
        return urlsafe_b64encode(f"{self.side}:{self.id}".encode()).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class PageOfRows:
    """Some rows in the order of their ids, and where to go on in either direction."""

    rows: Sequence[Any]
    next: Cursor | None
    previous: Cursor | None


def read_cursor(text: str | None) -> Cursor | None:
    """Return the cursor that a client sent back; None to begin.

    Raises:
        BadParameters: it is not one of ours.
    """
    if text is None:
        return None
    try:
        found = FORM.fullmatch(urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii"))
    except ValueError:
        found = None
    if found is None:
        raise BadParameters({"cursor": "Send `next_cursor` as it came, or leave it out."})
    return Cursor(found[1], int(found[2]))


def cut_page(rows: QuerySet[Any], *, cursor: Cursor | None, size: int) -> PageOfRows:
    """Return the page of `rows` that the cursor leads to, by ascending id."""
    if cursor is not None and cursor.side == "before":
        return _page_before(rows, cursor, size)
    later = rows.filter(pk__gt=cursor.id) if cursor else rows
    found = list(later.order_by("pk")[: size + 1])
    page = found[:size]
    has_more = len(found) > size
    return PageOfRows(
        rows=page,
        next=Cursor("after", page[-1].pk) if has_more else None,
        previous=Cursor("before", page[0].pk if page else cursor.id + 1) if cursor else None,
    )


def _page_before(rows: QuerySet[Any], cursor: Cursor, size: int) -> PageOfRows:
    found = list(rows.filter(pk__lt=cursor.id).order_by("-pk")[: size + 1])
    page = found[:size][::-1]
    has_more = len(found) > size
    return PageOfRows(
        rows=page,
        next=Cursor("after", page[-1].pk if page else cursor.id - 1),
        previous=Cursor("before", page[0].pk) if has_more else None,
    )


def envelope(request: Request, page: PageOfRows, results: Sequence[Any]) -> dict[str, Any]:
    """Return the body of a page: addresses for those who follow links, a bare cursor for others."""
    return {
        "next": _address(request, page.next),
        "previous": _address(request, page.previous),
        "next_cursor": str(page.next) if page.next else None,
        "results": results,
    }


def _address(request: Request, cursor: Cursor | None) -> str | None:
    if cursor is None:
        return None
    return str(replace_query_param(request.build_absolute_uri(), "cursor", str(cursor)))
