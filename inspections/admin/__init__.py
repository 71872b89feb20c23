"""The admin of the Inspectorate's record: who is inspected, and what was published.

Memberships are the tracker's: ending one asks for the open work.
"""

from inspections.admin.frameworks import FrameworkAdmin, StandardAdmin, ThemeAdmin
from inspections.admin.inspections import InspectionAdmin, ReportSourceAdmin
from inspections.admin.notices import ReinspectionNoticeAdmin
from inspections.admin.providers import ProviderAdmin

__all__ = [
    "FrameworkAdmin",
    "InspectionAdmin",
    "ProviderAdmin",
    "ReinspectionNoticeAdmin",
    "ReportSourceAdmin",
    "StandardAdmin",
    "ThemeAdmin",
]
