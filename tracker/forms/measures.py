"""Forms of measures and their figures."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms

from tracker.domain import commands as c
from tracker.domain.events import MeasureValue
from tracker.domain.rejection import CommandRejected
from tracker.domain.vocabulary import Better, FigureSource, MeasureUnit
from tracker.forms.choosing import ChoosingForm
from tracker.forms.command_form import CommandForm
from tracker.forms.fields import Day, FreeText, OfferedField, OneOf, ShortText, Subject, WholeNumber
from tracker.queries.labels import label
from tracker.queries.measures import ReportFigure, report_figures
from tracker.queries.offers import Offered

FILL_IN_ONE = "Fill in what the measure counts: cases, a number, or a date."


def figure_of(cleaned: dict[str, Any], prefix: str) -> MeasureValue | None:
    """Return the figure as typed; None where nothing was."""
    value = MeasureValue(
        n=cleaned.get(f"{prefix}_n"),
        m=cleaned.get(f"{prefix}_m"),
        number=cleaned.get(f"{prefix}_number") or None,
        on=cleaned.get(f"{prefix}_day"),
    )
    return None if value == MeasureValue() else value


PARTS: Mapping[MeasureUnit, tuple[str, ...]] = {
    MeasureUnit.N_OF_M: ("n", "m"),
    MeasureUnit.NUMBER: ("number",),
    MeasureUnit.DATE: ("day",),
}
"""The parts of a figure by its unit."""


class DefineMeasureForm(ChoosingForm):
    """Starts from a figure of the report where the report has any: its baseline, unit and lines."""

    gives = c.DefineMeasure
    heading = "Define a measure"
    button = "Define the measure"
    done = "The measure is defined."
    aside = "admin/tracker/report_figures.html"
    shown_as = {"baseline": "baseline_n", "target": "target_n"}
    chosen = "figure"

    figure = forms.CharField(
        label="Figure of the report", required=False, max_length=60, widget=forms.HiddenInput
    )
    wording = FreeText("What is measured", hint="For example: management oversight works.", rows=3)
    better = OneOf("Which way is better", values={each: label(each) for each in Better})
    unit = OneOf("Unit", values={each: label(each) for each in MeasureUnit})
    baseline_n = WholeNumber("Baseline: cases (n)")
    baseline_m = WholeNumber("Baseline: out of (m)")
    baseline_number = ShortText("Baseline: number")
    baseline_day = Day("Baseline: date", required=False)
    target_n = WholeNumber("Target: cases (n)", "For 80 per cent write 80, out of 100.")
    target_m = WholeNumber("Target: out of (m)")
    target_number = ShortText("Target: number")
    target_day = Day("Target: date", required=False)
    target_on = Day("To be reached by", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.choice is not None:
            self._start_from(self.choice)

    @cached_property
    def figures(self) -> Sequence[ReportFigure]:
        """Return the figures of the report, those near the basis first."""
        return report_figures(self.situation)

    @cached_property
    def choice(self) -> ReportFigure | None:
        asked = self._asked()
        figures = self.figures if asked else ()
        return next((each for each in figures if each.key == asked), None)

    @property
    def is_choosing(self) -> bool:
        """Say whether a figure is to be chosen; one may go on without."""
        return not self.is_bound and not self._asked() and bool(self.figures)

    @property
    def guidance(self) -> str:  # type: ignore[override]
        if self.is_choosing or self.choice is not None:
            return ""
        return "For baseline and target fill in only the parts that fit the unit."

    def command(self) -> c.DefineMeasure:
        cleaned = self.cleaned_data
        return c.DefineMeasure(
            wording=cleaned["wording"],
            better=cleaned["better"],
            unit=cleaned["unit"],
            baseline=figure_of(cleaned, "baseline"),
            baseline_lines=self.choice.lines if self.choice else None,
            target=figure_of(cleaned, "target"),
            target_on=cleaned["target_on"],
        )

    def field_at_fault(self, rejection: CommandRejected) -> str | None:
        return _part_at_fault(self, rejection)

    def _start_from(self, figure: ReportFigure) -> None:
        """Fill in what the report says, for it is not to be typed again or otherwise."""
        fixed: Mapping[str, Any] = {
            "unit": figure.unit.value,
            "baseline_n": figure.value.n,
            "baseline_m": figure.value.m,
            "baseline_number": figure.value.number,
        }
        keep_parts(self.fields, "baseline", figure.unit)
        keep_parts(self.fields, "target", figure.unit)
        for name, value in fixed.items():
            if name in self.fields:
                self.fields[name].disabled = True
                self.initial[name] = value
        if figure.unit is MeasureUnit.NUMBER:
            self.fields["baseline_number"].label = "Baseline: per cent"
            self.fields["target_number"].label = "Target: per cent"


class RecordMeasureFigureForm(CommandForm):
    gives = c.RecordMeasureFigure
    heading = "Record a figure"
    button = "Record the figure"
    done = "The figure is recorded."
    shown_as = {"value": "value_n"}

    measure_id = Subject("Measure", offers=Offered.MEASURES)
    value_n = WholeNumber("Cases (n)")
    value_m = WholeNumber("Out of (m)")
    value_number = ShortText("Number")
    value_day = Day("Date", required=False)
    period_from = Day("First day of the period sampled")
    period_to = Day("Last day of the period sampled")
    source = OfferedField("Whose figure it is", offers=Offered.FIGURE_SOURCES, coerce=FigureSource)
    note = FreeText("Note (optional)", rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = set(self.situation.state.measures.values())
        if len(units) == 1:
            keep_parts(self.fields, "value", *units)

    def field_at_fault(self, rejection: CommandRejected) -> str | None:
        return _part_at_fault(self, rejection)

    @property
    def guidance(self) -> str:  # type: ignore[override]
        several = len(set(self.situation.state.measures.values())) > 1
        again = "A figure that was mistyped is put right by recording it once more for its period."
        return f"{FILL_IN_ONE} {again}" if several else again

    def command(self) -> c.RecordMeasureFigure:
        cleaned = self.cleaned_data
        return c.RecordMeasureFigure(
            measure_id=cleaned["measure_id"],
            value=figure_of(cleaned, "value") or MeasureValue(),
            period_from=cleaned["period_from"],
            period_to=cleaned["period_to"],
            source=cleaned["source"],
            note=cleaned["note"],
        )


def keep_parts(fields: dict[str, forms.Field], prefix: str, unit: MeasureUnit) -> None:
    """Leave out the parts of a figure that are not of its unit."""
    for other, parts in PARTS.items():
        for part in parts if other is not unit else ():
            del fields[f"{prefix}_{part}"]


def _part_at_fault(form: CommandForm, rejection: CommandRejected) -> str | None:
    """Return the first part of a figure that the form shows; other fields are called as given."""
    parts = [f"{rejection.field}_{part}" for of_unit in PARTS.values() for part in of_unit]
    return next((name for name in parts if name in form.fields), rejection.field)
