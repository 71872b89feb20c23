"""The columns of the sheet of open actions, those that are filled in last. Pure.

Each row carries a reference: the action, and the version of the recommendation that the export saw.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from tracker.documents.headings import Heading
from tracker.documents.writing import Column

UPDATE, HAPPENED_ON = "update", "happened_on"
MEASURE, FIGURE, FIGURE_FROM, FIGURE_TO = "measure", "figure", "figure_from", "figure_to"
UNIT, RECOMMENDATION, ACTION, REFERENCE = "unit", "recommendation", "action", "reference"

TO_FILL_IN = (UPDATE, HAPPENED_ON, FIGURE, FIGURE_FROM, FIGURE_TO)
IN_WORDS = frozenset({UNIT, RECOMMENDATION, ACTION})
"""What names an action where its reference was lost."""

TITLES = {
    UNIT: "Unit",
    RECOMMENDATION: "Recommendation",
    ACTION: "Action",
    "owner": "Owner",
    "target_on": "Target date",
    "status": "Status",
    "last_update": "Last update",
    UPDATE: "Update",
    HAPPENED_ON: "Date it happened",
    MEASURE: "Measure",
    FIGURE: "Figure",
    FIGURE_FROM: "Figure from (first day)",
    FIGURE_TO: "Figure to (last day)",
    REFERENCE: "Reference (leave as it is)",
}
WIDE = {ACTION: 45, "last_update": 45, UPDATE: 50, MEASURE: 40, REFERENCE: 44}
KNOWN_AS = {
    FIGURE_FROM: ("Figure from", "First day of the period"),
    FIGURE_TO: ("Figure to", "Last day of the period"),
    REFERENCE: ("Reference",),
    HAPPENED_ON: ("Date",),
}

COLUMNS = tuple(Column(title=title, width=WIDE.get(key, 18)) for key, title in TITLES.items())
HEADINGS = tuple(
    Heading(key=key, title=title, known_as=KNOWN_AS.get(key, ())) for key, title in TITLES.items()
)
SHAPE = re.compile(r"([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\s*/\s*([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Reference:
    """Which action a row is about, and at which version of its recommendation it was exported."""

    action_id: UUID
    version: int

    def __str__(self) -> str:
        return f"{self.action_id}/{self.version}"


def read_reference(text: str) -> Reference | None:
    """Return the reference that a cell holds; None where it holds none that could be right."""
    match = SHAPE.fullmatch(text.strip())
    return Reference(UUID(match[1]), int(match[2])) if match else None


def plain(text: str) -> str:
    """Return the text as it is compared: programs differ in spaces, line breaks and guards."""
    return " ".join(text.split()).lstrip("'").casefold()
