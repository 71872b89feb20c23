"""The filters of the recommendation list; they offer no value that others alone would have."""

from enum import StrEnum
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from inspections.admin_doors import memberships_held
from inspections.models import Provider
from tracker.domain.vocabulary import Delivery, Response, Review
from tracker.models import RecommendationProgress
from tracker.queries.desk import Viewpoint, category_of, offered, viewpoint_of
from tracker.queries.labels import judgement_label, label

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
    """One axis of the progress record: its words are the same for everybody."""

    vocabulary: type[StrEnum]

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:  # noqa: ARG002
        return [(value.value, label(value)) for value in self.vocabulary]


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
        rows = model_admin.get_queryset(request).order_by()
        codes = rows.values_list("judgement", flat=True).distinct()
        return [(code, judgement_label(code, {})) for code in sorted(codes)]


class StandingFilter(SeenFilter):
    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:  # noqa: ARG002
        return [("open", "Open"), ("closed", "Closed")]

    def narrow(self, rows: Rows, chosen: Any) -> Rows:
        return rows.filter(is_open=chosen == "open")


class DeskFilter(SeenFilter):
    """What waits, in the words of the desk: the counts there and the lists here are the same."""

    title = "what waits"
    parameter_name = "desk"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:  # noqa: ARG002
        self.viewpoint = _viewpoint(request)
        return [(each.code, each.title_for(self.viewpoint)) for each in offered(self.viewpoint)]

    def narrow(self, rows: Rows, chosen: Any) -> Rows:
        category = category_of(chosen)
        return rows.filter(category.condition(self.viewpoint)) if category else rows


class AccountableFilter(SeenFilter):
    title = "accountable person"
    parameter_name = "accountable"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:  # noqa: ARG002
        self.me = request.user.pk
        return [("me", "Me"), ("nobody", "Nobody yet")]

    def narrow(self, rows: Rows, chosen: Any) -> Rows:
        return rows.filter(accountable=self.me if chosen == "me" else None)


class PlaceFilter(SeenFilter):
    """A choice among places that may be many: a list to choose from rather than links.

    `path` leads from a row of the list to its provider.
    """

    template = "admin/tracker/choice_filter.html"
    path = "provider"

    def choices(self, changelist: Any) -> Any:
        """Offer each place, and keep what else narrows the list."""
        own = str(self.parameter_name)
        self.others = [pair for pair in changelist.params.items() if pair[0] != own]
        for value, words in (("", "All"), *self.lookup_choices):
            yield {"value": value, "display": words, "selected": (self.value() or "") == value}


class UnitFilter(PlaceFilter):
    title = "unit"
    parameter_name = "unit"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        return [(str(each.pk), each.name) for each in _places(request, model_admin, self.path)]

    def narrow(self, rows: Rows, chosen: Any) -> Rows:
        return rows.filter(**{self.path: int(chosen)})


class RegionFilter(PlaceFilter):
    """A region with its units, and what is addressed to the region itself."""

    title = "region"
    parameter_name = "region"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        regions = (_region_of(each) for each in _places(request, model_admin, self.path))
        names = {region.pk: region.name for region in regions if region}
        return [(str(pk), names[pk]) for pk in sorted(names, key=lambda pk: (names[pk], pk))]

    def narrow(self, rows: Rows, chosen: Any) -> Rows:
        within = Provider.objects.filter(Q(region=int(chosen)) | Q(pk=int(chosen)))
        return rows.filter(**{f"{self.path}__in": within.values("pk")})


FILTERS: tuple[type[SeenFilter], ...] = (
    DeskFilter,
    RegionFilter,
    UnitFilter,
    AccountableFilter,
    StandingFilter,
    ResponseFilter,
    DeliveryFilter,
    ReviewFilter,
    JudgementFilter,
)


def _viewpoint(request: HttpRequest) -> Viewpoint:
    held = memberships_held(request)
    return viewpoint_of(request.user, timezone.localdate(), held=held)


def _places(request: HttpRequest, model_admin: Any, path: str) -> list[Provider]:
    """Return the providers of the person's rows, regions joined; one query for all filters."""
    kept = vars(request)
    if "places" not in kept:
        rows = model_admin.get_queryset(request).order_by().filter(**{path: OuterRef("pk")})
        places = Provider.objects.filter(Exists(rows)).select_related("region")
        kept["places"] = list(places.order_by("name", "pk"))
    places_seen: list[Provider] = kept["places"]
    return places_seen


def _region_of(provider: Provider) -> Provider | None:
    return provider if provider.kind == Provider.Kind.REGION else provider.region
