"""Where the pages before and after stand, beside the list."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from tracker.admin.bulk.confirming import confirm
from tracker.admin.bulk.lists import BulkList
from tracker.admin.bulk.results import show_result


def bulk_addresses(door: Any, bulk: BulkList) -> list[URLPattern]:
    """Return the addresses of both pages, for the list's own `get_urls`."""

    def before(request: HttpRequest, slug: str) -> HttpResponse:
        return confirm(request, slug, bulk=bulk, context=door.page_context(request))

    def after(request: HttpRequest, key: UUID) -> HttpResponse:
        return show_result(request, key, bulk=bulk, context=door.page_context(request))

    wrap = door.admin_site.admin_view
    return [
        path("bulk/<slug:slug>/", wrap(before), name=f"{bulk.name}_bulk"),
        path("bulk/result/<uuid:key>/", wrap(after), name=f"{bulk.name}_bulk_result"),
    ]
