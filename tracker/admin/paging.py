"""A search reads every row: once, for the keys; whole rows are read for the page alone."""

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property


class PagedByKey(Paginator[Any]):
    """Pages of `matching`, in its order, as rows of `whole`."""

    def __init__(self, matching: QuerySet[Any], per_page: int, *, whole: QuerySet[Any]) -> None:
        super().__init__(matching, per_page)
        self.matching, self.whole = matching, whole

    @cached_property
    def keys(self) -> list[Any]:
        return list(self.matching.values_list("pk", flat=True))

    @cached_property
    def count(self) -> int:
        return len(self.keys)

    def page(self, number: int | str) -> Page[Any]:
        """Return the page of that number.

        Raises: InvalidPage when there is none.
        """
        valid = self.validate_number(number)
        start = (valid - 1) * self.per_page
        return Page(self.rows(self.keys[start : start + self.per_page]), valid, self)

    def rows(self, keys: list[Any]) -> list[Any]:
        """Return whole rows in the order of their keys."""
        found = self.whole.in_bulk(keys)
        return [found[key] for key in keys]


class SearchedOnce(ChangeList):
    """Django's list, which would search a second time where one page holds all that was found."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        paginator = self.paginator
        if isinstance(paginator, PagedByKey) and not isinstance(self.result_list, list):
            self.result_list = paginator.rows(paginator.keys)
