"""What a list offers for the rows that are ticked: Django's own choice above the list."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tracker.admin.bulk.confirming import show
from tracker.admin.bulk.lists import MOST_ROWS, BulkList
from tracker.forms.bulk_form import BulkForm

TOO_MANY = (
    f"At most {MOST_ROWS} rows can be done at once, and more are chosen. Narrow the list with its "
    "filters, or tick fewer."
)


class BulkAction:
    """One deed in the choice above a list: leads to the page that shows the rows first."""

    def __init__(self, bulk: BulkList, form: type[BulkForm]) -> None:
        self.bulk, self.form = bulk, form
        self.is_for = form.is_for()
        self.short_description = form.heading
        self.__name__ = form.slug().replace("-", "_")

    def __call__(self, door: Any, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse | None:
        chosen = [str(pk) for pk in rows.order_by().values_list("pk", flat=True)[: MOST_ROWS + 1]]
        if len(chosen) > MOST_ROWS:
            messages.warning(request, TOO_MANY)
            return None
        today = timezone.localdate()
        found = self.bulk.find_rows(request.user, chosen, today)
        form = self.form(rows=found, today=today)
        return show(request, form, self.bulk, door.page_context(request))


def bulk_actions(bulk: BulkList) -> list[BulkAction]:
    """Return the deeds of a list, in their order, as Django's `actions` takes them."""
    return [BulkAction(bulk, form) for form in bulk.forms.values()]
