"""What a regional lead assures at once: the same measure at every unit of the region.

Measures stand together where they have the same words, unit and direction, whatever the case and
the spaces. Each stays a measure of its own recommendation.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from inspections.models import Recommendation
from tracker.domain import commands as c
from tracker.domain.vocabulary import FigureSource, Role
from tracker.models import MeasureProgress
from tracker.queries.desk.viewpoint import viewpoint_of
from tracker.queries.measures import Figure, Measure, read_measures
from tracker.queries.permitted import Situation, find_situations, visible_progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A measure of one recommendation in the region."""

    measure: Measure
    recommendation: Recommendation

    @property
    def unit(self) -> str:
        return self.recommendation.addressee.name

    @property
    def last_assured(self) -> Figure | None:
        """Return the region's own latest figure here."""
        source = FigureSource.REGIONAL_ASSURANCE
        return next((each for each in self.measure.latest if each.source is source), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SameMeasure:
    """The same measure at one or more places, in the order of their units; `key` is lasting."""

    key: str
    places: tuple[Place, ...]

    @property
    def measure(self) -> Measure:
        """Return the first, which speaks for what all of them measure."""
        return self.places[0].measure

    @property
    def units(self) -> int:
        return len({each.recommendation.addressee_id for each in self.places})

    @property
    def last_assured_on(self) -> date | None:
        return max(
            (each.last_assured.period_to for each in self.places if each.last_assured), default=None
        )


def measures_to_assure(user: Any, today: date) -> Sequence[SameMeasure]:
    """Return the measures of open recommendations in the regions that the person leads.

    What is measured at most units comes first; measures whose words were deleted stand together
    with no other, and are left out.
    """
    viewpoint = viewpoint_of(user, today)
    within = viewpoint.units_of_own_regions() | viewpoint.own_regions()
    of_region = visible_progress(user, today).filter(within, is_open=True)
    rows = MeasureProgress.objects.filter(recommendation__in=of_region.order_by().values("pk"))
    in_order = rows.exclude(wording="").order_by(
        "recommendation__addressee__name", "recommendation__number", "defined_version", "pk"
    )
    found = list(in_order.select_related("recommendation__inspection", "recommendation__addressee"))
    places: Mapping[str, list[Place]] = defaultdict(list)
    for row, measure in zip(found, read_measures(found), strict=True):
        places[_key(measure)].append(Place(measure=measure, recommendation=row.recommendation))
    same = [SameMeasure(key=key, places=tuple(each)) for key, each in places.items()]
    return sorted(same, key=lambda each: (-each.units, each.measure.name.casefold()))


def situations_to_assure(user: Any, measured: SameMeasure, today: date) -> Mapping[int, Situation]:
    """Return how the person stands before each recommendation that they may assure now, by id."""
    ids = {each.recommendation.pk for each in measured.places}
    return {
        pk: situation
        for pk, situation in find_situations(user, ids, today).items()
        if Role.REGIONAL_LEAD in situation.roles_open_to(c.RecordMeasureFigure)
    }


def _key(measure: Measure) -> str:
    words = " ".join(measure.wording.casefold().split())
    said = f"{measure.unit.value}/{measure.better.value}/{words}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]
