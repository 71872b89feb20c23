"""One recommendation to several bodies: a row for each, sharing a group, seen together.

Only what the reader may see is counted: of the others nothing is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, Min, OuterRef, QuerySet

from inspections.models import Recommendation


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A recommendation with several rows that the reader may see; `pk` is one of them."""

    number: int
    pk: int
    bodies: int


def rows_of_group(
    recommendation: Recommendation, visible: QuerySet[Recommendation]
) -> QuerySet[Recommendation]:
    """Return the rows of the recommendation's group among those the reader may see."""
    # The inspection adds nothing to the answer, but an index to find it by.
    return visible.filter(inspection=recommendation.inspection_id, group=recommendation.group)


def noting_company(
    rows: QuerySet[Recommendation], visible: QuerySet[Recommendation]
) -> QuerySet[Recommendation]:
    """Note on each row, as `is_one_of_several`, whether another of its group can be seen."""
    company = visible.filter(inspection=OuterRef("inspection"), group=OuterRef("group"))
    return rows.annotate(is_one_of_several=Exists(company.exclude(pk=OuterRef("pk"))))


def is_one_of_several(recommendation: Recommendation) -> bool:
    """Return what `noting_company` noted on the row. Raises: KeyError where nobody asked for it."""
    noted: bool = vars(recommendation)["is_one_of_several"]
    return noted


def groups_among(visible: QuerySet[Recommendation]) -> Sequence[Group]:
    """Return what several of these bodies were told in the same words, by number."""
    counted = visible.order_by().values("group", "number").annotate(first=Min("pk"), n=Count("pk"))
    several = counted.filter(n__gt=1).order_by("number", "first")
    return [Group(number=row["number"], pk=row["first"], bodies=row["n"]) for row in several]
