"""From a parsed report to the tables: matching names, storing a draft, supplying what is missing.

The door is `import_report`; `supply_values` completes a draft that is here already. What a report
says is read by `report_parser`, and who may publish is settled in `publishing`.
"""

from inspections.report_import.choices import ProviderChoices
from inspections.report_import.importing import ImportedReport, import_report
from inspections.report_import.refusals import ImportRefused
from inspections.report_import.supplying import CONFIRMED, supply_values

__all__ = [
    "CONFIRMED",
    "ImportRefused",
    "ImportedReport",
    "ProviderChoices",
    "import_report",
    "supply_values",
]
