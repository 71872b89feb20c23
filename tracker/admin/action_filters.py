"""The filters of the list of actions; they offer only values that the person may see."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from inspections.access import visible_providers
from tracker.admin.filters import Lookups, SeenFilter
from tracker.domain.vocabulary import ActionStatus
from tracker.models import ActionProgress
from tracker.queries.actions import blocked, due_within, late
from tracker.queries.labels import label
from tracker.queries.standing import current_rhythm

MOST_OWNERS = 40
"""More names than this are no choice but a directory; the search finds a person by name."""

Rows = QuerySet[ActionProgress]


class ActionFilter(SeenFilter):
    """A filter of actions rather than recommendations."""

    def narrow(self, rows: Any, chosen: Any) -> Any:
        """Return the actions that meet the condition."""
        return rows.filter(self.condition(chosen))

    def condition(self, chosen: Any) -> Q:
        """Return what an action must meet."""
        return Q(**{str(self.parameter_name): chosen})


class DueFilter(ActionFilter):
    title = "what is due"
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:  # noqa: ARG002
        self.days = current_rhythm().due_soon_days
        return [
            ("overdue", "Overdue"),
            ("blocked", "Overdue but blocked"),
            ("soon", f"Due within {self.days} days"),
        ]

    def condition(self, chosen: Any) -> Q:
        today = timezone.localdate()
        return {
            "overdue": late(today) & ~blocked(),
            "blocked": late(today) & blocked(),
            "soon": due_within(self.days, today),
        }[chosen]


class StatusFilter(ActionFilter):
    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:  # noqa: ARG002
        return [(status.value, label(status)) for status in ActionStatus]


class OwnerFilter(ActionFilter):
    title = "owner"
    parameter_name = "owner"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        """Offer oneself, and the others where they are few enough to choose from."""
        self.me = request.user.pk
        owners = _owners(model_admin.get_queryset(request))
        others = [(str(pk), name) for pk, name in owners.items() if pk != self.me]
        return [("me", "Me"), *others] if others or self.me in owners else []

    def has_output(self) -> bool:
        return bool(self.lookup_choices)

    def condition(self, chosen: Any) -> Q:
        return Q(accountable=self.me if chosen == "me" else int(chosen))


class UnitFilter(ActionFilter):
    title = "unit"
    parameter_name = "unit"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:  # noqa: ARG002
        units = visible_providers(request.user, timezone.localdate()).order_by("name", "pk")
        return [(str(unit.pk), unit.name) for unit in units]

    def condition(self, chosen: Any) -> Q:
        return Q(recommendation__addressee=int(chosen))


class ExtensionFilter(ActionFilter):
    title = "more time"
    parameter_name = "extension"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:  # noqa: ARG002
        return [("asked", "Asked for, not decided"), ("none", "Not asked for")]

    def condition(self, chosen: Any) -> Q:
        return Q(extension_asked_to__isnull=chosen == "none")


FILTERS: tuple[type[ActionFilter], ...] = (
    DueFilter,
    StatusFilter,
    OwnerFilter,
    ExtensionFilter,
    UnitFilter,
)


def _owners(actions: Rows) -> dict[int, str]:
    """Return the owners by name; none where they are too many to choose from."""
    people = actions.order_by().values_list(
        "accountable", "accountable__first_name", "accountable__last_name", "accountable__username"
    )
    found = list(people.distinct()[: MOST_OWNERS + 1])
    if len(found) > MOST_OWNERS:
        return {}
    names = {pk: f"{first} {last}".strip() or login for pk, first, last, login in found}
    return dict(sorted(names.items(), key=lambda owner: (owner[1], owner[0])))
