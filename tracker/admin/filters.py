"""The filters of the recommendation list; they offer only values that the person may see."""

from enum import StrEnum
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from inspections.models import Recommendation
from tracker.domain.vocabulary import Delivery, Response, Review
from tracker.models import RecommendationProgress
from tracker.queries.labels import judgement_label, label
from tracker.queries.standing import current_rhythm, due_soon, overdue, silent

AXES = ("response", "delivery", "review", "judgement", "is_open")
Rows = QuerySet[RecommendationProgress]
Lookups = list[tuple[str, str]]


class SeenFilter(admin.SimpleListFilter):
    """A filter that is left out where there is nothing to choose, and ignores what it lacks."""

    def has_output(self) -> bool:
        return len(self.lookup_choices) > 1

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:  # noqa: ARG002
        chosen = self.value()
        offered = {str(value) for value, _ in self.lookup_choices}
        return self.narrow(queryset, chosen) if chosen in offered else queryset

    def narrow(self, rows: Rows, chosen: Any) -> Rows:
        """Return the rows that have the value."""
        return rows.filter(**{str(self.parameter_name): chosen})


class AxisFilter(SeenFilter):
    """One axis of the progress record."""

    vocabulary: type[StrEnum]

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        seen = _seen(request, model_admin, str(self.parameter_name))
        return [(value.value, label(value)) for value in self.vocabulary if value in seen]


class ResponseFilter(AxisFilter):
    title = "response"
    parameter_name = "response"
    vocabulary = Response


class DeliveryFilter(AxisFilter):
    title = "delivery"
    parameter_name = "delivery"
    vocabulary = Delivery


class ReviewFilter(AxisFilter):
    title = "review"
    parameter_name = "review"
    vocabulary = Review


class JudgementFilter(SeenFilter):
    title = "judgement"
    parameter_name = "judgement"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        seen = _seen(request, model_admin, "judgement")
        return [(code, judgement_label(code, {})) for code in sorted(seen)]


class StandingFilter(SeenFilter):
    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        seen = _seen(request, model_admin, "is_open")
        words = {True: ("open", "Open"), False: ("closed", "Closed")}
        return [words[value] for value in (True, False) if value in seen]

    def narrow(self, rows: Rows, chosen: Any) -> Rows:
        return rows.filter(is_open=chosen == "open")


class DueFilter(SeenFilter):
    title = "what is due"
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:  # noqa: ARG002
        return [("overdue", "Overdue"), ("soon", "Due soon"), ("silent", "Silent")]

    def narrow(self, rows: Rows, chosen: Any) -> Rows:
        today, rhythm = timezone.localdate(), current_rhythm()
        conditions = {
            "overdue": overdue(today),
            "soon": due_soon(today, rhythm),
            "silent": silent(today, rhythm),
        }
        return rows.filter(recommendation__in=Recommendation.objects.filter(conditions[chosen]))


class UnitFilter(SeenFilter):
    title = "unit"
    parameter_name = "unit"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        rows = model_admin.get_queryset(request).order_by("provider__name", "provider_id")
        return [
            (str(pk), name)
            for pk, name in rows.values_list("provider_id", "provider__name").distinct()
        ]

    def narrow(self, rows: Rows, chosen: Any) -> Rows:
        return rows.filter(provider=int(chosen))


FILTERS: tuple[type[SeenFilter], ...] = (
    DueFilter,
    StandingFilter,
    ResponseFilter,
    DeliveryFilter,
    ReviewFilter,
    JudgementFilter,
    UnitFilter,
)


def _seen(request: HttpRequest, model_admin: Any, axis: str) -> set[Any]:
    """Return the values of an axis among the person's recommendations; one query for all axes."""
    kept = vars(request)
    if "seen_axes" not in kept:
        rows = model_admin.get_queryset(request).order_by().values_list(*AXES).distinct()
        kept["seen_axes"] = list(rows)
    at = AXES.index(axis)
    return {row[at] for row in kept["seen_axes"]}
