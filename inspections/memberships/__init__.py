"""Who may give and end which membership, and how that is done. None is ever deleted.

`reach` is the rule; `giving` and `ending` carry it out. What work a person leaves behind is the
tracker's to know.
"""

from inspections.memberships.ending import end_membership
from inspections.memberships.giving import give_membership
from inspections.memberships.inviting import give_by_address
from inspections.memberships.reach import Reach, reach_of
from inspections.memberships.refusal import MembershipRefused

__all__ = [
    "MembershipRefused",
    "Reach",
    "end_membership",
    "give_by_address",
    "give_membership",
    "reach_of",
]
