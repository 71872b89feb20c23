"""The words for measures and their figures."""

from typing import assert_never

from inspections.govuk_dates import govuk_date
from tracker.domain import events as e
from tracker.queries.figures import figure_in_words, lines_in_words, target_in_words
from tracker.queries.labels import label
from tracker.queries.wording.parts import Names, Wording, worded


def word_measure(event: e.MeasureEvent, names: Names) -> Wording:
    """Return the wording of an event of a measure."""
    match event:
        case e.MeasureDefined():
            return worded(
                "Measure defined",
                ("Measure", event.wording),
                ("Direction", label(event.better)),
                ("Baseline", figure_in_words(event.baseline) if event.baseline else "None"),
                ("Lines of the report", lines_in_words(event.baseline_lines)),
                ("Target", target_in_words(event.target) if event.target else "None"),
                ("Target date", govuk_date(event.target_on)),
            )
        case e.MeasureFigureRecorded():
            period = f"{govuk_date(event.period_from)} to {govuk_date(event.period_to)}"
            return worded(
                "Figure recorded",
                ("Measure", names.measures.get(event.measure_id, "")),
                ("Figure", figure_in_words(event.value)),
                ("Period", period),
                ("Source", label(event.source)),
                ("Note", event.note),
            )
        case _:
            assert_never(event)
