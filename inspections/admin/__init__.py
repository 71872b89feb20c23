"""The admin of the Inspectorate's record: who is inspected, what was published, who acts where."""

from inspections.admin.inspections import InspectionAdmin, ReportSourceAdmin
from inspections.admin.memberships import MembershipAdmin
from inspections.admin.notices import ReinspectionNoticeAdmin
from inspections.admin.providers import ProviderAdmin

__all__ = [
    "InspectionAdmin",
    "MembershipAdmin",
    "ProviderAdmin",
    "ReinspectionNoticeAdmin",
    "ReportSourceAdmin",
]
