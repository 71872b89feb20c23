"""Which deeds may be done to many rows of which list."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from tracker.forms.bulk import (
    AskForMoreTimeForm,
    AssignForm,
    ChangeOwnersForm,
    DefineMeasureForm,
    MoveTargetDatesForm,
    ReportActionsCompleteForm,
    ReviewedWithoutChangeForm,
)
from tracker.forms.bulk_form import BulkForm
from tracker.queries.bulk import BulkRow, action_rows, recommendation_rows

MOST_ROWS = 200
"""So many take a few seconds; a person who ticks more has hardly looked at each."""

FindRows = Callable[[Any, Collection[str], date], list[BulkRow]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkList:
    """A list of the admin, by the name of its addresses, with what may be done to many rows."""

    name: str
    noun: str
    find_rows: FindRows
    forms: Mapping[str, type[BulkForm]]

    @property
    def address(self) -> str:
        return reverse(f"admin:{self.name}_changelist")

    def form_address(self, form: type[BulkForm]) -> str:
        return reverse(f"admin:{self.name}_bulk", args=(form.slug(),))

    def result_address(self, key: Any) -> str:
        return reverse(f"admin:{self.name}_bulk_result", args=(key,))


def _by_slug(*forms: type[BulkForm]) -> Mapping[str, type[BulkForm]]:
    return {form.slug(): form for form in forms}


ACTIONS = BulkList(
    name="tracker_actionprogress",
    noun="action",
    find_rows=action_rows,
    forms=_by_slug(
        ReportActionsCompleteForm, ChangeOwnersForm, MoveTargetDatesForm, AskForMoreTimeForm
    ),
)
RECOMMENDATIONS = BulkList(
    name="tracker_recommendationprogress",
    noun="recommendation",
    find_rows=recommendation_rows,
    forms=_by_slug(ReviewedWithoutChangeForm, AssignForm, DefineMeasureForm),
)
