"""The regional assurance sheet: one period for all, and a row for each unit's measure.

Each row that is filled in becomes a command of its own; blank ones say nothing.
"""

from datetime import date, timedelta
from typing import Any

from django import forms

from inspections.warned_form import WarnedForm
from tracker.domain import commands as c
from tracker.domain.events import MeasureValue
from tracker.domain.rejection import CommandRejected
from tracker.domain.vocabulary import FigureSource
from tracker.forms.fields import Day, WholeNumber
from tracker.forms.measures import figure_of, keep_parts
from tracker.queries.assurance import Place
from tracker.queries.permitted import Situation

FIGURE_FIRST = "Give the figure as well, or clear the note."


class PeriodForm(forms.Form):
    """The period that every figure of the sheet speaks of: the month before, unless changed."""

    use_required_attribute = False  # the sentences of this house, not the browser's

    period_from = Day("First day of the period sampled")
    period_to = Day("Last day of the period sampled")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        last = today.replace(day=1) - timedelta(days=1)
        self.fields["period_from"].initial = last.replace(day=1)
        self.fields["period_to"].initial = last


class AssuranceRowForm(WarnedForm):
    """One unit's measure; its fields are called by the measure, so that rows do not mix."""

    use_required_attribute = False

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    value_n = WholeNumber("Cases (n)")
    value_m = WholeNumber("Out of (m)")
    value_number = forms.CharField(label="Number", required=False, max_length=30)
    value_day = Day("Date", required=False)
    note = forms.CharField(label="Note", required=False, max_length=500)

    def __init__(self, *args: Any, place: Place, situation: Situation, **kwargs: Any) -> None:
        kwargs |= {"prefix": f"m{place.measure.measure_id}", "label_suffix": ""}
        super().__init__(*args, **kwargs)
        self.place, self.situation = place, situation
        self.fields["version"].initial = situation.progress.version
        keep_parts(self.fields, "value", place.measure.unit)
        self.parts = [name for name in self.fields if name.startswith("value_")]
        self._name_cells()

    @property
    def key(self) -> str:
        return str(self.place.measure.measure_id)

    @property
    def cells(self) -> list[forms.BoundField]:
        """Return the parts of the figure and the note, in the order of the columns."""
        return [self[name] for name in (*self.parts, "note")]

    @property
    def is_filled(self) -> bool:
        """Say whether anything was typed into the row."""
        return any(str(self[name].value() or "").strip() for name in (*self.parts, "note"))

    def _name_cells(self) -> None:
        """Say in each cell what it is and of whom, for those who hear the table cell by cell."""
        number = self.situation.progress.number_of_year
        for name in (*self.parts, "note"):
            field = self.fields[name]
            heard = f"{field.label}, {self.place.unit}, recommendation {number}"
            field.widget.attrs["aria-label"] = heard

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and figure_of(cleaned, "value") is None:
            self.add_error(self.parts[0], FIGURE_FIRST)
        return cleaned

    def command(self, period: tuple[date, date]) -> c.RecordMeasureFigure:
        """Return the figure as the region's, whoever else holds a role here."""
        first, last = period
        return c.RecordMeasureFigure(
            measure_id=self.place.measure.measure_id,
            value=figure_of(self.cleaned_data, "value") or MeasureValue(),
            period_from=first,
            period_to=last,
            source=FigureSource.REGIONAL_ASSURANCE,
            note=self.cleaned_data["note"],
        )

    def refuse(self, rejection: CommandRejected) -> None:
        """Show the refusal at the figure, or on top of the row."""
        self.add_error(self.parts[0] if rejection.field == "value" else None, rejection.sentence)
