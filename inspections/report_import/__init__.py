"""From a parsed report to the tables: matching names, storing a draft, supplying what is missing.

The doors are `import_report` and, for what is typed in by hand, `start_by_hand`; `revise_draft` and
`supply_values` complete a draft that is here already. What a report says is read by
`report_parser`, and who may publish is settled in `publishing`.
"""

from inspections.report_import.by_hand import start_by_hand
from inspections.report_import.choices import ProviderChoices
from inspections.report_import.importing import ImportedReport, import_report
from inspections.report_import.refusals import ImportRefused
from inspections.report_import.revising import (
    NewFinding,
    NewRecommendation,
    Revision,
    RevisionRefused,
    revise_draft,
)
from inspections.report_import.supply import ABSENT
from inspections.report_import.supplying import CONFIRMED, supply_values

__all__ = [
    "ABSENT",
    "CONFIRMED",
    "ImportRefused",
    "ImportedReport",
    "NewFinding",
    "NewRecommendation",
    "ProviderChoices",
    "Revision",
    "RevisionRefused",
    "import_report",
    "revise_draft",
    "start_by_hand",
    "supply_values",
]
