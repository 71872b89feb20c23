"""What is measured, the figures by whose they are, and how they stand against the target.

`reading` brings them together, `targets` compares a figure with a target, `chart` lays
out a picture of them; the latter two ask no database.
"""

from tracker.queries.measures.chart import Chart, chart_of
from tracker.queries.measures.reading import Figure, Measure, measures_in, read_measures
from tracker.queries.measures.targets import Verdict, verdict_on

__all__ = [
    "Chart",
    "Figure",
    "Measure",
    "Verdict",
    "chart_of",
    "measures_in",
    "read_measures",
    "verdict_on",
]
