"""Forms of measures and their figures."""

from typing import Any

from django import forms

from tracker.domain import commands as c
from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import Better, FigureSource, MeasureUnit
from tracker.forms.command_form import CommandForm
from tracker.forms.fields import Day, FreeText, OfferedField, OneOf, ShortText, Subject
from tracker.queries.labels import label
from tracker.queries.offers import Offered

FILL_IN_ONE = "Fill in what the measure counts: cases, a number, or a date."


def _whole_number(name: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=name,
        required=False,
        error_messages={"invalid": "Write this in digits, without spaces or letters."},
    )


def _value(cleaned: dict[str, Any], prefix: str) -> MeasureValue | None:
    """Return the figure as typed; None where nothing was."""
    value = MeasureValue(
        n=cleaned[f"{prefix}_n"],
        m=cleaned[f"{prefix}_m"],
        number=cleaned[f"{prefix}_number"] or None,
        on=cleaned[f"{prefix}_day"],
    )
    return None if value == MeasureValue() else value


class DefineMeasureForm(CommandForm):
    gives = c.DefineMeasure
    heading = "Define a measure"
    button = "Define the measure"
    done = "The measure is defined."
    guidance = "For baseline and target fill in only the parts that fit the unit."
    shown_as = {"baseline": "baseline_n", "target": "target_n"}

    wording = FreeText("What is measured", rows=3)
    better = OneOf("Which way is better", values={each: label(each) for each in Better})
    unit = OneOf("Unit", values={each: label(each) for each in MeasureUnit})
    baseline_n = _whole_number("Baseline: cases (n)")
    baseline_m = _whole_number("Baseline: out of (m)")
    baseline_number = ShortText("Baseline: number")
    baseline_day = Day("Baseline: date", required=False)
    target_n = _whole_number("Target: cases (n)")
    target_m = _whole_number("Target: out of (m)")
    target_number = ShortText("Target: number")
    target_day = Day("Target: date", required=False)
    target_on = Day("To be reached by", required=False)

    def command(self) -> c.DefineMeasure:
        cleaned = self.cleaned_data
        return c.DefineMeasure(
            wording=cleaned["wording"],
            better=cleaned["better"],
            unit=cleaned["unit"],
            baseline=_value(cleaned, "baseline"),
            target=_value(cleaned, "target"),
            target_on=cleaned["target_on"],
        )


class RecordMeasureFigureForm(CommandForm):
    gives = c.RecordMeasureFigure
    heading = "Record a figure"
    button = "Record the figure"
    done = "The figure is recorded."
    guidance = FILL_IN_ONE
    shown_as = {"value": "value_n"}

    measure_id = Subject("Measure", offers=Offered.MEASURES)
    value_n = _whole_number("Cases (n)")
    value_m = _whole_number("Out of (m)")
    value_number = ShortText("Number")
    value_day = Day("Date", required=False)
    period_from = Day("First day of the period sampled")
    period_to = Day("Last day of the period sampled")
    source = OfferedField("Whose figure it is", offers=Offered.FIGURE_SOURCES, coerce=FigureSource)
    note = FreeText("Note (optional)", rows=3)

    def command(self) -> c.RecordMeasureFigure:
        cleaned = self.cleaned_data
        return c.RecordMeasureFigure(
            measure_id=cleaned["measure_id"],
            value=_value(cleaned, "value") or MeasureValue(),
            period_from=cleaned["period_from"],
            period_to=cleaned["period_to"],
            source=cleaned["source"],
            note=cleaned["note"],
        )
