"""What one action plan is about: the recommendations of one inspection to one provider."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from inspections.access import visible_recommendations
from inspections.models import Recommendation
from inspections.whole_numbers import whole_number
from tracker.domain import commands as c
from tracker.queries.permitted import Situation, find_situations


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """An inspection and one of the bodies that its recommendations are addressed to, by ids."""

    inspection_id: int
    provider_id: int

    def as_parameters(self) -> dict[str, Any]:
        return {"inspection": self.inspection_id, "provider": self.provider_id}


def scope_of(parameters: Mapping[str, Any]) -> Scope | None:
    """Return what the parameters name; None where they name nothing."""
    inspection_id = whole_number(str(parameters.get("inspection", "")))
    provider_id = whole_number(str(parameters.get("provider", "")))
    if inspection_id is None or provider_id is None:
        return None
    return Scope(inspection_id=inspection_id, provider_id=provider_id)


def recommendations_in(
    parameters: Mapping[str, Any], person: Any, today: date
) -> QuerySet[Recommendation]:
    """Return the recommendations in the scope that the person may read."""
    visible = visible_recommendations(person, today)
    scope = scope_of(parameters)
    if scope is None:
        return visible.none()
    return visible.filter(inspection=scope.inspection_id, addressee=scope.provider_id)


def situations_in(
    parameters: Mapping[str, Any], person: Any, today: date
) -> Mapping[int, Situation]:
    """Return how the person stands before each recommendation in the scope, by its id."""
    ids = list(recommendations_in(parameters, person, today).values_list("pk", flat=True))
    return find_situations(person, ids, today) if ids else {}


def may_answer(situation: Situation) -> bool:
    """Say whether the person gives or prepares what an action plan says here."""
    return any(
        situation.roles_that_hold(command_type) or situation.roles_that_prepare(command_type)
        for command_type in (c.Respond, c.PlanAction)
    )
