"""What is measured, the figures by whose they are, and how they stand against the target.

`reading` brings them together, `report_figures` finds baselines in the report,
`targets` compares a figure with a target, `chart` lays out a picture; the latter two are pure.
"""

from tracker.queries.measures.chart import Chart, chart_of
from tracker.queries.measures.reading import (
    Figure,
    Measure,
    measures_in,
    read_measures,
    with_their_measures,
)
from tracker.queries.measures.report_figures import ReportFigure, report_figures
from tracker.queries.measures.targets import Verdict, shortfall, verdict_on

__all__ = [
    "Chart",
    "Figure",
    "Measure",
    "ReportFigure",
    "Verdict",
    "chart_of",
    "measures_in",
    "read_measures",
    "report_figures",
    "shortfall",
    "verdict_on",
    "with_their_measures",
]
